using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Client.Arguments;

namespace M2m.Arguments;

/// <summary>An argument of the form <c>key=value</c>.</summary>
internal sealed record KeyValue(string Key, string Text)
{
    public static IReadOnlyList<KeyValue> ParseAll(IEnumerable<string> arguments)
    {
        var pairs = new List<KeyValue>();
        foreach (string argument in arguments)
        {
            KeyValue pair = Parse(argument);
            if (pairs.Any(other => other.Key == pair.Key))
            {
                throw new UsageException($"'{pair.Key}' is given twice");
            }

            pairs.Add(pair);
        }

        return pairs;
    }

    /// <summary>JSON where the text parses as JSON, else the text itself.</summary>
    public JsonNode? ToJson()
    {
        try
        {
            return JsonNode.Parse(Text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            if (Text.StartsWith('{') || Text.StartsWith('['))
            {
                throw new UsageException($"the value of '{Key}' begins like JSON, but is not: {FirstSentence(e.Message)} (quote it for the shell: {Key}='{{\"a\":1}}')");
            }

            return JsonValue.Create(Text);
        }
    }

    private static KeyValue Parse(string argument)
    {
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            throw new UsageException($"'{argument}' is not KEY=VALUE: it has no '='");
        }

        if (equals == 0)
        {
            throw new UsageException($"'{argument}' is not KEY=VALUE: the key before the '=' is empty");
        }

        if (argument[..equals].Any(char.IsWhiteSpace))
        {
            throw new UsageException($"'{argument}' is not KEY=VALUE: a key has no spaces");
        }

        return new KeyValue(argument[..equals], argument[(equals + 1)..]);
    }

    private static string FirstSentence(string message)
    {
        int end = message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scenarios.Protocol;

/// <summary>Writes JSON with what fits into a line on one: a file for people and for diffs.</summary>
internal static class CompactJson
{
    private const int LineLength = 140;
    private const int Indent = 2;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(JsonNode node)
    {
        var text = new StringBuilder();
        Write(text, node, 0);
        return text.Append('\n').ToString();
    }

    private static void Write(StringBuilder text, JsonNode? node, int indent)
    {
        string line = node?.ToJsonString(Plain) ?? "null";
        if (indent + line.Length <= LineLength || node is null or JsonValue)
        {
            text.Append(line);
        }
        else if (node is JsonArray array)
        {
            WriteAll(text, "[]", array, indent, item => Write(text, item, indent + Indent));
        }
        else
        {
            WriteAll(text, "{}", node.AsObject(), indent, member =>
            {
                text.Append(JsonSerializer.Serialize(member.Key, Plain)).Append(": ");
                Write(text, member.Value, indent + Indent);
            });
        }
    }

    private static void WriteAll<T>(StringBuilder text, string brackets, IEnumerable<T> items, int indent, Action<T> write)
    {
        text.Append(brackets[0]);
        string separator = "\n";
        foreach (T item in items)
        {
            text.Append(separator).Append(' ', indent + Indent);
            write(item);
            separator = ",\n";
        }

        text.Append('\n').Append(' ', indent).Append(brackets[1]);
    }
}

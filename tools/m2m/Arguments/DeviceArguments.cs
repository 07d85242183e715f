using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using M2m.Client.Arguments;

namespace M2m.Arguments;

internal sealed class DeviceArguments(Completions completions)
{
    public Argument<string> Device()
    {
        var argument = new Argument<string>("DEVICE") { Description = "Id of the device: m2m devices lists them", HelpName = "DEVICE" };
        argument.Validators.Add(RequireName);
        argument.CompletionSources.Add(context => IsAt(context, argument) ? Devices(context) : []);
        return argument;
    }

    public Argument<string[]> Devices()
    {
        var argument = new Argument<string[]>("DEVICE") { Description = "Only these devices [default: all]", HelpName = "DEVICE", Arity = ArgumentArity.ZeroOrMore };
        argument.Validators.Add(RequireName);
        argument.CompletionSources.Add(Devices);
        return argument;
    }

    public IEnumerable<CompletionItem> Devices(CompletionContext context) => Items(completions.Devices(context.ParseResult));

    public IEnumerable<CompletionItem> Methods(CompletionContext context, Argument<string> device, Argument<string> method) =>
        Given(context, device) is { } id && IsAt(context, method) ? Items(completions.Methods(context.ParseResult, id)) : [];

    public IEnumerable<CompletionItem> Params(CompletionContext context, Argument<string> device, Argument<string> method) =>
        Given(context, device) is { } id && Given(context, method) is { } name
            ? Items(completions.Params(context.ParseResult, id, name).Select(param => param + "=")) : [];

    public IEnumerable<CompletionItem> Keys(CompletionContext context, Argument<string> device, string end) =>
        Given(context, device) is { } id ? Items(completions.Keys(context.ParseResult, id).Select(key => key + end)) : [];

    public static void RequireName(SymbolResult result)
    {
        foreach (Token token in result.Tokens.Where(token => !Names.IsName(token.Value)))
        {
            result.AddError($"a device's or a group's name is {Names.Rule}, not '{token.Value}'");
        }
    }

    // The word at the cursor is taken for the argument's value as soon as it has begun.
    private static bool IsAt(CompletionContext context, Argument argument) => Given(context, argument) is null;

    private static string? Given(CompletionContext context, Argument argument)
    {
        string? value = context.ParseResult.GetResult(argument) is { Tokens: [var first, ..] } ? first.Value : null;
        return value is null || value == context.WordToComplete ? null : value;
    }

    private static IEnumerable<CompletionItem> Items(IEnumerable<string> names) => names.Select(name => new CompletionItem(name));
}

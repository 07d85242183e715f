using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using M2m.Client.Arguments;

namespace M2m.Arguments;

internal sealed class DeviceArguments(Completions completions)
{
    private const string SwitchMethod = "actuators.set";
    private const string NameParam = "name=";

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
        Given(context, device) is not { } id || Given(context, method) is not { } name ? []
        : name == SwitchMethod && context.WordToComplete.StartsWith(NameParam, StringComparison.Ordinal)
            ? Items(completions.Named(context.ParseResult, id, "actuators").Select(output => NameParam + output))
            : Items(completions.Params(context.ParseResult, id, name).Select(param => param + "="));

    public IEnumerable<CompletionItem> Keys(CompletionContext context, Argument<string> device, string end) =>
        Given(context, device) is { } id ? Items(completions.Keys(context.ParseResult, id, context.WordToComplete).Select(key => key + end)) : [];

    /// <summary>Names of channels, inputs, actuators or rules.</summary>
    public IEnumerable<CompletionItem> Named(CompletionContext context, Argument<string> device, string table, string end = "") =>
        Given(context, device) is { } id ? Items(completions.Named(context.ParseResult, id, table).Select(name => name + end)) : [];

    public IEnumerable<CompletionItem> Rules(CompletionContext context, Argument<string> device, Argument<string> rule) =>
        IsAt(context, rule) ? Named(context, device, "rules") : [];

    public IEnumerable<CompletionItem> ValuesOf(CompletionContext context, Argument<string> device, Argument<string> rule) =>
        IsAt(context, rule) ? [] : Named(context, device, "channels", "=");

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

using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using M2m.Client.Arguments;

namespace M2m.Arguments;

/// <summary>Arguments that name devices and what they have, with completion from the broker.</summary>
/// <param name="completions">Asks the broker.</param>
internal sealed class DeviceArguments(Completions completions)
{
    /// <summary>One device.</summary>
    /// <returns>The argument.</returns>
    public Argument<string> Device()
    {
        var argument = new Argument<string>("DEVICE") { Description = "Id of the device: m2m devices lists them", HelpName = "DEVICE" };
        argument.Validators.Add(RequireName);
        argument.CompletionSources.Add(context => IsAt(context, argument) ? Devices(context) : []);
        return argument;
    }

    /// <summary>Any number of devices.</summary>
    /// <returns>The argument.</returns>
    public Argument<string[]> Devices()
    {
        var argument = new Argument<string[]>("DEVICE") { Description = "Only these devices [default: all]", HelpName = "DEVICE", Arity = ArgumentArity.ZeroOrMore };
        argument.Validators.Add(RequireName);
        argument.CompletionSources.Add(Devices);
        return argument;
    }

    /// <summary>Ids of devices, for completion.</summary>
    /// <param name="context">What is completed.</param>
    /// <returns>The ids.</returns>
    public IEnumerable<CompletionItem> Devices(CompletionContext context) => Items(completions.Devices(context.ParseResult));

    /// <summary>Methods of the device that the arguments name, for completion.</summary>
    /// <param name="context">What is completed.</param>
    /// <param name="device">The argument that names the device.</param>
    /// <param name="method">The argument that is completed.</param>
    /// <returns>The methods.</returns>
    public IEnumerable<CompletionItem> Methods(CompletionContext context, Argument<string> device, Argument<string> method) =>
        Given(context, device) is { } id && IsAt(context, method) ? Items(completions.Methods(context.ParseResult, id)) : [];

    /// <summary>Params of the method that the arguments name, for completion.</summary>
    /// <param name="context">What is completed.</param>
    /// <param name="device">The argument that names the device.</param>
    /// <param name="method">The argument that names the method.</param>
    /// <returns>The params, each with its <c>=</c>.</returns>
    public IEnumerable<CompletionItem> Params(CompletionContext context, Argument<string> device, Argument<string> method) =>
        Given(context, device) is { } id && Given(context, method) is { } name
            ? Items(completions.Params(context.ParseResult, id, name).Select(param => param + "=")) : [];

    /// <summary>Keys of settings of the device that the arguments name, for completion.</summary>
    /// <param name="context">What is completed.</param>
    /// <param name="device">The argument that names it.</param>
    /// <param name="end">Stands after each.</param>
    /// <returns>The keys.</returns>
    public IEnumerable<CompletionItem> Keys(CompletionContext context, Argument<string> device, string end) =>
        Given(context, device) is { } id ? Items(completions.Keys(context.ParseResult, id).Select(key => key + end)) : [];

    /// <summary>Refuses what cannot be a device or a group.</summary>
    /// <param name="result">The argument.</param>
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

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace M2m.Client.Arguments;

/// <summary>The generated help; after that of the program itself, examples.</summary>
public sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _generated;
    private readonly string _examples;

    private HelpWithExamples(HelpAction generated, string examples)
    {
        _generated = generated;
        _examples = examples;
    }

    public override bool ClearsParseErrors => true;

    /// <summary>Adds examples to the help of a program. Returns the help option; null when the program has none.</summary>
    public static HelpOption? AddTo(RootCommand root, string examples)
    {
        if (root.Options.OfType<HelpOption>().FirstOrDefault() is not { Action: HelpAction generated } help)
        {
            return null;
        }

        help.Action = new HelpWithExamples(generated, examples);
        return help;
    }

    public override int Invoke(ParseResult parseResult)
    {
        int code = _generated.Invoke(parseResult);
        if (parseResult.CommandResult.Command is RootCommand)
        {
            parseResult.InvocationConfiguration.Output.Write(_examples);
        }

        return code;
    }
}

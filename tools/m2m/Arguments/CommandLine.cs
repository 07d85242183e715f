using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Commands;

namespace M2m.Arguments;

internal sealed class CommandLine
{
    private readonly RootCommand _root = new("Watches, queries, configures and updates devices over MQTT.");

    public CommandLine(Interruption interruption)
    {
        var options = new GlobalOptions();
        options.AddTo(_root);
        var arguments = new DeviceArguments(new Completions(options, interruption));
        Invocation Read(ParseResult result) => options.Read(result, interruption);
        Command[] commands =
        [
            WatchCommand.Create(arguments, Read),
            DevicesCommand.Create(Read),
            RequestCommand.Create(arguments, Read),
            SettingsCommand.Create(arguments, Read),
            LogCommand.Create(arguments, Read),
            HistoryCommand.Create(arguments, Read),
            CaCommand.Create(Read),
            InputsCommand.Create(arguments, Read),
            CredentialsCommand.Create(arguments, Read),
            EnrollCommand.Create(arguments, Read),
            RulesCommand.Create(arguments, Read),
            UpdateCommand.Create(arguments, Read),
            DiscoverCommand.Create(Read),
            ForgetCommand.Create(arguments, Read),
            SetupCommand.Create(options, interruption),
            CompletionCommand.Create(),
        ];
        Array.ForEach(commands, _root.Subcommands.Add);

        // A shell would offer these aliases as completions.
        HelpOption? help = HelpWithExamples.AddTo(_root, Examples.Text);
        Array.ForEach(["/?", "/h", "-?"], alias => help?.Aliases.Remove(alias));
    }

    public async Task<int> InvokeAsync(string[] args)
    {
        // No response files: an @ may be part of a value. Signals are this program's own.
        ParseResult result = _root.Parse(args.Length == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        string? complaint = result.Action is { ClearsParseErrors: true } ? null : Complaint(result);
        if (complaint is not null)
        {
            throw new UsageException(complaint);
        }

        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await result.InvokeAsync(configuration).ConfigureAwait(false);
    }

    private static string? Complaint(ParseResult result)
    {
        string? word = TakenOption(result) ?? (result.UnmatchedTokens.Count == 0 ? null : result.UnmatchedTokens[0]);
        if (word is null)
        {
            // A list of values is in lines of their own, each after a tab.
            return result.Errors.Count == 0 ? null : result.Errors[0].Message.ReplaceLineEndings(string.Empty).Replace("\t", " ", StringComparison.Ordinal);
        }

        // A misplaced address may contain a password.
        int at = word.Contains(':', StringComparison.Ordinal) ? word.LastIndexOf('@') : -1;
        string shown = at < 0 ? word : "..." + word[at..];
        Command command = result.CommandResult.Command;
        IEnumerable<string> known = word.StartsWith('-')
            ? WithParents(result.CommandResult).SelectMany(parent => parent.Command.Options.Where(option => option.Recursive || parent == result.CommandResult)).Select(option => option.Name)
            : command.Subcommands.Select(subcommand => subcommand.Name);
        string what = word.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        return $"unknown {what} '{shown}'.{Nearest.Question(word, known)}";
    }

    // Where any number of words may follow, such as devices, the parser takes a misspelled option for one of them.
    private static string? TakenOption(ParseResult result) =>
        result.Tokens.Any(token => token.Type == TokenType.DoubleDash)
            ? null
            : result.CommandResult.Children.OfType<ArgumentResult>()
                .SelectMany(argument => argument.Tokens)
                .Select(token => token.Value)
                .FirstOrDefault(word => word.StartsWith("--", StringComparison.Ordinal));

    private static IEnumerable<CommandResult> WithParents(CommandResult result)
    {
        for (SymbolResult? place = result; place is not null; place = place.Parent)
        {
            if (place is CommandResult command)
            {
                yield return command;
            }
        }
    }
}

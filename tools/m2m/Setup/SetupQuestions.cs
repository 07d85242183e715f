using M2m.Client.Arguments;
using M2m.Client.View;
using Spectre.Console;

namespace M2m.Setup;

/// <summary>What no option says is asked for, where there is a terminal.</summary>
internal sealed class SetupQuestions(CancellationToken cancel)
{
    private static bool IsPossible => !Console.IsInputRedirected && !Console.IsErrorRedirected && AnsiConsole.Profile.Capabilities.Ansi;

    private static IAnsiConsole Terminal => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error), Interactive = InteractionSupport.Yes });

    /// <exception cref="UsageException">There is no terminal.</exception>
    public Task<string> TextAsync(string question, string option, Func<string, string?> fault) =>
        AskAsync(new TextPrompt<string>(Markup.Escape(question)), option, fault);

    /// <exception cref="UsageException">There is no terminal.</exception>
    public Task<string> SecretAsync(string question, string option, Func<string, string?> fault) =>
        AskAsync(new TextPrompt<string>(Markup.Escape(question)).Secret(null), option, fault);

    /// <exception cref="UsageException">There is no terminal.</exception>
    public Task<string> ChoiceAsync(string question, string option, IReadOnlyList<string> choices) =>
        AskAsync(new TextPrompt<string>(Markup.Escape(question)).AddChoices(choices), option, _ => null);

    private Task<string> AskAsync(TextPrompt<string> prompt, string option, Func<string, string?> fault)
    {
        if (!IsPossible)
        {
            throw new UsageException($"{option} is missing, and there is no terminal to ask on");
        }

        prompt.AllowEmpty = true;
        prompt.Validator = text => fault(text) is { } reason ? ValidationResult.Error(Markup.Escape(PrintableText.Clean(reason))) : ValidationResult.Success();
        return prompt.ShowAsync(Terminal, cancel);
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using M2m.Client.View;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace M2m.View;

/// <summary>Results go to standard output, all else to standard error.</summary>
internal sealed class Output : IDisposable
{
    private const int Unlimited = 100_000;
    private const string NoColor = "NO_COLOR";

    private readonly StreamWriter _out = new(StandardOutput.Open(), new UTF8Encoding(false), bufferSize: 16 * 1024) { AutoFlush = false, NewLine = "\n" };

    public Output(bool isJson)
    {
        IsJson = isJson;
    }

    public bool IsJson { get; }

    public bool IsTerminal { get; } = LiveScreen.IsPossible;

    public int Width => IsTerminal ? Math.Max(20, Console.WindowWidth) : Unlimited;

    private bool IsColoured => IsTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(NoColor));

    public void Line(string text)
    {
        _out.WriteLine(PrintableText.Clean(text));
        _out.Flush();
    }

    public void Styled(params (string Text, Style Style)[] parts)
    {
        var line = new Paragraph { Overflow = Overflow.Fold };
        Array.ForEach(parts, part => line.Append(PrintableText.Clean(part.Text), part.Style));
        Write(line);
    }

    public void Json(Action<Utf8JsonWriter> write)
    {
        _out.WriteLine(JsonText.Compact(write));
        _out.Flush();
    }

    public void Pretty(JsonElement value)
    {
        _out.WriteLine(JsonText.Pretty(value));
        _out.Flush();
    }

    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<(string Text, Style Style)>> rows)
    {
        var table = new Table { Border = TableBorder.None };
        for (int i = 0; i < headings.Count; i++)
        {
            var heading = new Text(headings[i], new Style(decoration: Decoration.Underline));
            table.AddColumn(new TableColumn(heading) { Padding = new Padding(0, 0, i == headings.Count - 1 ? 0 : 2, 0), NoWrap = !IsTerminal });
        }

        foreach (IReadOnlyList<(string Text, Style Style)> row in rows)
        {
            table.AddRow(row.Select(cell => new Text(PrintableText.Clean(cell.Text), cell.Style)));
        }

        Write(table);
    }

    public void Write(IRenderable renderable)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = IsTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = Width;
        console.Profile.Capabilities.ColorSystem = IsColoured ? AnsiConsole.Profile.Capabilities.ColorSystem : ColorSystem.NoColors;
        console.Profile.Capabilities.Unicode = true;
        console.Write(renderable);
        foreach (string line in text.ToString().TrimEnd('\n').Split('\n'))
        {
            _out.WriteLine(line.TrimEnd('\r', ' '));
        }

        _out.Flush();
    }

    public static void Note(string text) => Console.Error.WriteLine(PrintableText.Clean(text));

    public static async Task<T> WaitAsync<T>(string text, Func<Action<string>, Task<T>> work)
    {
        if (Console.IsErrorRedirected || !AnsiConsole.Profile.Capabilities.Ansi)
        {
            return await work(_ => { }).ConfigureAwait(false);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Status().Spinner(Spinner.Known.Dots).StartAsync(
            Markup.Escape(PrintableText.Clean(text)),
            context => work(more => context.Status = Markup.Escape(PrintableText.Clean(more)))).ConfigureAwait(false);
    }

    public void Dispose()
    {
        try
        {
            _out.Dispose();
        }
        catch (IOException)
        {
            // The reader closed the pipe.
        }
    }
}

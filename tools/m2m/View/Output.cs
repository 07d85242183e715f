using System.Globalization;
using System.Text;
using System.Text.Json;
using M2m.Client.Mqtt;
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

    /// <summary>Creates it.</summary>
    /// <param name="isJson">Whether the result is for a program.</param>
    public Output(bool isJson)
    {
        IsJson = isJson;
    }

    /// <summary>Whether the result is for a program.</summary>
    public bool IsJson { get; }

    /// <summary>Whether a person looks at a terminal that can be painted on.</summary>
    public bool IsTerminal { get; } = LiveScreen.IsPossible;

    /// <summary>Cells of a line.</summary>
    public int Width => IsTerminal ? Math.Max(20, Console.WindowWidth) : Unlimited;

    private bool IsColoured => IsTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(NoColor));

    /// <summary>Writes a line of text.</summary>
    /// <param name="text">Any text; cleaned here.</param>
    public void Line(string text)
    {
        _out.WriteLine(PrintableText.Clean(text));
        _out.Flush();
    }

    /// <summary>Writes a line of several styles; a terminal breaks it where it ends.</summary>
    /// <param name="parts">Texts, cleaned here, with their styles.</param>
    public void Styled(params (string Text, Style Style)[] parts)
    {
        var line = new Paragraph { Overflow = Overflow.Fold };
        Array.ForEach(parts, part => line.Append(PrintableText.Clean(part.Text), part.Style));
        Write(line);
    }

    /// <summary>Writes one JSON value on a line.</summary>
    /// <param name="write">Writes the value.</param>
    public void Json(Action<Utf8JsonWriter> write)
    {
        _out.WriteLine(JsonText.Compact(write));
        _out.Flush();
    }

    /// <summary>Writes a JSON value for people.</summary>
    /// <param name="value">The value.</param>
    public void Pretty(JsonElement value)
    {
        _out.WriteLine(JsonText.Pretty(value));
        _out.Flush();
    }

    /// <summary>Writes a table: coloured and broken to fit a terminal, one line a row elsewhere.</summary>
    /// <param name="headings">Headings.</param>
    /// <param name="rows">Texts, cleaned here, with their styles.</param>
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

    /// <summary>Writes what Spectre.Console renders.</summary>
    /// <param name="renderable">Clean already.</param>
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

    /// <summary>Writes a line to standard error.</summary>
    /// <param name="text">Any text; cleaned here.</param>
    public static void Note(string text) => Console.Error.WriteLine(PrintableText.Clean(text));

    /// <summary>Shows on standard error, if that is a terminal, that something takes long.</summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="text">What is done; cleaned here.</param>
    /// <param name="work">Does it, and may tell how far it is.</param>
    /// <returns>The result.</returns>
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

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _out.Dispose();
        }
        catch (IOException)
        {
            // Whoever read has gone.
        }
    }
}

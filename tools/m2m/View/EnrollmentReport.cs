using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using M2m.Client.View;
using M2m.Enrollment;
using Spectre.Console;

namespace M2m.View;

/// <summary>Reports how new devices get on: a live table on a terminal, in which keys decide, lines elsewhere, or JSON.</summary>
internal sealed class EnrollmentReport
{
    private const int MaxWaiting = 10_000;
    private const string Nothing = "";

    private readonly Invocation _invocation;
    private readonly EnrollmentRules _rules;
    private readonly EnrollmentBook _book;
    private readonly Channel<Action> _lines = Channel.CreateBounded<Action>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
    private string? _selected;
    private string? _trouble;

    public EnrollmentReport(Invocation invocation, EnrollmentRules rules, EnrollmentBook book)
    {
        _invocation = invocation;
        _rules = rules;
        _book = book;
        IsLive = invocation.Output is { IsTerminal: true, IsJson: false };
    }

    public bool IsLive { get; }

    public static string Word(Stage stage) => stage.ToString().ToLowerInvariant();

    public static Style StyleOf(Stage stage) => stage switch
    {
        Stage.Enrolled => Color.Green,
        Stage.Failed or Stage.Conflict => Color.Red,
        Stage.Asking => Color.Yellow,
        Stage.Enrolling or Stage.Trial or Stage.Finishing => Color.Blue,
        Stage.Away or Stage.Refused => Color.Grey,
        _ => Style.Plain,
    };

    public static void Write(Utf8JsonWriter writer, Applicant applicant)
    {
        writer.WriteString("device", applicant.Id);
        writer.WriteString("state", Word(applicant.Stage));
        if (applicant.Site.Length > 0)
        {
            writer.WriteString("site", applicant.Site);
        }

        if (applicant.Text.Length > 0)
        {
            writer.WriteString("reason", applicant.Text);
        }
    }

    /// <summary>Within the gate of the book.</summary>
    public void Changed(Applicant applicant)
    {
        // Several of them in each enrollment say nothing that the others do not say.
        if (IsLive || applicant.Stage is Stage.Queued or Stage.Away)
        {
            return;
        }

        DateTimeOffset now = applicant.At;
        if (_invocation.Output.IsJson)
        {
            string line = JsonText.Compact(writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("at", now.ToUnixTimeMilliseconds() / 1000m);
                Write(writer, applicant);
                writer.WriteEndObject();
            });
            _lines.Writer.TryWrite(() => _invocation.Output.Json(writer => JsonDocument.Parse(line).RootElement.WriteTo(writer)));
            return;
        }

        string text = string.Join(' ', new[] { applicant.Id, Word(applicant.Stage), applicant.Site, applicant.Text }.Where(part => part.Length > 0));
        _lines.Writer.TryWrite(() => _invocation.Output.Line($"{now.LocalDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {text}"));
    }

    public void Trouble(string? trouble)
    {
        Volatile.Write(ref _trouble, trouble);
        if (!IsLive)
        {
            Output.Note($"m2m: {trouble ?? "the broker is back"}");
        }
    }

    public async Task RunAsync(CancellationToken over)
    {
        if (IsLive)
        {
            using var view = new LiveScreen(Compose);
            _invocation.Interruption.BeforeAbort = view.Leave;
            await view.RunAsync(over, Press).ConfigureAwait(false);
            return;
        }

        using CancellationTokenRegistration end = over.Register(() => _lines.Writer.TryComplete());
        await foreach (Action line in _lines.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            line();
        }
    }

    // Those that wait for a person first, then those under way.
    private List<Applicant> Arrange() => [.. _book.All
        .OrderBy(one => one.Stage switch { Stage.Asking => 0, Stage.Conflict => 1, Stage.Failed => 2, Stage.Enrolled => 4, Stage.Refused => 5, Stage.Away => 6, _ => 3 })
        .ThenBy(one => one.Id, StringComparer.Ordinal)];

    private static bool IsDecidable(Applicant applicant) => applicant.Stage is Stage.Asking or Stage.Refused;

    private void Press(ConsoleKeyInfo key)
    {
        lock (_book.Gate)
        {
            List<Applicant> shown = Arrange();
            int at = Math.Max(0, shown.FindIndex(one => one.Id == _selected));
            int next = key.Key switch
            {
                ConsoleKey.DownArrow => at + 1,
                ConsoleKey.UpArrow => at - 1,
                _ => at,
            };
            if (shown.Count == 0)
            {
                return;
            }

            Applicant selected = shown[Math.Clamp(_selected == Nothing ? 0 : next, 0, shown.Count - 1)];
            if (key.KeyChar is not ('y' or 'n'))
            {
                _selected = selected.Id;
                return;
            }

            // Only on the device that is marked, not on one that takes its place meanwhile.
            if (selected.Id != _selected || !IsDecidable(selected))
            {
                return;
            }

            _book.Decide(selected.Id, key.KeyChar == 'y');

            // A key that is held must not decide on the next one, too.
            _selected = Nothing;
        }
    }

    private void Compose(FrameWriter writer)
    {
        lock (_book.Gate)
        {
            List<Applicant> all = Arrange();
            writer.Text($"m2m enroll serve · {_invocation.Broker} · {_rules.Prefix} · Ctrl+C ends", new Style(decoration: Decoration.Bold));
            if (Volatile.Read(ref _trouble) is { } trouble)
            {
                writer.Text(trouble + ": trying again", Color.Red);
            }

            writer.Text("arrows select, y approves, n refuses; then an arrow again", Color.Grey);
            writer.Blank();
            if (all.Count == 0)
            {
                writer.Text("no device waits to be enrolled", Color.Grey);
                return;
            }

            writer.Text(string.Join(", ", all.GroupBy(one => one.Stage).OrderBy(group => group.Key).Select(group => FormattableString.Invariant($"{group.Count()} {Word(group.Key)}"))), Style.Plain);
            Rows(writer, all);
            if (_book.Dropped > 0)
            {
                writer.Text(FormattableString.Invariant($"{_book.Dropped} announcements had no room"), Color.Red);
            }
        }
    }

    private void Rows(FrameWriter writer, List<Applicant> all)
    {
        const int Below = 3;
        int rows = Math.Max(1, writer.Height - writer.Rows - Below);
        int at = Math.Max(0, all.FindIndex(one => one.Id == _selected));
        int first = Math.Clamp(at - rows + 1, 0, Math.Max(0, all.Count - rows));
        Applicant[] shown = [.. all.Skip(first).Take(rows)];

        // The mark stays on the device that a key may decide on, also when another one comes before it.
        _selected = _selected != Nothing && IsDecidable(all[at]) ? all[at].Id : _selected;
        var table = new FrameTable(writer.Width - 1, ("", 1), ("Device", Math.Clamp(shown.Max(one => one.Id.Length), 6, 24)), ("State", 9), ("Age", 4), ("Site", Math.Clamp(shown.Max(one => one.Site.Length), 4, 20)), ("Reason", 0));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        foreach (Applicant one in shown)
        {
            table.Add(
                (one == all[at] && _selected != Nothing ? ">" : " ", Style.Plain),
                (one.Id, Style.Plain),
                (Word(one.Stage), StyleOf(one.Stage)),
                (TimeText.Brief((now - one.At).TotalSeconds), Style.Plain),
                (one.Site, Style.Plain),
                (PrintableText.Clean(one.Text), Style.Plain));
        }

        writer.Table(table);
        if (shown.Length < all.Count)
        {
            writer.Text(FormattableString.Invariant($"and {all.Count - shown.Length} more"), Color.Grey);
        }
    }
}

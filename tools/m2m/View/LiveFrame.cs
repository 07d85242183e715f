using System.Globalization;
using Boards.NativeSim.View;
using M2m.Commands;
using M2m.Devices;
using Spectre.Console;

namespace M2m.View;

/// <summary>Lays the live table out for one size of the terminal.</summary>
internal sealed class LiveFrame
{
    private const string Between = "  ";
    private const int MostEventRows = 9;

    private readonly WatchModel _model;
    private readonly DateTimeOffset _now;
    private readonly FrameWriter _writer;

    /// <summary>Prepares a frame.</summary>
    /// <param name="model">What is shown; must not change meanwhile.</param>
    /// <param name="now">Now.</param>
    /// <param name="writer">Takes the lines.</param>
    public LiveFrame(WatchModel model, DateTimeOffset now, FrameWriter writer)
    {
        _model = model;
        _now = now;
        _writer = writer;
    }

    private int Width => _writer.Width - 1;

    /// <summary>Writes the frame.</summary>
    public void Compose()
    {
        _writer.Text($"m2m · {_model.Source} · {Count(_model.Devices.Count)} · Ctrl+C ends", new Style(decoration: Decoration.Bold));
        if (_model.Trouble is { } trouble)
        {
            _writer.Text(trouble + ": trying again", Color.Red);
        }

        _writer.Blank();
        int left = _writer.Height - _writer.Rows;
        int events = left < 8 ? 0 : Math.Min(Math.Max(1, _model.Events.Count) + 1, Math.Min(MostEventRows, left / 3));
        Devices(Math.Max(1, left - (events == 0 ? 0 : events + 1) - 1));
        if (events > 0)
        {
            _writer.Blank();
            Events(events - 1);
        }
    }

    private static string Count(int devices) => devices == 1 ? "1 device" : string.Create(CultureInfo.InvariantCulture, $"{devices} devices");

    private void Devices(int rows)
    {
        if (_model.Devices.Count == 0)
        {
            _writer.Text("no device has announced itself yet; m2m discover looks under all prefixes", Color.Grey);
            return;
        }

        int shown = _model.Devices.Count <= rows ? _model.Devices.Count : Math.Max(1, rows - 1);
        int longest = _model.Devices.Take(shown).Max(device => device.Id.Length);
        var table = new FrameTable(Width, ("Device", Math.Clamp(longest, 6, 24)), ("State", 16), ("Readings", 0), ("Age", 4), ("Signal", 7));
        foreach (WatchModel.Row device in _model.Devices.Take(shown))
        {
            string state = device.Presence?.State ?? "?";
            table.Add(
                (device.Id, Style.Plain),
                (State(device), DevicesCommand.StateStyle(state)),
                (Readings(device, table.WidthOf(2)), Style.Plain),
                (Age(device), Style.Plain),
                (device.Signal is { } signal ? string.Create(CultureInfo.InvariantCulture, $"{signal:0} dBm") : "-", Style.Plain));
        }

        _writer.Table(table);
        if (shown < _model.Devices.Count)
        {
            IEnumerable<string> others = _model.Devices.Skip(shown).GroupBy(device => device.Presence?.State ?? "?").Select(group => $"{group.Count()} {group.Key}");
            _writer.Text($"and {_model.Devices.Count - shown} more: {string.Join(", ", others)}", Color.Grey);
        }
    }

    private string State(WatchModel.Row device) => device.Presence switch
    {
        { State: Presence.Sleeping, Until: { } until } when until > _now.ToUnixTimeSeconds() => "sleeps, " + When.Brief(until - _now.ToUnixTimeSeconds()),
        { State: Presence.Sleeping, Until: { } until } => "overdue, " + When.Brief(_now.ToUnixTimeSeconds() - until),
        { } presence => presence.State,
        null => "?",
    };

    // With names where they fit.
    private static string Readings(WatchModel.Row device, int width)
    {
        string full = string.Join(Between, device.Readings.Values.Select(reading => $"{reading.Name} {reading.ValueAndUnit}"));
        return full.Length <= width ? full : string.Join(Between, device.Readings.Values.Select(reading => reading.ValueAndUnit));
    }

    // Of its readings; of its status, while there are none.
    private string Age(WatchModel.Row device)
    {
        double? time = device.Readings.Count > 0 ? device.Readings.Values.Max(reading => reading.Time) : device.Presence?.Time;
        return time is { } known ? When.Brief((_now.ToUnixTimeMilliseconds() / 1000.0) - known) : "-";
    }

    private void Events(int rows)
    {
        var table = new FrameTable(Width, ("Time", 8), ("Device", 18), ("Event", 0));
        foreach (WatchEvent happened in _model.Events.Take(rows))
        {
            table.Add((happened.At.LocalDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture), Color.Grey), (happened.Device, Style.Plain), (happened.Describe(), Style.Plain));
        }

        _writer.Table(table);
        if (_model.Events.Count == 0)
        {
            _writer.Text("no event yet", Color.Grey);
        }
    }
}

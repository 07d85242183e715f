using System.Globalization;
using Boards.NativeSim.Simulation;
using Spectre.Console;

namespace Boards.NativeSim.View;

/// <summary>Lays the live view out for one size of the terminal.</summary>
internal sealed class LiveFrame
{
    private const int PasteShare = 4;
    private const string Between = "  ";

    private readonly LiveModel _model;
    private readonly DateTime _now;
    private readonly int _width;
    private readonly int _height;
    private readonly FrameWriter _writer;

    /// <summary>Prepares a frame.</summary>
    /// <param name="model">What is shown; must not change meanwhile.</param>
    /// <param name="now">UTC now.</param>
    /// <param name="writer">Takes the lines.</param>
    public LiveFrame(LiveModel model, DateTime now, FrameWriter writer)
    {
        _model = model;
        _now = now;
        _writer = writer;
        _height = writer.Height;
        _width = writer.Width - 1;
    }

    /// <summary>Writes the frame.</summary>
    public void Compose()
    {
        Head();
        int left = _height - _writer.Rows;
        int reserved = left >= 10 ? left * 2 / 5 : left / 3;
        Devices(Math.Max(1, left - reserved - 1));
        left = _height - _writer.Rows - 1;
        if (left < 2)
        {
            return;
        }

        // A block is a heading and a row for each, at least one; a blank row stands between the two.
        int events = Math.Min(Math.Max(_model.Events.Count, 1) + 1, left / 2);
        int requests = left - events - 1 >= 2 ? left - events - 1 : left;
        _writer.Blank();
        Requests(requests - 1);
        left = _height - _writer.Rows - 1;
        if (left >= 2)
        {
            _writer.Blank();
            Events(left - 1);
        }
    }

    // With one device it would say the same in each row.
    private int DeviceWidth => _model.Devices.Count == 1 ? FrameTable.Hidden : 18;

    private static (string Text, Style Style) Nothing => (string.Empty, Style.Plain);

    private static string Clock(DateTime utc) => utc.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static Style StateStyle(string state) => state switch
    {
        DeviceRow.Online => Color.Green,
        DeviceRow.BackingOff => Color.Red,
        _ => Color.Yellow,
    };

    private static string Age(TimeSpan age) => age.TotalSeconds switch
    {
        < 1 => "now",
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalSeconds}s"),
        < 6000 => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalMinutes}m"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalHours}h"),
    };

    private void Head()
    {
        RunInfo info = _model.Info;
        TimeSpan up = _now - info.StartedAt;
        string dropped = _model.Dropped == 0 ? string.Empty : $" · {_model.Dropped} events missed";
        string embedded = info.IsEmbedded ? " (embedded)" : string.Empty;
        string ending = _model.IsLeaving ? "leaving; Ctrl+C ends at once" : "Ctrl+C ends";
        string upText = $"{(int)up.TotalHours:00}:{up.Minutes:00}:{up.Seconds:00}";
        _writer.Text($"native-sim · {info.BrokerAddress}{embedded} · up {upText} · {ending}{dropped}", new Style(decoration: Decoration.Bold));
        string[] pasteLines = [PasteLines.Subscribe(info), PasteLines.Request(info)];
        if (pasteLines.Sum(_writer.RowsOf) * PasteShare <= _height)
        {
            Array.ForEach(pasteLines, _writer.Raw);
            _writer.Blank();
        }
    }

    private void Devices(int rows)
    {
        bool all = rows >= _model.Devices.Count;
        int shown = all || rows == 1 ? Math.Min(rows, _model.Devices.Count) : rows - 1;
        int spare = rows - shown;
        var columns = new FrameTable(_width, ("Device", 18), ("State", 11), ("Last readings", 0), ("Age", 4), ("Sent", 5));
        foreach (DeviceRow device in _model.Devices.Take(shown))
        {
            List<string> details = Details(device, columns.WidthOf(2), all ? spare + 1 : 1);
            spare -= details.Count - 1;
            columns.Add(
                (device.Id, Style.Plain),
                (device.State, StateStyle(device.State)),
                (details[0], device.Reason is null ? Style.Plain : Color.Red),
                (device.Readings is null ? "-" : Age(_now - device.ReadingsAt), Style.Plain),
                (device.Sent.ToString(CultureInfo.InvariantCulture), Style.Plain));
            details.Skip(1).ToList().ForEach(more => columns.Add(Nothing, Nothing, (more, Style.Plain), Nothing, Nothing));
        }

        _writer.Table(columns);
        if (!all)
        {
            _writer.Text(Others(shown), Color.Grey);
        }
    }

    private string Others(int shown)
    {
        IEnumerable<string> states = _model.Devices.Skip(shown)
            .GroupBy(device => device.State)
            .OrderByDescending(group => group.Count())
            .Select(group => $"{group.Count()} {group.Key}");
        return $"and {_model.Devices.Count - shown} more: {string.Join(", ", states)}; {_model.Sent} packs sent by all";
    }

    // What fits: all on one line, without names if need be, else with names on as many lines as there are, else cut.
    private static List<string> Details(DeviceRow device, int width, int lines)
    {
        string[] reason = device.Reason is null ? [] : [device.Reason];
        if (device.Readings is not { Readings.Count: > 0 } pack)
        {
            List<string> words = Break((device.Reason ?? string.Empty).Split(' '), " ", width);
            return words.Count <= lines ? words : [.. reason];
        }

        string brief = string.Join(Between, reason.Append(pack.Brief));
        List<string> named = [.. reason, .. pack.Readings.Select(reading => $"{reading.Name} {reading.ValueAndUnit}")];
        string full = string.Join(Between, named);
        if (full.Length <= width || (brief.Length <= width && pack.IsClearWithoutNames))
        {
            return [full.Length <= width ? full : brief];
        }

        List<string> broken = Break(named, Between, width);
        return broken.Count <= lines ? broken : [brief];
    }

    private static List<string> Break(IEnumerable<string> items, string between, int width)
    {
        var lines = new List<string>();
        foreach (string item in items)
        {
            if (lines.Count > 0 && lines[^1].Length + between.Length + item.Length <= width)
            {
                lines[^1] += between + item;
            }
            else
            {
                lines.Add(item);
            }
        }

        return lines;
    }

    private void Requests(int rows)
    {
        var columns = new FrameTable(_width, ("Time", 8), ("Device", DeviceWidth), ("From", _width / 9), ("Request", _width / 9), ("Outcome", 0));
        foreach (RequestRow row in _model.Requests.Take(Math.Max(1, rows)))
        {
            columns.Add(
                (Clock(row.Time), Color.Grey),
                (row.Device, Style.Plain),
                (row.Request.From, Style.Plain),
                (row.Request.Method ?? "?", Style.Plain),
                Outcome(row));
        }

        _writer.Table(columns);
        if (_model.Requests.Count == 0)
        {
            _writer.Text("no request yet: paste the mosquitto_pub line into another terminal", Color.Grey);
        }
    }

    private static (string Text, Style Style) Outcome(RequestRow row) => row.Response switch
    {
        { IsError: true } error => (error.Outcome, Color.Red),
        { } response => (response.Outcome, Color.Green),
        null when row.Request.IsNotification => ("no answer wanted", Color.Grey),
        null => ("no answer yet", Color.Yellow),
    };

    private void Events(int rows)
    {
        var columns = new FrameTable(_width, ("Time", 8), ("Device", DeviceWidth), ("Event", 0));
        foreach (SimulationEvent happened in _model.Events.Take(Math.Max(1, rows)))
        {
            columns.Add((Clock(happened.Time), Color.Grey), (happened.Device, Style.Plain), (MessageText.Describe(happened), Style.Plain));
        }

        _writer.Table(columns);
        if (_model.Events.Count == 0)
        {
            _writer.Text("no event yet", Color.Grey);
        }
    }
}

using System.Globalization;
using Spectre.Console;

namespace M2m.Client.View;

/// <summary>Lays the live view out for one size of the terminal: devices, requests, events.</summary>
/// <param name="model">Must not change meanwhile.</param>
/// <param name="now">The present, or the time of a simulated world.</param>
/// <param name="writer">Takes the lines.</param>
public sealed class LiveFrame(LiveModel model, LiveLayout layout, DateTimeOffset now, FrameWriter writer)
{
    private const int LeastForEvents = 8;
    private const int MostEventRows = 9;

    private int Width => writer.Width - 1;

    private int Left => writer.Height - writer.Rows;

    // With one device the column would say the same in each row.
    private int DeviceWidth => model.Devices.Count == 1 ? FrameTable.Hidden : 18;

    public void Compose()
    {
        layout.Head(writer);
        int events = Left < LeastForEvents ? 0 : Math.Min(Math.Max(1, model.Events.Count) + 1, Math.Min(MostEventRows, Left / 3));
        int reserved = layout.NoRequest is null ? events : Left >= 10 ? Left * 2 / 5 : Left / 3;
        new DeviceTable(model.Devices, layout, now, writer).Write(Math.Max(1, Left - reserved - 1));
        if (Left < 3)
        {
            return;
        }

        if (layout.NoRequest is { } noRequest)
        {
            // A block is a heading and at least one row; a blank row is between two blocks.
            int left = Left - 1;
            events = Math.Min(Math.Max(model.Events.Count, 1) + 1, left / 2);
            int requests = left - events - 1 >= 2 ? left - events - 1 : left;
            writer.Blank();
            Requests(requests - 1, noRequest);
        }

        if (Left >= 3 && (events > 0 || layout.NoRequest is not null))
        {
            writer.Blank();
            Events(Left - 1);
        }
    }

    private static string Clock(DateTimeOffset time) => time.LocalDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static (string Text, Style Style) Outcome(RequestRow row) => row.Response switch
    {
        { Error: not null } response => (response.Outcome, Color.Red),
        { } response => (response.Outcome, Color.Green),
        null when row.Request.IsNotification => ("no response wanted", Color.Grey),
        null => ("no response yet", Color.Yellow),
    };

    private void Requests(int rows, string none)
    {
        var columns = new FrameTable(Width, ("Time", 8), ("Device", DeviceWidth), ("From", Width / 9), ("Request", Width / 9), ("Outcome", 0));
        foreach (RequestRow row in model.Requests.Take(Math.Max(1, rows)))
        {
            columns.Add(
                (Clock(row.Time), Color.Grey),
                (row.Device, Style.Plain),
                (row.Request.From, Style.Plain),
                (row.Request.Method ?? "?", Style.Plain),
                Outcome(row));
        }

        writer.Table(columns);
        if (model.Requests.Count == 0)
        {
            writer.Text(none, Color.Grey);
        }
    }

    private void Events(int rows)
    {
        var columns = new FrameTable(Width, ("Time", 8), ("Device", DeviceWidth), ("Event", 0));
        foreach (LiveEvent happened in model.Events.Take(Math.Max(1, rows)))
        {
            columns.Add((Clock(happened.Time), Color.Grey), (happened.Device, Style.Plain), (happened.Text, Style.Plain));
        }

        writer.Table(columns);
        if (model.Events.Count == 0)
        {
            writer.Text("no event yet", Color.Grey);
        }
    }
}

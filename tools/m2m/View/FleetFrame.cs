using System.Globalization;
using M2m.Client.View;
using M2m.Updates;
using Spectre.Console;

namespace M2m.View;

internal sealed class FleetFrame(FleetProgress model, DateTimeOffset now, FrameWriter writer)
{
    private const int BarWidth = 10;
    private const int ProgressWidth = BarWidth + 6;
    private const int MostNotices = 5;

    public static Style StateStyle(string state) => state switch
    {
        UpdateEvent.Confirmed or "installed" => Color.Green,
        UpdateEvent.RolledBack or UpdateEvent.Failed or UpdateEvent.Refused or "silent" or "lost" => Color.Red,
        UpdateEvent.Installing or UpdateEvent.Trial => Color.Blue,
        UpdateEvent.Cancelled or UpdateEvent.Waiting or "late" or "skipped" => Color.Yellow,
        _ => Style.Plain,
    };

    public static string Count(int? blocks, int? of) => blocks is null && of is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{blocks?.ToString(CultureInfo.InvariantCulture) ?? "?"}/{of?.ToString(CultureInfo.InvariantCulture) ?? "?"}");

    public void Compose()
    {
        writer.Text($"m2m · {model.Source} · Ctrl+C ends", new Style(decoration: Decoration.Bold));
        writer.Text(model.Releases, Color.Grey);
        if (model.Trouble is { } trouble)
        {
            writer.Text(trouble + ": trying again", Color.Red);
        }

        foreach ((DateTimeOffset at, string text) in model.Notices.Take(Math.Min(MostNotices, writer.Height / 4)))
        {
            writer.Text($"{at.LocalDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {text}", Color.Red);
        }

        writer.Blank();
        Devices(Math.Max(1, writer.Height - writer.Rows - 3));
    }

    private void Devices(int rows)
    {
        if (model.Devices.Count == 0)
        {
            writer.Text("no device has requested a block yet: m2m update push offers a release", Color.Grey);
            return;
        }

        IEnumerable<string> counts = model.Devices.GroupBy(device => device.State).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}");
        writer.Text(string.Join(", ", counts), Style.Plain);

        // Devices in progress first: they change.
        FleetProgress.Row[] shown = [.. model.Devices.OrderBy(device => IsOver(device) ? 1 : 0).ThenBy(device => device.Id, StringComparer.Ordinal).Take(rows)];
        int longest = shown.Max(device => device.Id.Length);
        int widest = Math.Clamp(shown.Max(device => State(device).Length), 11, 19);
        var table = new FrameTable(writer.Width - 1, ("Device", Math.Clamp(longest, 6, 24)), ("Version", 8), ("Blocks", ProgressWidth), ("State", widest), ("Age", 4), ("Result", 0));
        foreach (FleetProgress.Row device in shown)
        {
            table.Add(
                (device.Id, Style.Plain),
                (device.Version, Style.Plain),
                (Bar(device), Style.Plain),
                (State(device), StateStyle(device.State)),
                (TimeText.Brief((now - device.At).TotalSeconds), Style.Plain),
                (Result(device), Style.Plain));
        }

        writer.Table(table);
        if (shown.Length < model.Devices.Count)
        {
            writer.Text($"and {model.Devices.Count - shown.Length} more", Color.Grey);
        }
    }

    private static string State(FleetProgress.Row device) => UpdateEvent.WithGate(device.State, device.Gate);

    private static bool IsOver(FleetProgress.Row device) => device.State is not (UpdateEvent.Downloading or UpdateEvent.Installing or UpdateEvent.Trial or "verifying");

    private static string Bar(FleetProgress.Row device)
    {
        if (device is not { Blocks: { } blocks, Of: { } of and > 0 })
        {
            return Count(device.Blocks, device.Of);
        }

        int full = (int)Math.Clamp((long)blocks * BarWidth / of, 0, BarWidth);
        return $"{new string('█', full)}{new string('░', BarWidth - full)} {Count(blocks, of)}";
    }

    private static string Result(FleetProgress.Row device)
    {
        string bad = device.Bad > 0 ? $"{device.Bad} bad" : string.Empty;
        string result = device.Result is { } number and > 0 ? ResultText.Of(number) : string.Empty;
        return string.Join(", ", new[] { result, device.Reason, bad }.Where(text => !string.IsNullOrEmpty(text)));
    }
}

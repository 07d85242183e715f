using System.Globalization;
using M2m.Client.Devices;
using M2m.Client.Telemetry;
using Spectre.Console;

namespace M2m.Client.View;

/// <summary>The devices of a live view, each on as many lines as its readings need while there is room.</summary>
internal sealed class DeviceTable(IReadOnlyCollection<DeviceRow> devices, LiveLayout layout, DateTimeOffset now, FrameWriter writer)
{
    private const string Gap = "  ";
    private const int ReadingsColumn = 2;

    private static (string Text, Style Style) Nothing => (string.Empty, Style.Plain);

    public void Write(int rows)
    {
        if (devices.Count == 0)
        {
            writer.Text(layout.NoDevice, Color.Grey);
            return;
        }

        IReadOnlyList<DeviceRow> listed = layout.Selection?.Arrange(devices) ?? [.. devices];
        if (listed.Count == 0)
        {
            writer.Text("no device matches the filter", Color.Grey);
            return;
        }

        bool all = rows >= listed.Count;
        int most = all || rows == 1 ? Math.Min(rows, listed.Count) : rows - 1;
        int first = layout.Selection?.First(listed.Count, most) ?? 0;
        DeviceRow[] shown = [.. listed.Skip(first).Take(most)];
        int spare = rows - shown.Length;
        var columns = new FrameTable(
            writer.Width - 1,
            ("Device", Math.Clamp(shown.Max(device => device.Id.Length), 6, 24)),
            ("State", Math.Clamp(shown.Max(device => State(device).Length), 6, 16)),
            ("Readings", 0),
            ("Age", 4),
            ("Seen", layout.Selection is null ? FrameTable.Hidden : 5),
            (layout.LastColumn.Heading, layout.LastColumn.Width));
        foreach (DeviceRow device in shown)
        {
            List<string> details = Details(device, columns.WidthOf(ReadingsColumn), all ? spare + 1 : 1);
            spare -= details.Count - 1;
            columns.Add(
                (device.Id, Style.Plain),
                (State(device), StyleOf(device)),
                (details[0], device.LinkFailure is not null || device.SharedId.Text(now) is not null ? Color.Red : device.Children.Lost.Any() ? Color.Yellow : Style.Plain),
                (Age(device), Style.Plain),
                (Seen(device), Style.Plain),
                (layout.LastColumn.Text(device), Style.Plain));
            details.Skip(1).ToList().ForEach(more => columns.Add(Nothing, Nothing, (more, Style.Plain), Nothing, Nothing, Nothing));
        }

        writer.Table(columns);
        if (shown.Length < listed.Count)
        {
            IEnumerable<string> others = listed.Except(shown).GroupBy(device => device.LinkState ?? device.Presence?.State ?? "?")
                .OrderByDescending(group => group.Count()).Select(group => $"{group.Count()} {group.Key}");
            int left = listed.Count - shown.Length;
            string place = first == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" ({first} above, {left - first} below)");
            writer.Text(string.Create(CultureInfo.InvariantCulture, $"and {left} more{place}: {string.Join(", ", others)}"), Color.Grey);
        }
    }

    private static Style StyleOf(DeviceRow device) => device.LinkState switch
    {
        null => StateStyle.Of(device.Presence?.State),
        Presence.Online or Presence.Sleeping => StateStyle.Of(device.LinkState),
        _ when device.LinkFailure is not null => Color.Red,
        _ => Color.Yellow,
    };

    // All on one line, without names if need be; else with names on several lines; else cut.
    private List<string> Details(DeviceRow device, int width, int lines)
    {
        string[] failure = [.. new[] { device.LinkFailure, device.SharedId.Text(now) }.OfType<string>(), .. device.Children.Lost.Select(child => $"{child} lost, {LastReading(device.NewestOf(child))}")];
        Reading[] fresh = [.. device.Fresh];
        if (fresh.Length == 0)
        {
            string all = string.Join(Gap, failure);
            List<string> words = Break(all.Split(' '), " ", width);
            return words.Count <= lines ? words : [all];
        }

        string[] named = [.. failure, .. fresh.Select(reading => reading.ToString())];
        string full = string.Join(Gap, named);
        string brief = string.Join(Gap, failure.Concat(fresh.Select(reading => reading.ValueAndUnit)));
        bool isClearWithoutNames = fresh.DistinctBy(reading => reading.Unit).Count() == fresh.Length;
        if (full.Length <= width || (brief.Length <= width && isClearWithoutNames))
        {
            return [full.Length <= width ? full : brief];
        }

        List<string> broken = Break(named, Gap, width);
        return broken.Count <= lines ? broken : [brief];
    }

    private static List<string> Break(IEnumerable<string> items, string gap, int width)
    {
        var lines = new List<string>();
        foreach (string item in items)
        {
            if (lines.Count > 0 && lines[^1].Length + gap.Length + item.Length <= width)
            {
                lines[^1] += gap + item;
            }
            else
            {
                lines.Add(item);
            }
        }

        return lines;
    }

    private string State(DeviceRow device) => device switch
    {
        { LinkState: { } state } => state,
        { Presence: { State: Presence.Sleeping, Until: { } until } } when until > now.ToUnixTimeSeconds() => "sleeping, " + TimeText.Brief(until - now.ToUnixTimeSeconds()),
        { Presence: { State: Presence.Sleeping, Until: { } until } } => "overdue, " + TimeText.Brief(now.ToUnixTimeSeconds() - until),
        { Presence: { } presence } => presence.State,
        _ => "?",
    };

    private string Age(DeviceRow device) => device.NewestTime is { } known ? TimeText.Brief((now.ToUnixTimeMilliseconds() / 1000.0) - known) : "-";

    private string LastReading(double? time) => time is { } known ? $"last reading {TimeText.Brief((now.ToUnixTimeMilliseconds() / 1000.0) - known)} ago" : "no reading";

    private string Seen(DeviceRow device) => device.LastSeen is { } seen ? TimeText.Brief((now - seen).TotalSeconds) : "-";
}

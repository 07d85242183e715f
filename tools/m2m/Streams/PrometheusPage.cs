using System.Globalization;
using System.Text;
using System.Text.Json;
using M2m.Client.Devices;
using M2m.Client.Telemetry;
using M2m.Client.View;

namespace M2m.Streams;

/// <summary>What is known of the devices in Prometheus' text format 0.0.4.</summary>
/// <param name="texts">Those that earlier pages have shown.</param>
internal sealed class PrometheusPage(ShownTexts texts)
{
    private const int MaxReadings = 50_000;
    private const int MaxText = 200;
    private const string ReadingPrefix = "m2m_reading_";

    private readonly StringBuilder _page = new();

    /// <summary>Readings beyond the 50 000 that are shown.</summary>
    public int NotShown { get; private set; }

    /// <param name="model">Must not change meanwhile.</param>
    /// <param name="texts">Those that earlier pages have shown.</param>
    public static string Of(LiveModel model, ShownTexts texts)
    {
        var page = new PrometheusPage(texts);
        page.Devices(model.Devices);
        page.Children([.. model.Devices.Where(IsUp).SelectMany(device => device.Children.Names.Select(child => (device, child)))]);

        // A device that is gone has no value, nor has a lost child: a graph must not go on with its last one.
        page.Readings([.. model.Devices.Where(IsUp).SelectMany(device => device.Fresh.Select(reading => (device.Id, reading)))]);
        page.Family("m2m_readings_not_shown", "gauge", $"Readings beyond the {MaxReadings} that are shown.", [(string.Empty, page.NotShown)]);
        return page._page.ToString();
    }

    private static bool IsUp(DeviceRow device) => device.Presence?.State is null or Presence.Online or Presence.Sleeping;

    private void Devices(IReadOnlyCollection<DeviceRow> devices)
    {
        DeviceRow[] present = [.. devices.Where(device => device.Presence is not null)];
        Family("m2m_device_up", "gauge", "Whether the device is online or sleeping by its status.", present.Select(device => (Labels(("device", device.Id)), IsUp(device) ? 1.0 : 0)));
        Family("m2m_device_state_info", "gauge", "The state of the device by its status: always 1.", present.Select(device => (Labels(("device", device.Id), ("state", device.Presence!.IsKnown ? device.Presence.State : "other")), 1.0)));
        Family("m2m_device_id_shared", "gauge", "Whether two devices use the id: their statuses alternate.", present.Select(device => (Labels(("device", device.Id)), device.SharedId.Text(DateTimeOffset.UtcNow) is null ? 0.0 : 1)));
        Family("m2m_device_signal_dbm", "gauge", "Signal of the radio as the device last reported it.", devices.Where(device => device.SignalDbm is not null).Select(device => (Labels(("device", device.Id)), device.SignalDbm!.Value)));
        Family("m2m_device_last_seen_timestamp_seconds", "gauge", "When the last message of the device arrived.", devices.Where(device => device.LastSeen is not null).Select(device => (Labels(("device", device.Id)), device.LastSeen!.Value.ToUnixTimeMilliseconds() / 1000.0)));
        Family("m2m_device_last_reading_timestamp_seconds", "gauge", "When the newest reading of the device was measured.", devices.Where(device => device.Readings.Count > 0).Select(device => (Labels(("device", device.Id)), device.Readings.Values.Max(reading => reading.Time))));
        Family("m2m_device_telemetry_messages_total", "counter", "Messages with readings since this program was started.", devices.Select(device => (Labels(("device", device.Id)), (double)device.Messages)));
    }

    private void Children(IReadOnlyCollection<(DeviceRow Device, string Name)> children)
    {
        static string Of((DeviceRow Device, string Name) child) => Labels(("device", child.Device.Id), ("child", child.Name));
        Family("m2m_child_up", "gauge", "Whether a child that was lost at some time answers its gateway.", children.Select(child => (Of(child), child.Device.Children.IsLost(child.Name) ? 0.0 : 1)));
        Family("m2m_child_last_reading_timestamp_seconds", "gauge", "When the newest reading of the child was measured.", children.Select(child => (Of(child), Time: child.Device.NewestOf(child.Name))).Where(child => child.Time is not null).Select(child => (child.Item1, child.Time!.Value)));
    }

    private void Readings(IReadOnlyCollection<(string Device, Reading Reading)> readings)
    {
        NotShown = Math.Max(0, readings.Count - MaxReadings);
        (string Device, Reading Reading)[] shown = [.. readings.Take(MaxReadings)];

        // Several names may become one: the label channel tells them apart.
        foreach (IGrouping<string, (string Device, Reading Reading)> family in shown.Where(item => Value(item.Reading) is not null).GroupBy(item => Name(item.Reading)).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Family(family.Key, "gauge", "The last reading of the channel.", family.Select(item => (Labels(("device", item.Device), ("channel", item.Reading.Name)), Value(item.Reading)!.Value)));
        }

        (string Device, string Channel, string Text)[] all = [.. shown.Where(item => item.Reading.Value.ValueKind == JsonValueKind.String)
            .Select(item => (item.Device, item.Reading.Name, Cut(item.Reading.Value.GetString()!)))];
        (string Device, string Channel, string Text)[] few = [.. all.Where(item => texts.Take(item.Device, item.Channel, item.Text))];
        Family("m2m_text_info", "gauge", "The last text of the channel: always 1.", few.Select(item => (Labels(("device", item.Device), ("channel", item.Channel), ("text", item.Text)), 1.0)));
        Family("m2m_texts_not_shown", "gauge", $"Channels that have had more than {ShownTexts.Most} texts.", [(string.Empty, all.Length - few.Length)]);
    }

    private void Family(string name, string type, string help, IEnumerable<(string Labels, double Value)> samples)
    {
        bool isFirst = true;
        foreach ((string labels, double value) in samples)
        {
            if (isFirst)
            {
                _page.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
                isFirst = false;
            }

            _page.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value:R}\n");
        }
    }

    private static double? Value(Reading reading) => reading.Value.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => reading.Number,
    };

    // Names end with the unit, spelled out.
    private static string Name(Reading reading)
    {
        string unit = reading.Unit switch
        {
            "" => string.Empty,
            "Cel" => "_celsius",
            "K" => "_kelvin",
            "%" or "%RH" or "%EL" => "_percent",
            "/" => "_ratio",
            "Pa" => "_pascals",
            "hPa" => "_hectopascals",
            "V" => "_volts",
            "mV" => "_millivolts",
            "A" => "_amperes",
            "W" => "_watts",
            "J" => "_joules",
            "Ohm" => "_ohms",
            "lat" or "lon" => "_degrees",
            "Hz" => "_hertz",
            "s" => "_seconds",
            "m" => "_meters",
            "m3" => "_cubic_meters",
            "l" => "_liters",
            "kg" => "_kilograms",
            "g" => "_grams",
            "lx" => "_lux",
            "B" => "_bytes",
            "count" => string.Empty,
            var other => "_" + Word(other),
        };
        return ReadingPrefix + Word(reading.Name) + unit;
    }

    private static string Word(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_'));

    private static string Labels(params (string Name, string Value)[] labels) => "{" + string.Join(',', labels.Select(label => $"{label.Name}=\"{Escape(label.Value)}\"")) + "}";

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Cut(string text) => text.Length <= MaxText ? text : text[..MaxText];
}

using M2m.Client.Devices;
using M2m.Client.Telemetry;

namespace M2m.Client.View;

public sealed class DeviceRow(string id)
{
    public string Id { get; } = id;

    public Presence? Presence { get; set; }

    public string? LinkState { get; set; }

    public string? LinkFailure { get; set; }

    public double? SignalDbm { get; set; }

    /// <summary>Messages with readings.</summary>
    public long Messages { get; set; }

    /// <summary>When the last message of the device arrived that was not kept by the broker.</summary>
    public DateTimeOffset? LastSeen { get; set; }

    public Dictionary<string, Reading> Readings { get; } = [];

    public ChildStates Children { get; } = new();

    public SharedId SharedId { get; } = new();

    /// <summary>Its readings without those of lost children.</summary>
    public IEnumerable<Reading> Fresh => Readings.Values.Where(reading => !Children.IsStale(reading));

    /// <summary>When the newest reading of a child was measured, in epoch seconds.</summary>
    public double? NewestOf(string child) => Readings.Values.Where(reading => Children.IsOf(child, reading)).Max(reading => (double?)reading.Time);

    /// <summary>Of its readings; of its status while it has none. Epoch seconds.</summary>
    public double? NewestTime => Readings.Count > 0 ? Readings.Values.Max(reading => reading.Time) : Presence?.Time;
}

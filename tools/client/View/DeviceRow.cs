using M2m.Client.Devices;
using M2m.Client.Telemetry;

namespace M2m.Client.View;

/// <summary>A device in the live view.</summary>
public sealed class DeviceRow(string id)
{
    public string Id { get; } = id;

    public Presence? Presence { get; set; }

    /// <summary>State of its connection, where that is known; it is shown instead of its presence.</summary>
    public string? LinkState { get; set; }

    /// <summary>Why the connection is down.</summary>
    public string? LinkFailure { get; set; }

    public double? SignalDbm { get; set; }

    /// <summary>Telemetry messages.</summary>
    public long Messages { get; set; }

    /// <summary>The newest reading of each channel.</summary>
    public Dictionary<string, Reading> Readings { get; } = [];
}

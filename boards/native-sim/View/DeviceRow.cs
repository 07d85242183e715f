namespace Boards.NativeSim.View;

/// <summary>What the live view knows of a device.</summary>
internal sealed class DeviceRow(string id)
{
    /// <summary>State of a device that is connected and listens.</summary>
    public const string Online = "online";

    /// <summary>State of a device that waits before its next try.</summary>
    public const string BackingOff = "backing off";

    /// <summary>The device id.</summary>
    public string Id { get; } = id;

    /// <summary>Where its connection stands.</summary>
    public string State { get; set; } = "off";

    /// <summary>Why, after a failure; null otherwise.</summary>
    public string? Reason { get; set; }

    /// <summary>Its last readings; null before the first.</summary>
    public SenmlPackText? Readings { get; set; }

    /// <summary>When they were sent, UTC.</summary>
    public DateTime ReadingsAt { get; set; }

    /// <summary>Telemetry packs that it has sent.</summary>
    public long Sent { get; set; }
}

namespace M2m.Client.View;

/// <summary>What differs between the live views of programs.</summary>
public sealed record LiveLayout
{
    /// <summary>Writes the lines above the devices.</summary>
    public required Action<FrameWriter> Head { get; init; }

    /// <summary>The last column of a device.</summary>
    public required (string Heading, int Width, Func<DeviceRow, string> Text) LastColumn { get; init; }

    /// <summary>Shown while there is no device.</summary>
    public required string NoDevice { get; init; }

    /// <summary>Shown while there is no request; null: requests are not shown.</summary>
    public string? NoRequest { get; init; }
}

namespace M2m.Client.View;

/// <summary>What differs between the live views of programs.</summary>
public sealed record LiveLayout
{
    public required Action<FrameWriter> Head { get; init; }

    public required (string Heading, int Width, Func<DeviceRow, string> Text) LastColumn { get; init; }

    public required string NoDevice { get; init; }

    /// <summary>With it the table has a column for the time since a device was last seen; null: all devices by their ids.</summary>
    public LiveSelection? Selection { get; init; }

    /// <summary>Shown while there is no request; null: requests are not shown.</summary>
    public string? NoRequest { get; init; }
}

namespace M2m.Updates;

/// <summary>What a gate of an update waits for, with the setting behind it.</summary>
internal static class GateText
{
    public static string Of(string gate) => gate switch
    {
        "canary" => "not in the share of devices that takes this version (update.percent; --force ignores it)",
        "battery" => "too little charge (update.battery)",
        "signal" => "the signal is too weak (update.signal)",
        "hours" => "outside the hours for updates, or the time is not known (update.fromHour, update.toHour; --force ignores it)",
        "delay" => "a random delay so that not all download at once (update.delay; --force ignores it)",
        _ => $"the device waits for '{gate}'",
    };
}

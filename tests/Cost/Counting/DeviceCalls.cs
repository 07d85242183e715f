namespace Cost.Counting;

/// <summary>
/// What the instrumented firmware calls in place of methods of the desktop's base library: those that would bring real
/// time in, and those whose cost depends on their arguments.
/// </summary>
public static class DeviceCalls
{
    /// <summary>Set by the rig: milliseconds since the chip started.</summary>
    public static Func<long> Uptime { get; set; } = () => 0;

    /// <summary>Set by the rig: what the chip's wall clock shows.</summary>
    public static Func<DateTime> WallClock { get; set; } = () => DateTime.UnixEpoch;

    public static long TickCount64(int site) => Uptime();

    public static DateTime UtcNow(int site) => WallClock();

    /// <summary>Text is UTF-8 on the device: it is walked from its start to find a character.</summary>
    public static char CharAt(string text, int index, int site)
    {
        ArgumentNullException.ThrowIfNull(text);
        Counters.Length(text.Length, site);
        return text[index];
    }

    public static void Copy(Array source, int sourceIndex, Array target, int targetIndex, int length, int site)
    {
        Counters.Length(length, site);
        Array.Copy(source, sourceIndex, target, targetIndex, length);
    }

    public static void Copy(Array source, Array target, int length, int site)
    {
        Counters.Length(length, site);
        Array.Copy(source, target, length);
    }
}

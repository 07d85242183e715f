namespace Cost.Counting;

/// <summary>
/// Called by the instrumented firmware. It only counts; what a count costs is decided afterwards. Not thread-safe: the
/// rig runs the firmware on one thread.
/// </summary>
public static class Counters
{
    private static long[] s_blocks = [];
    private static long[] s_siteObjects = [];
    private static long[] s_siteBytes = [];
    private static long[] s_siteLengths = [];

    /// <summary>Off while the rig prepares a scenario.</summary>
    public static bool IsCounting { get; set; }

    public static void Allocate(int blocks, int sites)
    {
        s_blocks = new long[blocks];
        s_siteObjects = new long[sites];
        s_siteBytes = new long[sites];
        s_siteLengths = new long[sites];
    }

    public static void Clear()
    {
        System.Array.Clear(s_blocks);
        System.Array.Clear(s_siteObjects);
        System.Array.Clear(s_siteBytes);
        System.Array.Clear(s_siteLengths);
    }

    public static Counts Take() => new(
        [.. s_blocks],
        [.. s_siteObjects],
        [.. s_siteBytes],
        [.. s_siteLengths]);

    /// <summary>A basic block begins.</summary>
    public static void Block(int block)
    {
        if (IsCounting)
        {
            s_blocks[block]++;
        }
    }

    /// <summary>An array is about to be created.</summary>
    public static void Array(int length, int elementBytes, int site)
    {
        if (IsCounting)
        {
            s_siteObjects[site]++;
            s_siteBytes[site] += DeviceHeap.ArrayBytes(length, elementBytes);
        }
    }

    /// <summary>A native method has returned a string or an array that it made.</summary>
    public static void Result(object? result, int site)
    {
        if (IsCounting && result != null)
        {
            s_siteObjects[site]++;
            s_siteBytes[site] += DeviceHeap.BytesOf(result);
        }
    }

    /// <summary>A native method works on so many elements: its cost grows with them.</summary>
    internal static void Length(int length, int site)
    {
        if (IsCounting)
        {
            s_siteLengths[site] += length;
        }
    }
}

namespace Boards.NativeSim.World;

/// <summary>Values that look random and are a pure function of seed and index, so that a run can be repeated.</summary>
internal static class SeededNoise
{
    /// <summary>A value from -1 to 1.</summary>
    public static double Signed(int seed, int channel, long index) => (Unit(seed, channel, index) * 2) - 1;

    /// <summary>A value from 0 to below 1.</summary>
    public static double Unit(int seed, int channel, long index) =>
        (Mix(((ulong)(uint)seed << 32) ^ (uint)channel, (ulong)index) >> 11) * (1.0 / (1UL << 53));

    /// <summary>One seed from two.</summary>
    public static int Combine(int seed, int number) => (int)(Mix((uint)seed, (uint)number) & 0x7FFFFFFF);

    // SplitMix64's finalizer, applied to both inputs.
    private static ulong Mix(ulong a, ulong b)
    {
        ulong x = a + (0x9E3779B97F4A7C15UL * (b + 1));
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}

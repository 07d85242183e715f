using Boards.NativeSim.World;

namespace Boards.NativeSim.Emulation.Hardware;

/// <summary>The memory outside the managed heap, of an ESP32 without PSRAM whose firmware runs. TLS takes it.</summary>
internal sealed class NativeHeap
{
    public const uint TotalBytes = 110 * 1024;

    private readonly object _gate = new();
    private uint _used;

    /// <summary>That of the running chip; gone with its power.</summary>
    public static NativeHeap Current => SimulatedChip.Current.PackageState(() => new NativeHeap());

    public uint FreeBytes
    {
        get
        {
            lock (_gate)
            {
                return TotalBytes - _used;
            }
        }
    }

    /// <summary>Takes memory in place of what was taken before.</summary>
    /// <returns>False when there is too little: nothing changes.</returns>
    public bool TryReplace(uint before, uint after)
    {
        lock (_gate)
        {
            uint used = _used - before + after;
            bool fits = used <= TotalBytes;
            _used = fits ? used : _used;
            return fits;
        }
    }
}

namespace Firmware.Platform
{
    /// <summary>The managed heap.</summary>
    public interface IMemory
    {
        /// <summary>Free bytes of the managed heap, after a collection: costs some milliseconds.</summary>
        int FreeBytes { get; }
    }
}

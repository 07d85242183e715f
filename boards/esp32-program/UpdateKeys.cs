using Firmware.Platform;

namespace Boards.Esp32Program
{
    /// <summary>
    /// Public keys of those who may sign updates for these boards: at most two, so that one can take over from the other.
    /// None here: updates are refused until yours is here. The README of esp32-devkitc says how; the private key belongs nowhere near.
    /// </summary>
    internal static class UpdateKeys
    {
        /// <summary>The keys.</summary>
        internal static RsaKey[] All => new RsaKey[0];
    }
}

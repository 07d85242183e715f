namespace Firmware.Telemetry
{
    /// <summary>Limits of an <see cref="Outbox"/>, fixed at its start.</summary>
    public sealed class OutboxOptions
    {
        /// <summary>Bytes of flash by default.</summary>
        public const int DefaultCapacity = 24576;

        /// <summary>Bytes of flash at least: two segments.</summary>
        public const int MinCapacity = 2 * OutboxLog.SegmentSize;

        /// <summary>Bytes of flash at most.</summary>
        public const int MaxCapacity = 131072;

        /// <summary>Milliseconds by default in which a reading may be acknowledged without touching flash.</summary>
        public const int DefaultWriteBack = 2000;

        /// <summary>Bytes of flash that readings may take.</summary>
        public int Capacity = DefaultCapacity;

        /// <summary>Milliseconds in which a reading may be acknowledged without touching flash; 0 writes each at once.</summary>
        public int WriteBack = DefaultWriteBack;
    }
}

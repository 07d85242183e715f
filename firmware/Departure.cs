namespace Firmware
{
    /// <summary>
    /// Leaving the broker on purpose: "offline" is said and has to be acknowledged, then the connection is closed, each for
    /// a bounded time; then the device stops, restarts, or connects anew.
    /// </summary>
    internal sealed class Departure
    {
        /// <summary>Milliseconds for which the broker's acknowledgement is awaited.</summary>
        internal const long AnswerTimeout = 3000;

        /// <summary>Milliseconds for which the end of the connection is awaited: a restart would cut the DISCONNECT off.</summary>
        internal const long CloseTimeout = 2000;

        /// <summary>Milliseconds after the DISCONNECT before the chip may lose its power: it has to leave the radio first.</summary>
        internal const long LingerTime = 100;

        /// <summary>What follows; <see cref="DepartureKind.None"/> while nobody leaves.</summary>
        internal DepartureKind Kind { get; private set; }

        /// <summary>Why, for the boot record.</summary>
        internal string Reason { get; private set; }

        /// <summary>Message id of "offline"; 0 when it could not be said.</summary>
        internal int MessageId { get; private set; }

        /// <summary>Whether only the end of the connection is awaited.</summary>
        internal bool IsClosing { get; private set; }

        /// <summary>Uptime in milliseconds at which the wait is over.</summary>
        internal long DueAt { get; private set; } = long.MaxValue;

        internal bool IsUnderWay => Kind != DepartureKind.None;

        internal void Begin(DepartureKind kind, string reason, long now)
        {
            Kind = kind;
            Reason = reason;
            MessageId = 0;
            IsClosing = false;
            DueAt = now + AnswerTimeout;
        }

        internal void Said(int messageId) => MessageId = messageId;

        internal void Close(long now)
        {
            IsClosing = true;
            DueAt = now + CloseTimeout;
        }

        internal void Linger(long now) => DueAt = now + LingerTime;

        internal void End()
        {
            Kind = DepartureKind.None;
            IsClosing = false;
            DueAt = long.MaxValue;
        }
    }
}

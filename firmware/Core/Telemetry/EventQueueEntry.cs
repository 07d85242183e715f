namespace Firmware.Telemetry
{
    /// <summary>An event that waits.</summary>
    internal sealed class EventQueueEntry
    {
        internal EventQueueEntry(byte[] payload, bool isAlarm, bool isDated, long uptime)
        {
            Payload = payload;
            IsAlarm = isAlarm;
            IsDated = isDated;
            Uptime = uptime;
        }

        /// <summary>A JSON object; null once it waits no more.</summary>
        internal byte[] Payload;

        internal readonly bool IsAlarm;

        /// <summary>Whether the payload says when it happened.</summary>
        internal bool IsDated;

        /// <summary>When it happened: milliseconds since the start.</summary>
        internal readonly long Uptime;

        /// <summary>Reason of an event <c>security</c>.</summary>
        internal string Reason;

        /// <summary>How many of this reason were only counted since.</summary>
        internal int Suppressed;
    }
}

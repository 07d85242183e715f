using Firmware.Json;

namespace Firmware.Telemetry
{
    /// <content>Events that may mean an attack. Who attacks decides how many there are: they have a budget.</content>
    public sealed partial class EventQueue
    {
        /// <summary>Milliseconds between two events <c>security</c> of one reason.</summary>
        public const long SecurityPause = 60000;

        /// <summary>The same after more than one in that time.</summary>
        public const long LongSecurityPause = 600000;

        private const int MaxReasons = 8;

        private EventQueueEntry[] _security; // the last one of each reason; null without any

        /// <summary>
        /// Adds <c>{"type":"security","reason":…,"detail":…,"suppressed":…}</c>. While the last event of a reason waits, and
        /// for a pause after it, further ones are only counted.
        /// </summary>
        /// <param name="reason">One of a fixed set of words, e.g. "update-signature"; the device has at most 8.</param>
        /// <param name="detail">What it is about, for people; null for nothing.</param>
        public void Security(string reason, string detail)
        {
            _counters.Security++;
            _security = _security ?? new EventQueueEntry[MaxReasons];
            int at = 0;
            while (at < MaxReasons - 1 && _security[at] != null && _security[at].Reason != reason)
            {
                at++;
            }

            EventQueueEntry last = _security[at];
            if (last != null && (last.Payload != null || _clock.Uptime < last.Uptime + (last.Suppressed > 0 ? LongSecurityPause : SecurityPause)))
            {
                last.Suppressed++;
                return;
            }

            JsonWriter writer = Begin("security");
            WriteText(writer, "reason", reason);
            if (detail != null)
            {
                WriteText(writer, "detail", detail);
            }

            if (last != null && last.Suppressed > 0)
            {
                writer.Member("suppressed", last.Suppressed);
            }

            EventQueueEntry added = Append(writer, false);
            if (added != null)
            {
                added.Reason = reason;
                _security[at] = added;
            }
        }
    }
}

using System;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Connectivity
{
    /// <summary>
    /// What the broker has granted. At most 8 filters go in a packet, one packet after the other; what is refused is asked
    /// for again with growing pauses. Pure: the caller sends, and passes codes and time.
    /// </summary>
    public sealed class Subscriptions
    {
        /// <summary>Filters in a packet: a hard limit of one large cloud.</summary>
        public const int MaxFilters = 8;

        /// <summary>Milliseconds before refused filters are asked for again; doubled each time, up to a limit.</summary>
        public const int FirstPause = 10000;

        /// <summary>The limit of that, in milliseconds.</summary>
        public const int LongestPause = 3600000;

        // Codes of SUBACK from here on: refused.
        private const int FirstRefusal = 128;

        private string[] _filters = new string[0];
        private string _optional;
        private int _waiting; // a bit for each filter that is still to be asked for
        private int _asked; // likewise, in the packet that awaits its SUBACK
        private int _pause = FirstPause;

        /// <summary>Uptime in milliseconds at which <see cref="Retry"/> has work.</summary>
        public long RetryAt = long.MaxValue;

        /// <summary>A bit for each filter that the broker refuses.</summary>
        public int Refused;

        /// <summary>Whether every filter has been asked for.</summary>
        public bool IsDone => _waiting == 0;

        /// <summary>Begins with a new connection.</summary>
        /// <param name="filters">At most 31.</param>
        /// <param name="optional">The one of them that the device can do without, or null: nothing is said when it is refused.</param>
        public void Begin(string[] filters, string optional)
        {
            Refused = filters.Length == _filters.Length ? Refused : 0;
            _filters = filters;
            _optional = optional;
            _waiting = (int)((1L << filters.Length) - 1);
            _asked = 0;
            RetryAt = long.MaxValue;
        }

        /// <summary>Gives the filters of the next packet.</summary>
        /// <returns>The filters, or null when all have been asked for.</returns>
        public string[] Next()
        {
            int count = 0;
            int asked = 0;
            for (int i = 0; i < _filters.Length && count < MaxFilters; i++)
            {
                int bit = _waiting & (1 << i);
                asked |= bit;
                count += bit == 0 ? 0 : 1;
            }

            _asked = asked;
            _waiting &= ~asked;
            return count == 0 ? null : Those(asked, count);
        }

        /// <summary>Takes the codes of a SUBACK.</summary>
        /// <param name="codes">One for each filter of the last packet; null grants them all.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <param name="events">Receives what is refused, and what is granted after all; null for nobody.</param>
        /// <returns>False when the optional filter is among those that are refused.</returns>
        public bool Take(byte[] codes, long now, EventQueue events)
        {
            bool isOptionalGranted = true;
            int at = 0;
            for (int i = 0; i < _filters.Length; i++)
            {
                int bit = _asked & (1 << i);
                if (bit != 0)
                {
                    int code = codes == null || at >= codes.Length ? 0 : codes[at];
                    at++;
                    if (_filters[i] == _optional)
                    {
                        isOptionalGranted = code < FirstRefusal;
                    }
                    else
                    {
                        Note(i, bit, code, events);
                    }
                }
            }

            _asked = 0;
            if (Refused == 0)
            {
                _pause = FirstPause;
                RetryAt = long.MaxValue;
            }
            else if (_waiting == 0)
            {
                RetryAt = now + _pause;
            }

            return isOptionalGranted;
        }

        /// <summary>Asks for what was refused again, when its pause is over; then <see cref="Next"/> gives it.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>Whether it is time to.</returns>
        public bool Retry(long now)
        {
            if (now < RetryAt)
            {
                return false;
            }

            _pause = Backoff.Double(_pause, LongestPause);
            _waiting = Refused;

            // In case no SUBACK comes.
            RetryAt = now + _pause;
            return true;
        }

        /// <summary>The connection has ended.</summary>
        public void End() => RetryAt = long.MaxValue;

        /// <summary>The filters that are refused.</summary>
        /// <returns>None or some.</returns>
        public string[] RefusedFilters()
        {
            int count = 0;
            for (int i = 0; i < _filters.Length; i++)
            {
                count += (Refused >> i) & 1;
            }

            return Those(Refused, count);
        }

        private void Note(int index, int bit, int code, EventQueue events)
        {
            bool isRefused = code >= FirstRefusal;
            bool wasRefused = (Refused & bit) != 0;
            Refused = isRefused ? Refused | bit : Refused & ~bit;
            if (isRefused == wasRefused || events == null)
            {
                return;
            }

            if (isRefused)
            {
                events.Add("subscription-refused", "filter", _filters[index], ReasonText.Of(code));
            }
            else
            {
                events.Add("subscription-recovered", "filter", _filters[index], null);
            }
        }

        private string[] Those(int bits, int count)
        {
            string[] some = Texts.New(count);
            int at = 0;
            for (int i = 0; at < count; i++)
            {
                if ((bits & (1 << i)) != 0)
                {
                    some[at++] = _filters[i];
                }
            }

            return some;
        }
    }
}

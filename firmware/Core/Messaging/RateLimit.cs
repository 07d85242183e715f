using Firmware.Platform;

namespace Firmware.Messaging
{
    /// <summary>
    /// Keeps one asker from taking the device away from the others: a burst of requests, then a steady rate. Of more askers
    /// than it can tell apart, those that were quiet for longest begin anew.
    /// </summary>
    public sealed class RateLimit
    {
        /// <summary>Requests of one asker that are taken at once.</summary>
        public const int Burst = 20;

        /// <summary>Requests of one asker that are taken each second in the long run.</summary>
        public const int Rate = 2;

        private const int Askers = 8;

        private readonly string[] _names = Texts.New(Askers);
        private readonly TokenBucket[] _buckets = new TokenBucket[Askers];
        private readonly long[] _seen = new long[Askers];
        private long _requests;

        /// <summary>Takes note of a request.</summary>
        /// <param name="from">Who asks.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>0 when it is to be carried out, else seconds after which to ask again.</returns>
        public int Check(string from, long now)
        {
            int asker = Find(from);
            _seen[asker] = ++_requests;
            TokenBucket bucket = _buckets[asker];
            return bucket.TryTake(now) ? 0 : (int)((bucket.NextAt - now + 999) / 1000);
        }

        private int Find(string from)
        {
            int quietest = 0;
            for (int i = 0; i < Askers; i++)
            {
                if (_names[i] == from)
                {
                    return i;
                }

                quietest = _seen[i] < _seen[quietest] ? i : quietest;
            }

            _names[quietest] = from;
            _buckets[quietest] = new TokenBucket(Burst, Rate);
            return quietest;
        }
    }
}

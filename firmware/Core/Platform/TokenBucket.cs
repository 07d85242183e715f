namespace Firmware.Platform
{
    /// <summary>
    /// Allows a burst and then a steady rate: of messages to the network (telemetry and events; not presence and responses,
    /// which never wait), of requests from one client.
    /// </summary>
    public class TokenBucket
    {
        // A message costs a thousand; so many thousandths come back each millisecond as messages do each second.
        private const long Cost = 1000;

        private long _capacity;
        private long _rate;
        private long _level;
        private long _at;

        /// <summary>Creates a bucket that is full.</summary>
        /// <param name="burst">How many may go at once, 1 or more.</param>
        /// <param name="rate">How many may go each second in the long run, 1 or more.</param>
        public TokenBucket(int burst, int rate)
        {
            Use(burst, rate);
            _level = _capacity;
        }

        /// <summary>Changes the limits; what is left stays, as far as it fits.</summary>
        /// <param name="burst">How many may go at once, 1 or more.</param>
        /// <param name="rate">How many may go each second in the long run, 1 or more.</param>
        public void Use(int burst, int rate)
        {
            _capacity = burst * Cost;
            _rate = rate;
            _level = _level < _capacity ? _level : _capacity;
        }

        /// <summary>Uptime in milliseconds from which the next one may go; in the past when one may go now.</summary>
        public long NextAt => _level >= Cost ? _at : _at + ((Cost - _level + _rate - 1) / _rate);

        /// <summary>Takes one out of the bucket.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>False when it has to wait until <see cref="NextAt"/>.</returns>
        public bool TryTake(long now)
        {
            Fill(now);
            if (_level < Cost)
            {
                return false;
            }

            _level -= Cost;
            return true;
        }

        /// <summary>Takes one out of the bucket.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>0 when it may go, else seconds after which the next one may.</returns>
        public int Wait(long now) => TryTake(now) ? 0 : (int)((NextAt - now + 999) / 1000);

        private void Fill(long now)
        {
            // Compared before it is multiplied: after years without a message the product would overflow.
            long elapsed = now - _at;
            _level = elapsed > (_capacity - _level) / _rate ? _capacity : _level + (elapsed * _rate);
            _at = now;
        }
    }
}

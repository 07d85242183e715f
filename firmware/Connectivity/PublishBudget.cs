namespace Firmware.Connectivity
{
    /// <summary>
    /// Protects the network: a token bucket that allows a burst of messages and then a steady rate. Telemetry and events
    /// ask it; presence and answers to requests do not, so that they are never kept waiting.
    /// </summary>
    public sealed class PublishBudget
    {
        // A message costs a thousand; so many thousandths come back each millisecond as messages do each second.
        private const long Cost = 1000;

        private readonly long _capacity;
        private readonly long _rate;
        private long _level;
        private long _at;

        /// <summary>Creates a budget that is full.</summary>
        /// <param name="burst">Messages that may go at once, 1 or more.</param>
        /// <param name="rate">Messages that may go each second in the long run, 1 or more.</param>
        public PublishBudget(int burst, int rate)
        {
            _capacity = burst * Cost;
            _rate = rate;
            _level = _capacity;
        }

        /// <summary>Uptime in milliseconds from which the next message may go; in the past when one may go now.</summary>
        public long NextAt => _level >= Cost ? _at : _at + ((Cost - _level + _rate - 1) / _rate);

        /// <summary>Takes one message out of the budget.</summary>
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

        private void Fill(long now)
        {
            // Compared before it is multiplied: after years without a message the product would overflow.
            long elapsed = now - _at;
            _level = elapsed > (_capacity - _level) / _rate ? _capacity : _level + (elapsed * _rate);
            _at = now;
        }
    }
}

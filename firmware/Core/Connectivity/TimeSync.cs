using Firmware.Platform;

namespace Firmware.Connectivity
{
    /// <summary>
    /// Synchronizes the clock: as soon as there is a network, then with growing pauses until the first response,
    /// and once a day from then on.
    /// </summary>
    public sealed class TimeSync
    {
        /// <summary>Milliseconds after which the clock is set again: a day.</summary>
        public const long Lifetime = 86400000;

        /// <summary>Milliseconds that a response may take; a random pause is added to it.</summary>
        public const long AnswerTime = 15000;

        private readonly IClock _clock;
        private readonly string[] _servers;
        private readonly Backoff _backoff;
        private bool _hadNetwork;
        private long _askAt;

        /// <summary>Creates it; no server is queried yet.</summary>
        /// <param name="clock">The clock.</param>
        /// <param name="servers">Host names of time servers; none means that the clock is left alone.</param>
        /// <param name="jitter">The randomness of the pauses.</param>
        public TimeSync(IClock clock, string[] servers, Jitter jitter)
        {
            _clock = clock;
            _servers = servers;
            _backoff = new Backoff(jitter);
        }

        /// <summary>Uptime in milliseconds at which <see cref="Tick"/> has work.</summary>
        public long DueAt = long.MaxValue;

        /// <summary>Asks when it is time to.</summary>
        /// <param name="hasNetwork">Whether the network is joined.</param>
        public void Tick(bool hasNetwork)
        {
            bool isNew = hasNetwork && !_hadNetwork;
            _hadNetwork = hasNetwork;
            if (!hasNetwork || _servers.Length == 0)
            {
                DueAt = long.MaxValue;
                return;
            }

            long now = _clock.Uptime;
            long setAt = _clock.SynchronizedAt;
            if (setAt >= 0 && now - setAt < Lifetime)
            {
                _backoff.Reset();
                _askAt = setAt + Lifetime;
            }
            else if (isNew || now >= _askAt)
            {
                _askAt = now + AnswerTime + _backoff.Next();
                _clock.AskTime(_servers);
            }

            DueAt = _askAt;
        }
    }
}

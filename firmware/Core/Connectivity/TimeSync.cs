using Firmware.Platform;

namespace Firmware.Connectivity
{
    /// <summary>
    /// Synchronizes the clock: as soon as there is a network, then with growing pauses until the first response,
    /// and once a day from then on. A time that cannot be, or that differs by more than a day from a clock that was set, is
    /// doubted: it is believed when a second response agrees.
    /// </summary>
    public sealed class TimeSync
    {
        /// <summary>Milliseconds after which the clock is set again: a day.</summary>
        public const long Lifetime = 86400000;

        /// <summary>Milliseconds that a response may take; a random pause is added to it.</summary>
        public const long AnswerTime = 15000;

        /// <summary>Milliseconds since 1970 at which work on this version began, 2026-01-01: no device runs it earlier.</summary>
        public const long Earliest = 1767225600000;

        private const long Latest = Earliest + 315576000000; // ten years
        private const long LargestJump = 86400000; // a day
        private const long DriftDivisor = 16; // the clock of a chip that sleeps is up to 5 % wrong
        private const long Tolerance = 60000; // between two responses that agree

        private readonly IClock _clock;
        private readonly string[] _servers;
        private readonly Backoff _backoff;
        private bool _hadNetwork;
        private long _askAt;
        private long _takenAt;
        private bool _isDoubted;
        private bool _isOffered; // the clock was set last by another source than a time server
        private long _doubted; // UTC at uptime 0 by the response that is doubted

        /// <summary>Creates it; no server is queried yet.</summary>
        /// <param name="clock">The clock.</param>
        /// <param name="servers">Host names of time servers; none means that the clock is left alone.</param>
        /// <param name="jitter">The randomness of the pauses.</param>
        public TimeSync(IClock clock, string[] servers, Jitter jitter)
        {
            _clock = clock;
            _servers = servers;
            _backoff = new Backoff(jitter);
            _takenAt = clock.AnsweredAt;
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
            if (!_isDoubted && !_isOffered && setAt >= 0 && now - setAt < Lifetime)
            {
                _backoff.Reset();
                _askAt = setAt + Lifetime;
            }
            else if (isNew || now >= _askAt)
            {
                _askAt = now + AnswerTime + _backoff.Next();
                _clock.AskTime(_isDoubted && _servers.Length == 2 ? new string[] { _servers[1], _servers[0] } : _servers);
            }

            DueAt = _askAt;
        }

        /// <summary>Takes what a time server has answered, if it has since the last call: sets the clock, or asks again.</summary>
        /// <param name="hasNetwork">Whether the network is joined.</param>
        /// <returns>Why the time is doubted; null when it is not.</returns>
        public string Take(bool hasNetwork)
        {
            long answeredAt = _clock.AnsweredAt;
            if (answeredAt == _takenAt)
            {
                return null;
            }

            _takenAt = answeredAt;
            long start = _clock.Answer - answeredAt;
            string doubt = _isDoubted && IsWithin(start - _doubted, Tolerance) ? null : Doubt(_clock.Answer, start, _isOffered ? long.MaxValue : LargestJump);
            if (doubt == null)
            {
                _isOffered = false;
                _clock.SetUtc(start + _clock.Uptime, true);
            }
            else if (!_isDoubted)
            {
                // Once: servers that disagree are asked again as those that are silent.
                _askAt = _clock.Uptime;
            }

            _isDoubted = doubt != null;
            _doubted = start;

            Tick(hasNetwork);
            return doubt == null ? null : doubt + ": asked again";
        }

        /// <summary>
        /// Takes the time of another source, e.g. of a satellite receiver, when the clock was not set for a day. It is doubted as
        /// that of a server, and when it differs by more than a clock drifts; it confirms one that is doubted, but not itself. Time
        /// servers are asked all the same, and count more.
        /// </summary>
        /// <param name="utc">Milliseconds since 1970-01-01T00:00:00Z, now.</param>
        /// <returns>Why it is doubted; null when it is not.</returns>
        public string Offer(long utc)
        {
            long now = _clock.Uptime;
            long setAt = _clock.SynchronizedAt;
            if (setAt >= 0 && now - setAt < Lifetime)
            {
                return null;
            }

            long drift = setAt < 0 ? LargestJump : (now - setAt) / DriftDivisor;
            string doubt = _isDoubted && IsWithin(utc - now - _doubted, Tolerance) ? null : Doubt(utc, utc - now, drift < LargestJump ? drift : LargestJump);
            if (doubt == null)
            {
                _isDoubted = false;
                _isOffered = true;
                _clock.SetUtc(utc, true);
            }

            return doubt;
        }

        private string Doubt(long utc, long start, long largestJump)
        {
            string reason = utc < Earliest ? "is before this firmware"
                : utc > Latest ? "is ten years after this firmware"
                : _clock.IsSynchronized && !IsWithin(start - (_clock.UtcMilliseconds - _clock.Uptime), largestJump) ? "is far off the clock"
                : null;
            return reason == null ? null : (utc / 1000) + " " + reason;
        }

        private static bool IsWithin(long difference, long limit) => difference <= limit && difference >= -limit;
    }
}

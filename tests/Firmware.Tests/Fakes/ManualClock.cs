using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>A clock that stands until it is set; waiting sets it forward at once.</summary>
    public sealed class ManualClock : IClock
    {
        /// <summary>2026-11-22T16:53:45Z: what <see cref="Synchronize()"/> says it is now.</summary>
        public const long Now = 1795366425;

        private long _utcAtStart; // milliseconds
        private bool _isWoken;

        public long Uptime { get; set; }

        public bool IsSynchronized { get; private set; }

        public long UtcSeconds => UtcMilliseconds / 1000;

        public long UtcMilliseconds => IsSynchronized ? _utcAtStart + Uptime : 0;

        public long SynchronizedAt { get; private set; } = -1;

        public long AnsweredAt { get; private set; } = -1;

        public long Answer { get; private set; }

        /// <summary>How often a time server was asked.</summary>
        public int Asked { get; private set; }

        /// <summary>The time servers that were asked last.</summary>
        public string[] Servers { get; private set; }

        /// <summary>How often it was woken.</summary>
        public int Wakes { get; private set; }

        public void Synchronize() => Synchronize(Now);

        public void Synchronize(long utcSeconds)
        {
            _utcAtStart = (utcSeconds * 1000) - (Uptime / 1000 * 1000);
            SynchronizedAt = Uptime;
            IsSynchronized = true;
            Respond(UtcSeconds);
        }

        /// <summary>Lets a time server respond; the clock stays as it is.</summary>
        public void Respond(long utcSeconds)
        {
            AnsweredAt = Uptime;
            Answer = (utcSeconds * 1000) + (Uptime % 1000);
        }

        public void SetUtc(long utcMilliseconds, bool isAnswer)
        {
            _utcAtStart = utcMilliseconds - Uptime;
            IsSynchronized = true;
            SynchronizedAt = isAnswer ? Uptime : SynchronizedAt;
        }

        public void AskTime(string[] servers)
        {
            Asked++;
            Servers = servers;
        }

        public void Advance(long milliseconds) => Uptime += milliseconds;

        public void Wait(int milliseconds)
        {
            if (!_isWoken)
            {
                Uptime += milliseconds;
            }

            _isWoken = false;
        }

        public void Wake()
        {
            Wakes++;
            _isWoken = true;
        }
    }
}

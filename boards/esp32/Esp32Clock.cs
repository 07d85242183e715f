using System;
using System.Threading;
using Firmware.Platform;
using nanoFramework.Runtime.Native;

namespace Boards.Esp32
{
    /// <summary>The chip's time: uptime from the tick counter, UTC from the clock that <see cref="SetUtc"/> sets.</summary>
    public sealed class Esp32Clock : IClock
    {
        // The chip starts in 1970; what it was set to survives a restart.
        private static readonly long FirstPlausible = new DateTime(2025, 1, 1).Ticks;

        private const long TicksPerSecond = 10000000;
        private const long TicksPerMs = 10000;

        private readonly AutoResetEvent _wake = new AutoResetEvent(false);
        private readonly long _start = Environment.TickCount64;
        private readonly long _epoch = new DateTime(1970, 1, 1).Ticks;
        private string[] _servers; // while they are asked
        private bool _isKnown; // a time that was right once stays so
        private long _synchronizedAt = -1;
        private long _answeredAt = -1;
        private long _answer;

        /// <inheritdoc/>
        public long Uptime => Environment.TickCount64 - _start;

        /// <inheritdoc/>
        public bool IsSynchronized => _isKnown || (_isKnown = DateTime.UtcNow.Ticks >= FirstPlausible);

        /// <inheritdoc/>
        public long UtcSeconds => (DateTime.UtcNow.Ticks - _epoch) / TicksPerSecond;

        /// <inheritdoc/>
        public long UtcMilliseconds => (DateTime.UtcNow.Ticks - _epoch) / TicksPerMs;

        /// <inheritdoc/>
        public long SynchronizedAt => _synchronizedAt;

        /// <inheritdoc/>
        public long AnsweredAt => _answeredAt;

        /// <inheritdoc/>
        public long Answer => _answer;

        /// <inheritdoc/>
        public void AskTime(string[] servers)
        {
            if (_servers == null)
            {
                _servers = servers;
                try
                {
                    new Thread(Ask).Start();
                }
                catch (Exception)
                {
                    // E.g. out of memory: the next request tries again.
                    _servers = null;
                }
            }
        }

        /// <inheritdoc/>
        public void SetUtc(long utcMilliseconds, bool isAnswer)
        {
            Rtc.SetSystemTime(new DateTime(_epoch + (utcMilliseconds * TicksPerMs)));
            _synchronizedAt = isAnswer ? Uptime : _synchronizedAt;
        }

        /// <inheritdoc/>
        public void Wait(int milliseconds) => _wake.WaitOne(milliseconds, false);

        /// <inheritdoc/>
        public void Wake() => _wake.Set();

        // On a worker of its own.
        private void Ask()
        {
            string[] servers = _servers;
            for (int i = 0; i < servers.Length; i++)
            {
                if (TimeServer.TryAsk(servers[i], TimeServer.Port, out long utc))
                {
                    // The answer last: the loop may ask again as soon as it sees one.
                    _answer = utc;
                    _servers = null;
                    _answeredAt = Uptime;
                    Wake();
                    return;
                }
            }

            _servers = null;
        }
    }
}

using Firmware.Connectivity;
using Firmware.Sleep;

namespace Firmware.Tests.Sleep
{
    /// <summary>A device that sleeps for days, with a sleep timer that is wrong and a time server that is not quite right.</summary>
    internal sealed class SleepDriftRun
    {
        public const long Day = 86400000;
        private const long Start = 1795348800000L;
        private const int Interval = 300;
        private const int AwakeMs = 3000;

        private readonly Jitter _jitter = new Jitter(5);
        private long _truth = Start;
        private long _clock = Start;
        private long _syncedAt = long.MinValue;
        private long _errors;
        private int _wakes;

        public SleepDrift Drift { get; } = new SleepDrift();

        /// <summary>Drift of the timer in the mean, in ppm.</summary>
        public int Ppm { get; set; }

        /// <summary>How far it goes up and down within a day, in ppm.</summary>
        public int Swing { get; set; }

        /// <summary>How far each sleep is off besides, in ppm.</summary>
        public int Noise { get; set; }

        /// <summary>Whether there is a server.</summary>
        public bool HasServer { get; set; } = true;

        /// <summary>Error of the server in the next response.</summary>
        public long Jump { get; set; }

        /// <summary>Responses of the server.</summary>
        public int Syncs { get; private set; }

        /// <summary>The greatest distance of a wake from its time since <see cref="Forget"/>.</summary>
        public long Worst { get; private set; }

        /// <summary>Mean distance of the wakes from their time since <see cref="Forget"/>.</summary>
        public long Mean => _errors / _wakes;

        /// <summary>How far the clock is off just now.</summary>
        public long ClockError => _clock > _truth ? _clock - _truth : _truth - _clock;

        /// <summary>What was measured so far is left out.</summary>
        public void Forget()
        {
            _errors = 0;
            _wakes = 0;
            Worst = 0;
            Syncs = 0;
        }

        public void RunFor(long milliseconds)
        {
            for (long end = _truth + milliseconds; _truth < end;)
            {
                Wake();
            }
        }

        public void Wake()
        {
            long wokeAt = _clock;
            _truth += AwakeMs;
            _clock += AwakeMs;
            if (HasServer && (_syncedAt == long.MinValue || Drift.NeedsSync(_clock - _syncedAt)))
            {
                long before = _clock;
                Synchronize();
                wokeAt += _clock - before;
            }

            Sleep(WakeSchedule.Next(wokeAt, _clock, Interval, 0));
        }

        private void Synchronize()
        {
            long response = _truth + Jump + _jitter.Next(100) - 50;
            Jump = 0;
            Drift.Correct(response - _clock);
            _clock = response;
            _syncedAt = response;
            Syncs++;
        }

        private void Sleep(long planned)
        {
            long nominal = Drift.Request(planned - _clock);
            long ppm = Ppm + (Swing * (Triangle() - 500) / 500) + _jitter.Next(2 * Noise) - Noise;
            _clock += Drift.Elapsed(nominal);
            _truth += nominal + (nominal * ppm / 1000000);
            Drift.Add(nominal);
            long error = _truth > planned ? _truth - planned : planned - _truth;
            _errors += error;
            _wakes++;
            Worst = error > Worst ? error : Worst;
        }

        // 0 to 1000 and back within a day.
        private long Triangle()
        {
            long part = _truth % Day * 2000 / Day;
            return part < 1000 ? part : 2000 - part;
        }
    }
}

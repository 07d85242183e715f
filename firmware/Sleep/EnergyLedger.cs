using Firmware.Platform;

namespace Firmware.Sleep
{
    /// <summary>
    /// Measures the time in each phase of a wake, and computes the charge from it with the currents of the board. Charge is
    /// in microampere seconds (microcoulombs); 3 600 000 are 1 mAh. The wake begins in <see cref="EnergyPhase.Boot"/> at
    /// uptime 0.
    /// </summary>
    public sealed class EnergyLedger
    {
        private const int Phases = (int)EnergyPhase.Sleep + 1;

        private readonly PowerProfile _profile;
        private readonly EnergyTotals _totals;
        private readonly long[] _times = new long[Phases];
        private EnergyPhase _phase;
        private long _since;

        /// <summary>Creates the ledger of one wake.</summary>
        /// <param name="profile">Currents of the board.</param>
        /// <param name="totals">Receives this cycle.</param>
        public EnergyLedger(PowerProfile profile, EnergyTotals totals)
        {
            _profile = profile;
            _totals = totals;
        }

        /// <summary>Charge of this cycle up to the last change of phase, including the sleep before it.</summary>
        public long Charge
        {
            get
            {
                long sum = 0;
                for (int i = 0; i < Phases; i++)
                {
                    sum += _times[i] * CurrentIn((EnergyPhase)i);
                }

                return sum / 1000;
            }
        }

        /// <summary>Adds the sleep before this wake.</summary>
        /// <param name="milliseconds">Duration of the sleep.</param>
        public void Slept(long milliseconds) => _times[(int)EnergyPhase.Sleep] += milliseconds;

        /// <summary>Begins a phase; entering the current phase again continues it.</summary>
        /// <param name="phase">The phase.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Enter(EnergyPhase phase, long now)
        {
            _times[(int)_phase] += now - _since;
            _phase = phase;
            _since = now;
        }

        /// <summary>Gives the time in a phase of this cycle.</summary>
        /// <param name="phase">The phase.</param>
        /// <returns>Milliseconds up to the last change of phase.</returns>
        public long TimeIn(EnergyPhase phase) => _times[(int)phase];

        /// <summary>Ends the wake: adds it and the sleep before it to the totals. Call it once.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Close(long now)
        {
            Enter(EnergyPhase.Sleep, now);
            _totals.Add(now, _times[(int)EnergyPhase.Sleep], Charge);
        }

        private int CurrentIn(EnergyPhase phase)
        {
            switch (phase)
            {
                case EnergyPhase.Boot:
                    return _profile.Boot;
                case EnergyPhase.Measure:
                    return _profile.Measure;
                case EnergyPhase.Join:
                    return _profile.Join;
                case EnergyPhase.Connect:
                    return _profile.Connect;
                case EnergyPhase.Handshake:
                    return _profile.Handshake;
                case EnergyPhase.Publish:
                    return _profile.Publish;
                case EnergyPhase.Listen:
                    return _profile.Listen;
                default:
                    return _profile.Sleep;
            }
        }
    }
}

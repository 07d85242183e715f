namespace Firmware.Platform
{
    /// <summary>How a run began and, after a sleep, what the run before it left in RAM's place. All zero after a power-on or reset.</summary>
    public sealed class WakeContext
    {
        /// <summary>A value of <see cref="Telemetry"/>: it is still to be seen.</summary>
        public const int Unchecked = 0;

        /// <summary>A value of <see cref="Telemetry"/>: a pack has come back, or none can.</summary>
        public const int Arrives = 1;

        /// <summary>A value of <see cref="Telemetry"/>: none came back, and that was reported.</summary>
        public const int Refused = 2;

        /// <summary>Whether the timer ended a sleep.</summary>
        public bool IsTimer;

        /// <summary>Whether a pin ended a sleep.</summary>
        public bool IsPin;

        /// <summary>Number of the last run as far as known: wakes are not counted in the boot record's file.</summary>
        public int BootCount;

        /// <summary>Milliseconds that the sleep took; <see cref="long.MaxValue"/> when that is not known.</summary>
        public long Slept = long.MaxValue;

        /// <summary>Uptime in milliseconds of the next planned measurement; 0 or less when this wake makes it.</summary>
        public long PlannedAt;

        /// <summary>Uptime in milliseconds at which the timer was to end the sleep; 0 or less when it has.</summary>
        public long DueAt;

        /// <summary>Whether this wake is one between two planned ones.</summary>
        public bool IsEarly;

        /// <summary>Whether only a pulse of a meter ended the sleep: the device sleeps on without measuring.</summary>
        public bool IsPulse;

        /// <summary>GPIO that ends a sleep; -1 for none.</summary>
        public int Pin = PinTable.None;

        /// <summary>The meter that this pin counts for; null without one. Its module fills it in.</summary>
        public IWakeMeter WakeMeter;

        /// <summary>
        /// What that meter keeps over a sleep and, as of the last one, over a power cut: its key, pulses, 1 while a pulse was at
        /// the pin, and what it wants. Null on a board that does not sleep.
        /// </summary>
        public long[] Meter;

        /// <summary>An index in <see cref="Meter"/>.</summary>
        public const int MeterKey = 0;

        /// <summary>An index in <see cref="Meter"/>.</summary>
        public const int MeterPulses = 1;

        /// <summary>An index in <see cref="Meter"/>.</summary>
        public const int MeterIsActive = 2;

        /// <summary>An index in <see cref="Meter"/>: the first of three that the meter uses as it wants.</summary>
        public const int MeterOwn = 3;

        /// <summary>Numbers in <see cref="Meter"/>.</summary>
        public const int MeterSize = 6;

        /// <summary>Whether the run before found no sensor and has reported it.</summary>
        public bool IsSensorLossKnown;

        /// <summary>Number of the next telemetry pack; 0 when it is not known.</summary>
        public int NextSequence;

        /// <summary>The first pack number that is not reserved.</summary>
        public int SequenceEnd;

        /// <summary>Number of the pack that the next reading may still join; 0 without one.</summary>
        public int OpenSequence;

        /// <summary>Bytes of that pack.</summary>
        public int OpenSize;

        /// <summary>Whether telemetry reached subscribers: <see cref="Unchecked"/>, <see cref="Arrives"/> or <see cref="Refused"/>.</summary>
        public int Telemetry;

        /// <summary>Whether this run goes on after a sleep. Otherwise the chip was powered on or reset.</summary>
        public bool IsSleepEnd => IsTimer || IsPin;
    }
}

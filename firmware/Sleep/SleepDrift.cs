namespace Firmware.Sleep
{
    /// <summary>
    /// What the sleep timer makes of a second. The chip's own oscillator may be wrong by several percent, differs between
    /// chips and changes with the temperature; each synchronisation of the clock tells what it was since the one before.
    /// The boot, which no clock of the device sees, counts as sleep. Times are in milliseconds: nominal ones are those that
    /// the timer was set to, true ones those that went by: true = nominal x (1 + ppm / 1 000 000).
    /// </summary>
    public sealed class SleepDrift
    {
        /// <summary>The largest drift that is believed, in ppm: a tenth.</summary>
        public const int Bound = 100000;

        /// <summary>What the drift may be off by in ppm before anything was learned.</summary>
        public const int FirstUncertainty = 50000;

        /// <summary>What it may be off by in ppm at best: the temperature changes.</summary>
        public const int LeastUncertainty = 50;

        /// <summary>Milliseconds by which the clock may be wrong before it has to be set.</summary>
        public const long LargestError = 500;

        /// <summary>Milliseconds after which the clock is set in any case: a day.</summary>
        public const long Lifetime = 86400000;

        /// <summary>How many numbers it is kept as.</summary>
        internal const int Size = 4;

        private const long Million = 1000000;

        // A time server's answer is good to 50 ms, at either end of what is measured.
        private const long SyncError = 100;

        // So many times what was expected: believed when the next measurement says it too.
        private const int Doubtful = 10;

        private int _ppm;
        private int _uncertainty = FirstUncertainty;
        private long _slept;
        private long _lost;

        /// <summary>The drift in ppm: above 0 when the sleeps are longer than what the timer was set to.</summary>
        public int Ppm => _ppm;

        /// <summary>What <see cref="Ppm"/> may be off by, in ppm.</summary>
        public int Uncertainty => _uncertainty;

        /// <summary>Nominal milliseconds slept since the last synchronisation.</summary>
        public long Slept => _slept;

        /// <summary>True milliseconds by which the clock may be wrong for the sleeps since the last synchronisation.</summary>
        public long ErrorMs => _lost + (_slept * _uncertainty / Million);

        /// <summary>What to set the timer to.</summary>
        /// <param name="wanted">True milliseconds to sleep.</param>
        /// <returns>Nominal milliseconds.</returns>
        public long Request(long wanted) => wanted * Million / (Million + _ppm);

        /// <summary>How long a sleep was.</summary>
        /// <param name="nominal">Nominal milliseconds.</param>
        /// <returns>True milliseconds, as far as known.</returns>
        public long Elapsed(long nominal) => nominal + (nominal * _ppm / Million);

        /// <summary>The timer has ended a sleep.</summary>
        /// <param name="nominal">Nominal milliseconds that it was set to.</param>
        public void Add(long nominal) => _slept += nominal;

        /// <summary>
        /// Something else has ended a sleep, so that nobody knows how long it was: nothing is learned from the time up to
        /// the next synchronisation, and the clock may be wrong by as much.
        /// </summary>
        /// <param name="atMost">Milliseconds that it can have lasted; the clock is taken to stand in their midst.</param>
        public void Interrupt(long atMost) => _lost += (atMost / 2) + 1;

        /// <summary>Whether the clock should be set when there is a network.</summary>
        /// <param name="sinceSync">Milliseconds since the last synchronisation.</param>
        /// <returns>True when it may be wrong by more than <see cref="LargestError"/>, or a day has passed.</returns>
        public bool NeedsSync(long sinceSync) => sinceSync >= Lifetime || ErrorMs > LargestError;

        /// <summary>The clock was set: learns from how wrong it was.</summary>
        /// <param name="error">Milliseconds that it went forward by, below 0: back.</param>
        /// <returns>See <see cref="Learn"/>.</returns>
        public bool Correct(long error) => Learn(Elapsed(_slept) + error);

        /// <summary>
        /// The clock was set: learns from all sleeps since the last time. The longer they were, the more they say; the first
        /// time counts whole. The sum begins anew in any case.
        /// </summary>
        /// <param name="trueSlept">True milliseconds slept since then.</param>
        /// <returns>
        /// False when nothing was learned: a drift beyond <see cref="Bound"/>, or far from what was known and said for the
        /// first time, is rather a server that is wrong; or a sleep was interrupted.
        /// </returns>
        public bool Learn(long trueSlept)
        {
            long slept = _slept;
            bool isKnown = _lost == 0;
            long change = trueSlept - slept;
            _slept = 0;
            _lost = 0;
            if (!isKnown || slept < SyncError || change > slept / (Million / Bound) || change < -slept / (Million / Bound))
            {
                return false;
            }

            return Weigh((change * Million / slept) - _ppm, SyncError * Million / slept);
        }

        /// <summary>Keeps it.</summary>
        internal void Save(long[] numbers, int at)
        {
            numbers[at] = _ppm;
            numbers[at + 1] = _uncertainty;
            numbers[at + 2] = _slept;
            numbers[at + 3] = _lost;
        }

        /// <summary>Goes on from what was kept.</summary>
        internal void Load(long[] numbers, int at)
        {
            _ppm = (int)numbers[at];
            _uncertainty = (int)numbers[at + 1];
            _slept = numbers[at + 2];
            _lost = numbers[at + 3];
        }

        // The gain of a Kalman filter; what surprised it beyond the noise makes it less certain, so that it follows a change.
        private bool Weigh(long surprise, long noise)
        {
            long size = surprise < 0 ? -surprise : surprise;
            long known = _uncertainty;
            bool isBelieved = size <= Doubtful * (known + noise);
            long uncertainty = size > noise ? size - noise : 0;
            if (isBelieved)
            {
                long square = known * known;
                _ppm += (int)(surprise * square / (square + (noise * noise)));
                uncertainty += known * noise / (known + noise);
            }

            _uncertainty = (int)(uncertainty < LeastUncertainty ? LeastUncertainty
                : uncertainty > FirstUncertainty ? FirstUncertainty : uncertainty);
            return isBelieved;
        }
    }
}

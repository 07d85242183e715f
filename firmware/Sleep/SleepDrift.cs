namespace Firmware.Sleep
{
    /// <summary>
    /// Learns the drift of the sleep timer. The oscillator of the chip may be wrong by several percent, differs between chips
    /// and changes with the temperature; each synchronization of the clock shows the drift since the one before. The boot,
    /// which no clock of the device measures, counts as sleep. Times are in milliseconds: nominal ones are those that the
    /// timer was set to, true ones those that passed: true = nominal x (1 + ppm / 1 000 000).
    /// </summary>
    public sealed class SleepDrift
    {
        /// <summary>The largest plausible drift in ppm: 10 %.</summary>
        public const int Bound = 100000;

        /// <summary>Uncertainty in ppm before anything was learned.</summary>
        public const int FirstUncertainty = 50000;

        /// <summary>Least uncertainty in ppm, because the temperature changes.</summary>
        public const int LeastUncertainty = 50;

        /// <summary>Milliseconds by which the clock may be wrong before it must be set.</summary>
        public const long LargestError = 500;

        /// <summary>Milliseconds after which the clock must be set in any case: a day.</summary>
        public const long Lifetime = 86400000;

        /// <summary>Numbers that it is stored as.</summary>
        internal const int Size = 4;

        private const long Million = 1000000;

        // A time server is accurate to 50 ms, at both ends of the measured time.
        private const long SyncError = 100;

        // A deviation of more than this multiple of the expected one is accepted only when the next measurement confirms it.
        private const int OutlierFactor = 10;

        private long _lost;

        /// <summary>The drift in ppm: above 0 when sleeps are longer than the timer was set to.</summary>
        public int Ppm;

        /// <summary>Possible error of <see cref="Ppm"/> in ppm.</summary>
        public int Uncertainty = FirstUncertainty;

        /// <summary>Nominal milliseconds slept since the last synchronization.</summary>
        public long Slept;

        /// <summary>True milliseconds by which the clock may be wrong after the sleeps since the last synchronization.</summary>
        public long ErrorMs => _lost + (Slept * Uncertainty / Million);

        /// <summary>Converts a true time to that for the timer.</summary>
        /// <param name="wanted">True milliseconds to sleep.</param>
        /// <returns>Nominal milliseconds.</returns>
        public long Request(long wanted) => wanted * Million / (Million + Ppm);

        /// <summary>Converts the time of the timer to the true time, as far as it is known.</summary>
        /// <param name="nominal">Nominal milliseconds.</param>
        /// <returns>True milliseconds.</returns>
        public long Elapsed(long nominal) => nominal + (nominal * Ppm / Million);

        /// <summary>Adds a sleep that the timer ended.</summary>
        /// <param name="nominal">Nominal milliseconds that it was set to.</param>
        public void Add(long nominal) => Slept += nominal;

        /// <summary>
        /// Notes a sleep of unknown duration, which the timer did not end: nothing is learned before the next
        /// synchronization, and the clock may be wrong by half of it.
        /// </summary>
        /// <param name="atMost">Greatest duration in milliseconds; half of it is assumed.</param>
        public void Interrupt(long atMost) => _lost += (atMost / 2) + 1;

        /// <summary>Tells whether the clock must be set in the next connection.</summary>
        /// <param name="sinceSync">Milliseconds since the last synchronization.</param>
        /// <returns>True when it may be wrong by more than <see cref="LargestError"/>, or a day has passed.</returns>
        public bool NeedsSync(long sinceSync) => sinceSync >= Lifetime || ErrorMs > LargestError;

        /// <summary>Learns from the error that a synchronization has corrected.</summary>
        /// <param name="error">Milliseconds by which the clock went forward; below 0: back.</param>
        /// <returns>See <see cref="Learn"/>.</returns>
        public bool Correct(long error) => Learn(Elapsed(Slept) + error);

        /// <summary>
        /// Learns from all sleeps since the last synchronization. The longer they were, the more they count; the first
        /// synchronization counts in full. The sum of the sleeps starts at 0 again in any case.
        /// </summary>
        /// <param name="trueSlept">True milliseconds slept since the last synchronization.</param>
        /// <returns>
        /// False when nothing was learned: the drift is beyond <see cref="Bound"/>, or deviates far from the known one for the
        /// first time, so the server may be wrong; or a sleep was interrupted.
        /// </returns>
        public bool Learn(long trueSlept)
        {
            long slept = Slept;
            bool isKnown = _lost == 0;
            long change = trueSlept - slept;
            Slept = 0;
            _lost = 0;
            if (!isKnown || slept < SyncError || change > slept / (Million / Bound) || change < -slept / (Million / Bound))
            {
                return false;
            }

            return Weigh((change * Million / slept) - Ppm, SyncError * Million / slept);
        }

        /// <summary>Writes it as numbers.</summary>
        internal void Save(long[] numbers, int at)
        {
            numbers[at] = Ppm;
            numbers[at + 1] = Uncertainty;
            numbers[at + 2] = Slept;
            numbers[at + 3] = _lost;
        }

        /// <summary>Restores it from numbers.</summary>
        internal void Load(long[] numbers, int at)
        {
            Ppm = (int)numbers[at];
            Uncertainty = (int)numbers[at + 1];
            Slept = numbers[at + 2];
            _lost = numbers[at + 3];
        }

        // The gain of a Kalman filter. A deviation beyond the noise raises the uncertainty, so that it follows a change.
        private bool Weigh(long deviation, long noise)
        {
            long size = deviation < 0 ? -deviation : deviation;
            long known = Uncertainty;
            bool isAccepted = size <= OutlierFactor * (known + noise);
            long uncertainty = size > noise ? size - noise : 0;
            if (isAccepted)
            {
                long square = known * known;
                Ppm += (int)(deviation * square / (square + (noise * noise)));
                uncertainty += known * noise / (known + noise);
            }

            Uncertainty = (int)(uncertainty < LeastUncertainty ? LeastUncertainty
                : uncertainty > FirstUncertainty ? FirstUncertainty : uncertainty);
            return isAccepted;
        }
    }
}

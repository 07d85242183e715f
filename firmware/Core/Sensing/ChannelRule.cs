namespace Firmware.Sensing
{
    /// <summary>
    /// What its owner wants of one channel. Quantities are in millionths of the channel's unit, exactly as they were
    /// written: 0.2 Cel is 200000, independent of the sensor's own scale.
    /// </summary>
    public sealed class ChannelRule
    {
        /// <summary>Decimal places of all quantities.</summary>
        public const int Scale = 6;

        /// <summary>One: a gain that changes nothing, one unit.</summary>
        public const long One = 1000000;

        /// <summary>What a quantity is that was not set.</summary>
        public const long Unset = long.MinValue;

        /// <summary>
        /// Seconds after which a value within its deadband is sent all the same by default: silence for longer looks
        /// like a dead sensor.
        /// </summary>
        public const int DefaultHeartbeat = 900;

        /// <summary>What is sent of a window by default.</summary>
        public const string DefaultAggregate = "mean";

        /// <summary>The rule of a channel that has none: everything is sent, nothing is raised.</summary>
        public static readonly ChannelRule Default = new ChannelRule(string.Empty);

        /// <summary>Creates a rule that sends everything and raises nothing.</summary>
        /// <param name="name">The channel's name.</param>
        public ChannelRule(string name)
        {
            Name = name;
        }

        /// <summary>The channel's name, e.g. "temperature-77".</summary>
        public readonly string Name;

        /// <summary>Calibration: what is added after <see cref="Gain"/>.</summary>
        public long Offset;

        /// <summary>Calibration: what the sensor's value is multiplied with, in millionths, 0.1 to 10.</summary>
        public long Gain = One;

        /// <summary>A value that differs by no more from the one last sent need not be sent, or <see cref="Unset"/>.</summary>
        public long Deadband = Unset;

        /// <summary>The same in percent of the value last sent, in millionths of a percent, or <see cref="Unset"/>.</summary>
        public long DeadbandPercent = Unset;

        /// <summary>Seconds within which a value is sent although it did not change, 1 to 86400.</summary>
        public int Heartbeat = DefaultHeartbeat;

        /// <summary>An alarm begins at this value and below, or <see cref="Unset"/>.</summary>
        public long Low = Unset;

        /// <summary>An alarm begins at this value and above, or <see cref="Unset"/>.</summary>
        public long High = Unset;

        /// <summary>How far the value has to come back behind the threshold to end the alarm, 0 or more.</summary>
        public long Hysteresis;

        /// <summary>The fastest change that can be true, per minute, or <see cref="Unset"/>.</summary>
        public long MaxRate = Unset;

        /// <summary>So many exactly equal samples cannot be true, 2 or more; 0 when any number can.</summary>
        public int Stuck;

        /// <summary>Seconds over which values are aggregated, to be sent as one; 0: each value is sent. This and the next two need a module.</summary>
        public int Window;

        /// <summary>What is sent of a window: different ones of min, max, mean, last and count, with spaces between.</summary>
        public string Aggregate = DefaultAggregate;

        /// <summary>The median of so many of the sensor's values counts as measured: 3, 5, 7 or 9; 0: each value itself.</summary>
        public int Median;

        /// <summary>
        /// How far this channel and those of further sensors of its kind may lie apart, or <see cref="Unset"/>. Counts for
        /// the channel with the plain name alone: "temperature", not "temperature-77".
        /// </summary>
        public long Disagreement = Unset;

        /// <summary>The rule of a channel.</summary>
        /// <param name="rules">Rules of different names.</param>
        /// <param name="name">The channel's name.</param>
        /// <returns>Its rule, or <see cref="Default"/>.</returns>
        public static ChannelRule Of(ChannelRule[] rules, string name)
        {
            for (int i = 0; i < rules.Length; i++)
            {
                if (rules[i].Name == name)
                {
                    return rules[i];
                }
            }

            return Default;
        }

        /// <summary>Whether another rule has the same values, for any channel.</summary>
        internal bool IsSame(ChannelRule other) =>
            Offset == other.Offset
            && Gain == other.Gain
            && Deadband == other.Deadband
            && DeadbandPercent == other.DeadbandPercent
            && Heartbeat == other.Heartbeat
            && Low == other.Low
            && High == other.High
            && Hysteresis == other.Hysteresis
            && MaxRate == other.MaxRate
            && Stuck == other.Stuck
            && Window == other.Window
            && Aggregate == other.Aggregate
            && Median == other.Median
            && Disagreement == other.Disagreement;
    }
}

namespace Firmware.Sensing
{
    /// <summary>What a board may put between the values that are measured and those that are sent.</summary>
    public interface IAggregation
    {
        /// <summary>The channels or their rules have changed.</summary>
        /// <param name="measured">The channels that are measured.</param>
        /// <returns>These, and behind them those that are derived from them.</returns>
        Channel[] Derive(Channel[] measured);

        /// <summary>Reports what is worth sending, after a measurement.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        void Report(long now);

        /// <summary>
        /// Writes what a channel needs besides its own state after a sleep: rows of <see cref="Channel.StateLength"/> numbers.
        /// The first is a key with bit 32 set, or bit 33: then the row is of no use once the sensor was absent.
        /// </summary>
        /// <param name="rows">Takes them, as far as there is room.</param>
        /// <param name="count">Rows that are written already.</param>
        /// <param name="channel">A channel.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>Rows that are written now.</returns>
        int Save(long[] rows, int count, Channel channel, long now);

        /// <summary>Restores it, after the channel's own state.</summary>
        /// <param name="rows">All rows.</param>
        /// <param name="count">How many.</param>
        /// <param name="channel">A channel.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <param name="time">Milliseconds since they were written; <see cref="long.MaxValue"/> when that is not known.</param>
        void Load(long[] rows, int count, Channel channel, long now, long time);
    }
}

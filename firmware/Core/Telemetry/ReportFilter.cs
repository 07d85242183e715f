using Firmware.Sensing;

namespace Firmware.Telemetry
{
    /// <summary>
    /// Says which values are worth sending: those that left the deadband about the value last sent, those that would
    /// miss their heartbeat, the first after a gap, and those with which an alarm begins or ends. A channel without a
    /// deadband sends everything.
    /// </summary>
    public sealed class ReportFilter
    {
        private const long Percent = 100 * ChannelRule.One;
        private const long LongestLateness = 1000;

        private readonly long _interval;

        /// <summary>Creates a judge.</summary>
        /// <param name="interval">Seconds from one measurement to the next.</param>
        public ReportFilter(int interval)
        {
            // The loop may come a little late to a measurement: that alone makes no heartbeat due one measurement early.
            long milliseconds = interval * 1000L;
            long lateness = milliseconds / 10;
            _interval = milliseconds - (lateness < LongestLateness ? lateness : LongestLateness);
        }

        /// <summary>
        /// Marks the channels whose values are worth sending, after a measurement. What is marked and not sent is checked
        /// again the next time, against the same value last sent.
        /// </summary>
        /// <param name="channels">The channels; see <see cref="Channel.IsDueForReport"/>.</param>
        /// <param name="uptime">Uptime in milliseconds.</param>
        /// <returns>How many are worth sending.</returns>
        public int Judge(Channel[] channels, long uptime)
        {
            int count = 0;
            for (int i = 0; i < channels.Length; i++)
            {
                Channel channel = channels[i];
                bool isWorth = false;
                if (channel.IsValid)
                {
                    ChannelRule rule = channel.Rule;
                    bool hasDeadband = rule.Deadband != ChannelRule.Unset || rule.DeadbandPercent != ChannelRule.Unset;
                    isWorth = !hasDeadband || channel.HasNews || IsWorth(channel, uptime);
                    count += isWorth ? 1 : 0;
                }

                channel.IsDueForReport = isWorth;
            }

            return count;
        }

        /// <summary>
        /// The values of the marked channels, as they stand now, have been put where they will be sent from. Takes the
        /// marks away.
        /// </summary>
        /// <param name="channels">The channels.</param>
        /// <param name="uptime">Uptime in milliseconds.</param>
        public void Sent(Channel[] channels, long uptime)
        {
            for (int i = 0; i < channels.Length; i++)
            {
                Channel channel = channels[i];
                if (channel.IsDueForReport)
                {
                    channel.IsDueForReport = false;
                    channel.HasNews = false;
                    channel.SentValue = channel.Value;
                    channel.SentAt = uptime;
                }
            }
        }

        private bool IsWorth(Channel channel, long uptime)
        {
            ChannelRule rule = channel.Rule;

            // The next measurement would be too late.
            if (uptime - channel.SentAt + _interval > rule.Heartbeat * 1000L)
            {
                return true;
            }

            long sent = channel.SentValue;
            long change = channel.Value - sent;
            change = change < 0 ? -change : change;
            return rule.Deadband != ChannelRule.Unset
                ? Millionths.Of(change, channel.Measurand.Scale) > rule.Deadband
                : change * Percent > rule.DeadbandPercent * (sent < 0 ? -sent : sent);
        }
    }
}

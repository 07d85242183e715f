namespace Firmware.Sensing
{
    /// <summary>
    /// Compares sensors of the same kind: a channel with a plain name and a tolerance, as "temperature", with those that
    /// have an address appended. Which of them is wrong is unknown, so all values are sent.
    /// </summary>
    internal static class CrossCheck
    {
        /// <summary>Compares what was just measured.</summary>
        internal static void Compare(Channel[] channels, ISensingEvents events)
        {
            for (int i = 0; i < channels.Length; i++)
            {
                Channel channel = channels[i];
                if (channel.Tolerance != ChannelRule.Unset && channel.IsValid)
                {
                    CompareWithOthers(channel, channels, events);
                }
            }
        }

        /// <summary>Ends the disagreements of a channel, because it is no longer compared as it was.</summary>
        internal static void Forget(Channel channel, Channel[] channels, ISensingEvents events)
        {
            for (int i = 0; channel.Tolerance != ChannelRule.Unset && i < channels.Length; i++)
            {
                Channel other = channels[i];
                if (other.Disagrees && other.Measurand.Name == channel.Name)
                {
                    other.Disagrees = false;
                    events.Agreement(channel, other);
                }
            }
        }

        private static void CompareWithOthers(Channel channel, Channel[] channels, ISensingEvents events)
        {
            string kind = channel.Measurand.Name;
            for (int i = 0; i < channels.Length; i++)
            {
                Channel other = channels[i];
                if (other != channel && other.IsValid && other.Measurand.Name == kind)
                {
                    Compare(channel, other, events);
                }
            }
        }

        private static void Compare(Channel channel, Channel other, ISensingEvents events)
        {
            long difference = channel.InMillionths - other.InMillionths;
            difference = difference < 0 ? -difference : difference;
            long tolerance = channel.Tolerance;
            if (!other.Disagrees && difference > tolerance)
            {
                other.Disagrees = true;
                events.Disagreement(channel, other);
            }
            else if (other.Disagrees && difference <= tolerance - (tolerance / 4))
            {
                // Hysteresis of a quarter of the tolerance, so that noise around it is not reported repeatedly.
                other.Disagrees = false;
                events.Agreement(channel, other);
            }
        }
    }
}

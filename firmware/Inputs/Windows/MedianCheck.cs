using Firmware.Sensing;

namespace Firmware.Inputs.Windows
{
    /// <summary>Takes the median of the sensor's last values for what it measured, before the calibration.</summary>
    internal sealed class MedianCheck : ReadingCheck
    {
        /// <summary>Begins without values.</summary>
        internal MedianCheck(ChannelRule rule, int scale)
            : base(rule, scale)
        {
            Recent = new int[rule.Median + 1];
        }

        /// <summary>How many of the sensor's last values follow, then these, the newest first.</summary>
        internal readonly int[] Recent;

        /// <inheritdoc/>
        internal override void Forget() => Recent[0] = 0;

        // Until there are enough values, that of those there are; of two in the middle the lesser.
        /// <inheritdoc/>
        internal override int Smooth(int raw)
        {
            int[] recent = Recent;
            int count = recent[0] < recent.Length - 1 ? recent[0] + 1 : recent[0];
            recent[0] = count;
            for (int i = count; i > 1; i--)
            {
                recent[i] = recent[i - 1];
            }

            recent[1] = raw;
            int middle = (count - 1) / 2;
            int at = 0;
            int less;
            int equal;
            do
            {
                int candidate = recent[++at];
                less = 0;
                equal = 0;
                for (int i = 1; i <= count; i++)
                {
                    less += recent[i] < candidate ? 1 : 0;
                    equal += recent[i] == candidate ? 1 : 0;
                }
            }
            while (less > middle || less + equal <= middle);
            return recent[at];
        }
    }
}

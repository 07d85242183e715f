using Firmware.Json;

namespace Firmware.Sensing
{
    /// <summary>
    /// Measured integers in millionths of their unit: the scale in which a channel's rule is written. So a value is
    /// compared exactly, and a rule needs no scale of its own.
    /// </summary>
    internal static class Millionths
    {
        /// <summary>A value, or the difference of two, in millionths. What lies behind the sixth decimal is cut off. True is one.</summary>
        /// <param name="value">Within twice the range of an int.</param>
        /// <param name="scale">Its decimal places, 0 to 9, or <see cref="Firmware.Platform.Measurand.Boolean"/>.</param>
        internal static long Of(long value, int scale) => scale <= ChannelRule.Scale
            ? value * FixedPoint.Powers[ChannelRule.Scale - scale]
            : scale == FixedPoint.Boolean ? value * ChannelRule.One
            : value / FixedPoint.Powers[scale - ChannelRule.Scale];
    }
}

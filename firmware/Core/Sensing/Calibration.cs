using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Sensing
{
    /// <summary>
    /// Finds the offset with which a channel shows the true value: that of the mean of a few measurements, so that noise
    /// does not become part of it.
    /// </summary>
    public static class Calibration
    {
        /// <summary>The greatest offset to either side, in millionths: that of the setting.</summary>
        public const long MaxOffset = 1000000000 * ChannelRule.One;

        /// <summary>The least gain, in millionths.</summary>
        public const long MinGain = ChannelRule.One / 10;

        /// <summary>The greatest gain, in millionths.</summary>
        public const long MaxGain = 10 * ChannelRule.One;

        // Each takes a sensor up to 200 ms; an answer has to be there within 2 s.
        private const int Samples = 4;

        /// <summary>Whether a value lies where the sensor measures, with the gain that is set.</summary>
        /// <param name="channel">The channel.</param>
        /// <param name="reference">The value, in millionths of the unit.</param>
        /// <returns>False when no sensor of this kind could show it.</returns>
        public static bool IsInRange(Channel channel, long reference)
        {
            Measurand measurand = channel.Measurand;
            long gain = channel.Rule.Gain;
            long power = FixedPoint.Powers[measurand.Scale];
            return reference >= measurand.Minimum * gain / power && reference <= measurand.Maximum * gain / power;
        }

        /// <summary>Measures four times and finds the offset.</summary>
        /// <param name="sampler">Measures.</param>
        /// <param name="channel">One of its channels.</param>
        /// <param name="reference">The true value now, in millionths of the unit.</param>
        /// <param name="offset">What must be added after the present gain, in millionths of the unit.</param>
        /// <returns>False when a measurement had no plausible value.</returns>
        public static bool TryFindOffset(Sampler sampler, Channel channel, long reference, out long offset)
        {
            offset = 0;
            long sum = 0;
            for (int i = 0; i < Samples; i++)
            {
                if (!sampler.Measure(channel))
                {
                    return false;
                }

                sum += channel.Raw;
            }

            // Four ints times a gain of at most ten fit into a long.
            long divisor = Samples * FixedPoint.Powers[channel.Measurand.Scale];
            long product = sum * channel.Rule.Gain;
            long half = product < 0 ? -(divisor / 2) : divisor / 2;
            offset = reference - ((product + half) / divisor);
            return true;
        }
    }
}

using Firmware.Platform;

namespace Firmware.Sensing
{
    /// <summary>Which measured values cannot be true, for what the sensor is; <c>ReadingCheck</c> knows what came before.</summary>
    public static class Plausibility
    {
        /// <summary>The driver says that this value was not measured.</summary>
        public const string NotValid = "not valid";

        /// <summary>The value is outside the datasheet's range.</summary>
        public const string OutOfRange = "out of range";

        /// <summary>
        /// The value stands exactly at an end of its range while another value of the same measurement failed:
        /// what a BME280 driver makes of a failed read (0 % or 100 %).
        /// </summary>
        public const string Saturated = "saturated in a failed measurement";

        /// <summary>The value changed faster since the last plausible one than the channel's rule says it can.</summary>
        public const string TooFast = "changed too fast";

        /// <summary>The sensor gave exactly this value as many times as the channel's rule says it cannot.</summary>
        public const string Stuck = "stuck";

        /// <summary>Checks one measurement of one sensor.</summary>
        /// <param name="measurands">What the sensor measures.</param>
        /// <param name="values">Its values.</param>
        /// <param name="valid">What the driver says of each.</param>
        /// <param name="reasons">Receives null for a plausible value, otherwise the reason.</param>
        /// <returns>How many values are plausible.</returns>
        public static int Check(Measurand[] measurands, int[] values, bool[] valid, string[] reasons)
        {
            int plausible = 0;
            for (int i = 0; i < measurands.Length; i++)
            {
                Measurand measurand = measurands[i];
                int value = values[i];
                string reason = !valid[i] ? NotValid : value < measurand.Minimum || value > measurand.Maximum ? OutOfRange : null;
                reasons[i] = reason;
                plausible += reason == null ? 1 : 0;
            }

            if (plausible == measurands.Length)
            {
                return plausible;
            }

            for (int i = 0; i < measurands.Length; i++)
            {
                if (reasons[i] == null && (values[i] == measurands[i].Minimum || values[i] == measurands[i].Maximum))
                {
                    reasons[i] = Saturated;
                    plausible--;
                }
            }

            return plausible;
        }
    }
}

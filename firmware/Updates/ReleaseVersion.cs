using System.Text;

namespace Firmware.Updates
{
    /// <summary>Version of a release, "x.y.z", or of the runtime, which may have a fourth number: each 0 to 65535.</summary>
    public sealed class ReleaseVersion
    {
        private const int LeastNumbers = 3;
        private const int MostNumbers = 4;
        private const int MaxNumber = 65535;
        private const int MaxLength = 23;

        /// <summary>The version as text; there is one text only for each release.</summary>
        public readonly string Text;

        // The numbers as 16 bits each. The first bit is inverted, so that they compare as a signed number.
        private readonly long _order;

        private ReleaseVersion(string text, long order)
        {
            Text = text;
            _order = order;
        }

        /// <summary>The version as a level of a topic, which has no dots: "0-2-0" for "0.2.0".</summary>
        public string TopicLevel
        {
            get
            {
                char[] level = Text.ToCharArray();
                for (int i = 0; i < level.Length; i++)
                {
                    level[i] = level[i] == '.' || level[i] == '+' ? '-' : level[i];
                }

                return new string(level);
            }
        }

        /// <summary>Reads the version of a release: three numbers without leading zeros.</summary>
        /// <param name="text">The version, or null.</param>
        /// <returns>Null for any other text.</returns>
        public static ReleaseVersion Parse(string text) => Parse(text, LeastNumbers);

        /// <summary>Reads the version of a runtime: three numbers, or four.</summary>
        /// <param name="text">The version, or null.</param>
        /// <returns>Null for any other text.</returns>
        public static ReleaseVersion ParseRuntime(string text) => Parse(text, MostNumbers);

        /// <summary>Compares in the order of the numbers.</summary>
        /// <param name="other">Another version; null is older than all.</param>
        /// <returns>True when this one is newer.</returns>
        public bool IsNewerThan(ReleaseVersion other) => other == null || _order > other._order;

        /// <summary>Whether the first two numbers are the same: the runtime distinguishes assemblies by these alone.</summary>
        /// <param name="other">Another version, or null.</param>
        /// <returns>True when they are; false for null.</returns>
        public bool SharesAssembliesWith(ReleaseVersion other) => other != null && (_order ^ other._order) >> 32 == 0;

        private static ReleaseVersion Parse(string text, int most)
        {
            if (text == null || text.Length > MaxLength)
            {
                return null;
            }

            byte[] ascii = Encoding.UTF8.GetBytes(text);
            long order = 0;
            int numbers = 0;
            int number = -1;
            for (int i = 0; i <= ascii.Length; i++)
            {
                int digit = i == ascii.Length ? '.' - '0' : ascii[i] - '0';
                if (digit == '.' - '0' && number >= 0 && number <= MaxNumber && numbers < most)
                {
                    order = (order << 16) + number;
                    numbers++;
                    number = -1;
                }
                else if (digit < 0 || digit > 9 || number == 0 || number > MaxNumber / 10)
                {
                    return null;
                }
                else
                {
                    number = number < 0 ? digit : number * 10 + digit;
                }
            }

            if (numbers < LeastNumbers)
            {
                return null;
            }

            order = numbers < MostNumbers ? order << 16 : order;
            return new ReleaseVersion(text, order ^ long.MinValue);
        }
    }
}

namespace Boards.Loader
{
    /// <summary>
    /// Versions "x.y.z", each part 0 to 65535, as one number that orders like they do: major, minor and patch in 16 bits each.
    /// </summary>
    public static class ImageVersion
    {
        /// <summary>No version: what 0.0.0 is, too.</summary>
        public const long None = 0;

        private const int Parts = 3;
        private const int MaxPart = 65535;

        /// <summary>Reads a version.</summary>
        /// <param name="text">"x.y.z" in decimal, without leading zeros.</param>
        /// <returns><see cref="None"/> when it is none.</returns>
        public static long Parse(string text)
        {
            if (text == null || text.Length > 17)
            {
                return None;
            }

            string[] parts = text.Split('.');
            long version = 0;
            for (int i = 0; i < parts.Length; i++)
            {
                int part = ParsePart(parts[i].ToCharArray());
                if (part < 0)
                {
                    return None;
                }

                version = (version << 16) | (uint)part;
            }

            return parts.Length == Parts ? version : None;
        }

        /// <summary>Writes a version.</summary>
        /// <param name="version">As <see cref="Parse"/> gives it.</param>
        /// <returns>"x.y.z"; null for <see cref="None"/>.</returns>
        public static string Format(long version) => version == None
            ? null
            : (version >> 32).ToString() + "." + ((version >> 16) & 0xFFFF).ToString() + "." + (version & 0xFFFF).ToString();

        private static int ParsePart(char[] digits)
        {
            if (digits.Length == 0 || digits.Length > 5 || (digits.Length > 1 && digits[0] == '0'))
            {
                return -1;
            }

            int value = 0;
            for (int i = 0; i < digits.Length; i++)
            {
                if (digits[i] < '0' || digits[i] > '9')
                {
                    return -1;
                }

                value = (value * 10) + (digits[i] - '0');
            }

            return value > MaxPart ? -1 : value;
        }
    }
}

namespace Firmware.Platform
{
    /// <summary>Names that may stand as one level of a topic: of clients, groups.</summary>
    public static class TopicLevel
    {
        /// <summary>Characters of a name at most.</summary>
        public const int MaxLength = 32;

        /// <summary>Whether a text is 1 to 32 of A-Z a-z 0-9 _ -, so that it can never leave its level.</summary>
        /// <param name="text">The text.</param>
        /// <returns>True when it is a name.</returns>
        public static bool IsValid(string text) => IsValid(text, MaxLength, false);

        /// <summary>Whether a text is one or more names with a single / between them.</summary>
        /// <param name="text">The text.</param>
        /// <param name="maxLength">Characters at most.</param>
        /// <returns>True when it is a path.</returns>
        public static bool IsPath(string text, int maxLength) => IsValid(text, maxLength, true);

        private static bool IsValid(string text, int maxLength, bool withSlash)
        {
            // Indexing a string costs its length on the device: index an array.
            char[] chars = text.ToCharArray();
            if (chars.Length == 0 || chars.Length > maxLength)
            {
                return false;
            }

            bool lastIsSlash = true;
            for (int i = 0; i < chars.Length; i++)
            {
                char c = chars[i];
                if (c >= 'a' && c <= 'z')
                {
                    // Most are these.
                    lastIsSlash = false;
                    continue;
                }

                bool isSlash = withSlash && c == '/';
                if (isSlash ? lastIsSlash : (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != '_')
                {
                    return false;
                }

                lastIsSlash = isSlash;
            }

            return !lastIsSlash;
        }
    }
}

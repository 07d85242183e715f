namespace Firmware.Diagnostics
{
    /// <summary>Text of any origin as one line of bounded length, for the log and the boot record.</summary>
    internal static class OneLine
    {
        /// <summary>Cuts a text and puts a space for each control character: as JSON it is at most three bytes a character then.</summary>
        /// <param name="text">Any text, or null.</param>
        /// <param name="maxLength">Characters that are kept at most.</param>
        /// <returns>A text, empty for null.</returns>
        internal static string Of(string text, int maxLength)
        {
            int length = text == null ? 0 : text.Length;
            if (length == 0)
            {
                return string.Empty;
            }

            bool isChanged = length > maxLength;
            length = isChanged ? maxLength : length;

            // One more than is kept: of a character of two halves the device gives both or neither.
            char[] chars = text.ToCharArray(0, isChanged ? length + 1 : length);
            for (int i = 0; i < length; i++)
            {
                if (chars[i] < ' ')
                {
                    chars[i] = ' ';
                    isChanged = true;
                }
            }

            if (length < text.Length && (chars[length - 1] & 0xFC00) == 0xD800)
            {
                length--;
            }

            return isChanged ? new string(chars, 0, length) : text;
        }
    }
}

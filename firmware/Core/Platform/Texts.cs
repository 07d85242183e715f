namespace Firmware.Platform
{
    /// <summary>Arrays of strings that the device can take.</summary>
    public static class Texts
    {
        /// <summary>
        /// An array of null strings, as <c>new string[count]</c> makes it on the desktop. On the device that one has
        /// elements that are neither null nor a text: a comparison with one stops the whole interpreter.
        /// </summary>
        /// <param name="count">How many.</param>
        /// <returns>The array.</returns>
        public static string[] New(int count)
        {
            string[] texts = new string[count];
            for (int i = 0; i < count; i++)
            {
                texts[i] = null;
            }

            return texts;
        }
    }
}

namespace Firmware.Tests.Fakes
{
    /// <summary>JSON for C# strings.</summary>
    public static class Quotes
    {
        /// <summary>Writes ' for ".</summary>
        public static string Single(string json)
        {
            char[] chars = json.ToCharArray();
            for (int i = 0; i < chars.Length; i++)
            {
                chars[i] = chars[i] == '"' ? '\'' : chars[i];
            }

            return new string(chars);
        }
    }
}

using System.Text;

namespace Firmware.Tests.Fakes
{
    /// <summary>JSON in C# strings, readable: written with ' for ".</summary>
    public static class SingleQuoted
    {
        public static string Text(string text)
        {
            char[] chars = text.ToCharArray();
            for (int i = 0; i < chars.Length; i++)
            {
                if (chars[i] == '\'')
                {
                    chars[i] = '"';
                }
            }

            return new string(chars);
        }

        public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(Text(text));
    }
}

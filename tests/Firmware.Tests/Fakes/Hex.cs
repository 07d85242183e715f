using System.Text;

namespace Firmware.Tests.Fakes
{
    /// <summary>Bytes as hexadecimal digits.</summary>
    public static class Hex
    {
        private const string Digits = "0123456789abcdef";

        /// <summary>The bytes that small digits name.</summary>
        public static byte[] Bytes(string digits)
        {
            byte[] text = Encoding.UTF8.GetBytes(digits);
            byte[] bytes = new byte[text.Length / 2];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)(Value(text[i * 2]) << 4 | Value(text[i * 2 + 1]));
            }

            return bytes;
        }

        /// <summary>The small digits of bytes.</summary>
        public static string Text(byte[] bytes)
        {
            StringBuilder text = new StringBuilder();
            foreach (byte b in bytes)
            {
                text.Append(Digits.Substring(b >> 4, 1)).Append(Digits.Substring(b & 15, 1));
            }

            return text.ToString();
        }

        private static int Value(int digit) => digit <= '9' ? digit - '0' : digit - 'a' + 10;
    }
}

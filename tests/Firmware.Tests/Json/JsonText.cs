using System;
using System.Text;
using Firmware.Json;

namespace Firmware.Tests.Json
{
    /// <summary>A text and the reader that has tried it.</summary>
    internal sealed class JsonText
    {
        private const string HexDigits = "0123456789abcdef";

        private readonly byte[] _utf8;

        private JsonText(byte[] utf8)
        {
            _utf8 = utf8;
            Reader = new JsonReader(4096);
            bool read = Reader.TryParse(utf8, 0, utf8.Length);
            if (read != (Reader.Error == JsonError.None))
            {
                throw new InvalidOperationException("the answer and the error disagree");
            }
        }

        internal JsonReader Reader { get; }

        internal static byte[] Utf8(string text)
        {
            return Encoding.UTF8.GetBytes(text);
        }

        /// <summary>The bytes that hexadecimal digits name, between two texts.</summary>
        internal static byte[] Hex(string before, string hex, string behind)
        {
            byte[] first = Utf8(before);
            byte[] last = Utf8(behind);
            char[] digits = hex.ToCharArray();
            byte[] bytes = new byte[first.Length + digits.Length / 2 + last.Length];
            first.CopyTo(bytes, 0);
            last.CopyTo(bytes, bytes.Length - last.Length);
            for (int i = 0; i < digits.Length; i += 2)
            {
                bytes[first.Length + i / 2] = (byte)(HexDigits.IndexOf(digits[i]) * 16 + HexDigits.IndexOf(digits[i + 1]));
            }

            return bytes;
        }

        /// <summary>The reader that has tried a text.</summary>
        internal static JsonReader Try(string json)
        {
            return Try(Utf8(json));
        }

        internal static JsonReader Try(byte[] json)
        {
            return new JsonText(json).Reader;
        }

        /// <summary>The reader of a text that has to be valid.</summary>
        internal static JsonReader Read(string json)
        {
            return Of(json).Reader;
        }

        internal static JsonText Of(string json)
        {
            JsonText text = new JsonText(Utf8(json));
            if (text.Reader.Error != JsonError.None)
            {
                throw new ArgumentException(json + ": " + text.Reader.Describe());
            }

            return text;
        }

        /// <summary>The text of a value as it stands.</summary>
        internal string Raw(int token)
        {
            return Encoding.UTF8.GetString(_utf8, Reader.StartOf(token), Reader.LengthOf(token));
        }
    }
}

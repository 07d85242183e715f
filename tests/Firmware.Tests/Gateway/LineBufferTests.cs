using System.Text;
using Firmware.GatewayText.Lines;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Gateway
{
    /// <summary>Lines in streams of bytes.</summary>
    [TestClass]
    public class LineBufferTests
    {
        [TestMethod]
        [DataRow("ab\ncd\r\n\r\nef", "ab|cd|")]
        [DataRow("a\tb~cd\u001bef\n", "a\tb|cd|ef|")]
        [DataRow("\n\n\r~", "")]
        [DataRow("12345678\n123456789\nab\n", "12345678|ab|")]
        [DataRow("1234567890123456789012345678901234567890\nab\n", "ab|")]
        public void Control_characters_end_lines_and_long_ones_are_left_out(string stream, string lines) => AssertLines(stream, LineBuffer.None, lines);

        [TestMethod]
        [DataRow("$ab\r\n$cd\r\n", "$ab|$cd|")]
        [DataRow("x$ab$cd\n", "x|$ab|$cd|")]
        [DataRow("$$$ab\n", "$|$|$ab|")]
        [DataRow("123456789012345$ab\n", "$ab|")]
        [DataRow("$234567890123$5678\n$cd\n", "$5678|$cd|")]
        public void Start_of_a_sentence_ends_what_was_before(string stream, string lines) => AssertLines(stream, '$', lines);

        [TestMethod]
        public void Lines_that_are_too_long_are_counted_once_each()
        {
            LineBuffer buffer = new LineBuffer(8, LineBuffer.None);
            Lines(buffer, "123456789012345678901234567890\n12345678\n123456789\n", 4);
            Assert.AreEqual(2, buffer.TooLong);
        }

        private static void AssertLines(string stream, int start, string lines)
        {
            // However the bytes arrive.
            for (int piece = 1; piece <= stream.Length; piece++)
            {
                Assert.AreEqual(lines, Lines(new LineBuffer(8, start), stream, piece));
            }
        }

        private static string Lines(LineBuffer buffer, string stream, int piece)
        {
            byte[] data = Encoding.UTF8.GetBytes(stream);
            for (int i = 0; i < data.Length; i++)
            {
                // A text on the device cannot have it.
                data[i] = data[i] == '~' ? (byte)0 : data[i];
            }

            string lines = string.Empty;
            for (int from = 0; from < data.Length; from += piece)
            {
                int end = from + piece < data.Length ? from + piece : data.Length;
                for (int at = from; at < end;)
                {
                    at = buffer.Take(data, at, end);
                    if (buffer.IsWhole)
                    {
                        lines += Encoding.UTF8.GetString(buffer.Bytes, 0, buffer.Length) + "|";
                        buffer.Length = 0;
                    }
                }
            }

            return lines;
        }
    }
}

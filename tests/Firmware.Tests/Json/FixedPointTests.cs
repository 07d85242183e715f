using System.Text;
using Firmware.Json;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Json
{
    [TestClass]
    public class FixedPointTests
    {
        [TestMethod]
        [DataRow(0, 0, "0")]
        [DataRow(0, 9, "0")]
        [DataRow(7, 0, "7")]
        [DataRow(-7, 0, "-7")]
        [DataRow(2137, 2, "21.37")]
        [DataRow(2150, 2, "21.5")]
        [DataRow(2100, 2, "21")]
        [DataRow(-2137, 2, "-21.37")]
        [DataRow(5, 2, "0.05")]
        [DataRow(-5, 2, "-0.05")]
        [DataRow(10, 1, "1")]
        [DataRow(100, 3, "0.1")]
        [DataRow(1001, 3, "1.001")]
        [DataRow(1, 9, "0.000000001")]
        [DataRow(1000000001, 9, "1.000000001")]
        [DataRow(10132500, 2, "101325")]
        [DataRow(99999, 0, "99999")]
        [DataRow(100000, 0, "100000")]
        [DataRow(999999, 0, "999999")]
        [DataRow(1000000, 0, "1000000")]
        [DataRow(10000000, 0, "10000000")]
        [DataRow(100000000, 0, "100000000")]
        [DataRow(1000000000, 0, "1000000000")]
        [DataRow(2147483647, 0, "2147483647")]
        [DataRow(-2147483647, 1, "-214748364.7")]
        public void Numbers_are_written_without_zeros_at_the_end(int value, int scale, string text)
        {
            Assert.AreEqual(text, FixedPoint.ToText(value, scale));
        }

        [TestMethod]
        public void Numbers_beyond_32_bits_are_written_exactly()
        {
            Assert.AreEqual("2147483648", FixedPoint.ToText(2147483648L, 0));
            Assert.AreEqual("-2147483648", FixedPoint.ToText(-2147483648L, 0));
            Assert.AreEqual("10000000000", FixedPoint.ToText(10000000000L, 0));
            Assert.AreEqual("1795366425123.5", FixedPoint.ToText(17953664251235L, 1));
            Assert.AreEqual("9223372036854775807", FixedPoint.ToText(long.MaxValue, 0));
            Assert.AreEqual("-9223372036854775808", FixedPoint.ToText(long.MinValue, 0));
            Assert.AreEqual("9223372036.854775807", FixedPoint.ToText(long.MaxValue, 9));
            Assert.AreEqual("-9223372036.854775808", FixedPoint.ToText(long.MinValue, 9));
            Assert.AreEqual(FixedPoint.MaxLength, FixedPoint.ToText(long.MinValue, 9).Length);
        }

        [TestMethod]
        public void A_number_is_written_where_it_is_wanted()
        {
            byte[] buffer = JsonText.Utf8("xxxxxxxx");
            Assert.AreEqual(7, FixedPoint.Write(-125, 2, buffer, 2));
            Assert.AreEqual("xx-1.25x", Encoding.UTF8.GetString(buffer, 0, 8));
        }

        [TestMethod]
        [DataRow("0", 0, 0)]
        [DataRow("-0", 3, 0)]
        [DataRow("0.000", 1, 0)]
        [DataRow("0e999999999", 0, 0)]
        [DataRow("0.0e-999999999", 0, 0)]
        [DataRow("21.37", 2, 2137)]
        [DataRow("-21.37", 2, -2137)]
        [DataRow("21.370", 2, 2137)]
        [DataRow("21.37", 4, 213700)]
        [DataRow("21", 2, 2100)]
        [DataRow("0.05", 2, 5)]
        [DataRow("2137e-2", 2, 2137)]
        [DataRow("2137E-2", 3, 21370)]
        [DataRow("0.2137e+2", 2, 2137)]
        [DataRow("0.00000000000000000000000000002137e30", 2, 2137)]
        [DataRow("2137000000000000000000000000000e-29", 2, 2137)]
        [DataRow("1e2", 0, 100)]
        [DataRow("100.0", 0, 100)]
        [DataRow("100e-2", 0, 1)]
        [DataRow("1e0000000000000000000000000000000000000002", 0, 100)]
        public void Numbers_are_read_exactly(string text, int scale, int expected)
        {
            Assert.IsTrue(TryParse(text, scale, out long value), text);
            Assert.AreEqual((long)expected, value, text);
        }

        [TestMethod]
        [DataRow("21.375", 2)]
        [DataRow("0.1", 0)]
        [DataRow("1e-1", 0)]
        [DataRow("92233720368547758007e-1", 0)]
        [DataRow("1e-999999999", 9)]
        [DataRow("1e-4294967295", 9)]
        [DataRow("0.00000000000000000000000000002137", 9)]
        public void Numbers_that_would_lose_digits_are_refused(string text, int scale)
        {
            Assert.IsFalse(TryParse(text, scale, out long value), text);
            Assert.AreEqual(0L, value);
        }

        [TestMethod]
        public void The_largest_numbers_are_read()
        {
            Assert.IsTrue(TryParse("9223372036854775807", 0, out long value) && value == long.MaxValue);
            Assert.IsTrue(TryParse("-9223372036854775808", 0, out value) && value == long.MinValue);
            Assert.IsTrue(TryParse("-9223372036854775808.000", 0, out value) && value == long.MinValue);
            Assert.IsTrue(TryParse("-9.223372036854775808e18", 0, out value) && value == long.MinValue);
            Assert.IsTrue(TryParse("92233720368547758.07", 2, out value) && value == long.MaxValue);
            Assert.IsTrue(TryParse("9223372036854775800", 0, out value) && value == 9223372036854775800L);
            Assert.IsTrue(TryParse("1000000000000000000", 0, out value) && value == 1000000000000000000L);
            Assert.IsTrue(TryParse("1e18", 0, out value) && value == 1000000000000000000L);
        }

        [TestMethod]
        [DataRow("9223372036854775808", 0)]
        [DataRow("-9223372036854775809", 0)]
        [DataRow("9223372036854775810", 0)]
        [DataRow("92233720368547758070", 0)]
        [DataRow("922337203685477580701", 0)]
        [DataRow("18446744073709551616", 0)]
        [DataRow("18446744073709551617", 0)]
        [DataRow("1e19", 0)]
        [DataRow("1e999999999", 0)]
        [DataRow("1e4294967296", 0)]
        [DataRow("1e18446744073709551616", 0)]
        [DataRow("92233720368547758.08", 2)]
        [DataRow("10000000000000000000", 0)]
        public void Numbers_that_do_not_fit_are_refused(string text, int scale)
        {
            Assert.IsFalse(TryParse(text, scale, out long value), text);
            Assert.AreEqual(0L, value);
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("-")]
        [DataRow("+1")]
        [DataRow("01")]
        [DataRow("-01")]
        [DataRow("00")]
        [DataRow(".5")]
        [DataRow("5.")]
        [DataRow("1.e1")]
        [DataRow("1e")]
        [DataRow("1e+")]
        [DataRow("1e1.0")]
        [DataRow("1,5")]
        [DataRow("1 ")]
        [DataRow(" 1")]
        [DataRow("1x")]
        [DataRow("0x1")]
        [DataRow("NaN")]
        [DataRow("--1")]
        public void What_is_no_json_number_is_refused(string text)
        {
            Assert.IsFalse(TryParse(text, 2, out long _), text);
        }

        [TestMethod]
        public void Bytes_around_a_number_are_not_read()
        {
            byte[] data = JsonText.Utf8("912.5e19");
            Assert.IsTrue(FixedPoint.TryParse(data, 1, 4, 1, out long value));
            Assert.AreEqual(125L, value);
        }

        [TestMethod]
        [DataRow(0L, "false")]
        [DataRow(1L, "true")]
        [DataRow(-1L, "true")]
        [DataRow(long.MinValue, "true")]
        public void Boolean_is_a_word(long value, string text)
        {
            Assert.AreEqual(text, FixedPoint.ToText(value, FixedPoint.Boolean));
        }

        private static bool TryParse(string text, int scale, out long value)
        {
            byte[] data = JsonText.Utf8(text);
            return FixedPoint.TryParse(data, 0, data.Length, scale, out value);
        }
    }
}

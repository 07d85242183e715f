using Firmware.Gateway.Modbus;
using Firmware.Json;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Gateway
{
    /// <summary>Registers as text, as layout, and their values.</summary>
    [TestClass]
    public class RegisterMapTests
    {
        [TestMethod]
        [DataRow("voltage 0 u16 0.1 V")]
        [DataRow("voltage 0 u16 0.1 V, power i4 s32-swapped W, f 100 float, g 102 float 0.01 Hz, relay 65535 u16 rw")]
        [DataRow("a 1 u32 0.25, b 3 s16 10 W rw, c 4 float 1, d 6 u16 0.000001")]
        public void Text_comes_back_from_the_layout(string text) => Assert.AreEqual(text, RegisterMap.ToText(RegisterMap.Parse(text)));

        [TestMethod]
        [DataRow("")]
        [DataRow("a")]
        [DataRow("a 0")]
        [DataRow("a 0 u8")]
        [DataRow("a 0 u16-swapped")]
        [DataRow("a -1 u16")]
        [DataRow("a 65536 u16")]
        [DataRow("a 65535 u32")]
        [DataRow("a i u16")]
        [DataRow("a 0x10 u16")]
        [DataRow("a 0 u16 0")]
        [DataRow("a 0 u16 -1")]
        [DataRow("a 0 u16 65536")]
        [DataRow("a 0 u16 0.0000001")]
        [DataRow("a 0 u16 V A")]
        [DataRow("a 0 u16 rw V")]
        [DataRow("a 0 u16 V rw rw")]
        [DataRow("a 0 float 0.5")]
        [DataRow("a i0 u16 rw")]
        [DataRow("a 0 u16,")]
        [DataRow("a 0 u16, a 1 u16")]
        [DataRow("a/b 0 u16")]
        [DataRow("a 0 u16 12345678901234567")]
        [DataRow("a 0 u16 \"")]
        public void Other_text_is_refused(string text) => Assert.IsNull(RegisterMap.Parse(text));

        [TestMethod]
        [DataRow("a 0 u16", "ffff", "65535")]
        [DataRow("a 0 s16", "ffff", "-1")]
        [DataRow("a 0 s16 0.1", "8000", "-3276.8")]
        [DataRow("a 0 u16 0.25", "0003", "0.75")]
        [DataRow("a 0 u16 10", "0003", "30")]
        [DataRow("a 0 u32", "7fffffff", "2147483647")]
        [DataRow("a 0 u32", "80000000", "none")]
        [DataRow("a 0 u32 0.01", "00000064", "1")]
        [DataRow("a 0 u32-swapped", "00020001", "65538")]
        [DataRow("a 0 s32", "fffffffe", "-2")]
        [DataRow("a 0 s32 2", "40000000", "none")]
        [DataRow("a 0 float", "42f6e979", "123.456")]
        [DataRow("a 0 float 0.1", "c2f6e979", "-123.5")]
        [DataRow("a 0 float-swapped", "e97942f6", "123.456")]
        [DataRow("a 0 float", "00000000", "0")]
        [DataRow("a 0 float", "00000001", "0")]
        [DataRow("a 0 float", "80000000", "0")]
        [DataRow("a 0 float", "3a83126f", "0.001")]
        [DataRow("a 0 float", "7f800000", "none")]
        [DataRow("a 0 float", "7fc00000", "none")]
        [DataRow("a 0 float", "4f000000", "none")]
        [DataRow("a 0 float 1", "4effffff", "2147483520")]
        public void Registers_have_this_value(string text, string registers, string expected)
        {
            byte[] map = RegisterMap.Parse(text);
            byte[] values = new byte[8];
            byte[] data = Hex.Bytes("0000" + registers);
            int place = 0;
            int index = 0;
            int mask = RegisterMap.Take(map, ref place, ref index, data, 2, values, 4);
            Assert.AreEqual(map.Length, place);
            Assert.AreEqual(1, index);
            Assert.AreEqual(expected, mask == 1 ? FixedPoint.ToText(values[4] | (values[5] << 8) | (values[6] << 16) | (values[7] << 24), map[ReadingGroup.DecimalsAt]) : "none");
        }

        [TestMethod]
        [DataRow("a 0 u16 0.1", 215, "000000d7")]
        [DataRow("a 0 s16", -2, "0000fffe")]
        [DataRow("a 0 u16 10", 30, "00000003")]
        [DataRow("a 0 u16 10", 35, "none")]
        [DataRow("a 0 u16", -1, "none")]
        [DataRow("a 0 u16", 65536, "none")]
        [DataRow("a 0 s16", 32768, "none")]
        [DataRow("a 0 u32", -1, "none")]
        [DataRow("a 0 u32-swapped", 65538, "00020001")]
        [DataRow("a 0 s32", -2, "fffffffe")]
        [DataRow("a 0 float", 123456, "42f6e979")]
        [DataRow("a 0 float", -123456, "c2f6e979")]
        [DataRow("a 0 float", 1, "3a83126f")]
        [DataRow("a 0 float 1", 2147483647, "4f000000")]
        [DataRow("a 0 float", 0, "00000000")]
        public void Value_is_written_so(string text, int value, string expected)
        {
            byte[] map = RegisterMap.Parse(text);
            string bits = RegisterMap.TryGetBits(map, 0, value, out uint written)
                ? Hex.Text(new byte[] { (byte)(written >> 24), (byte)(written >> 16), (byte)(written >> 8), (byte)written }) : "none";
            Assert.AreEqual(expected, bits);
        }

        // The values at the ends can be written, those behind them cannot.
        [TestMethod]
        [DataRow("a 0 u16 rw", 1)]
        [DataRow("a 0 u16 0.1 V rw", 1)]
        [DataRow("a 0 u16 250 rw", 250)]
        [DataRow("a 0 s16 rw", 1)]
        [DataRow("a 0 s16 0.25 rw", 25)]
        [DataRow("a 0 u32 rw", 1)]
        [DataRow("a 0 u32-swapped 1000 rw", 1000)]
        [DataRow("a 0 s32 7 rw", 7)]
        [DataRow("a 0 u16 65535 rw", 65535)]
        [DataRow("a 0 float rw", 1)]
        public void Range_is_that_of_the_register(string text, int step)
        {
            byte[] map = RegisterMap.Parse(text);
            Assert.AreEqual(step, RegisterMap.StepOf(map, 0, out int lowest, out int highest));
            Assert.IsTrue(lowest < highest);
            Assert.IsTrue(RegisterMap.TryGetBits(map, 0, lowest, out _), "lowest");
            Assert.IsTrue(RegisterMap.TryGetBits(map, 0, highest, out _), "highest");
            long below = (long)lowest - step;
            long above = (long)highest + step;
            Assert.IsFalse(below >= -int.MaxValue && RegisterMap.TryGetBits(map, 0, (int)below, out _), "below");
            Assert.IsFalse(above <= int.MaxValue && RegisterMap.TryGetBits(map, 0, (int)above, out _), "above");
        }

        [TestMethod]
        public void Register_that_is_only_read_has_no_range()
        {
            Assert.AreEqual(0, RegisterMap.StepOf(RegisterMap.Parse("a 0 u16"), 0, out _, out _));
        }
    }
}

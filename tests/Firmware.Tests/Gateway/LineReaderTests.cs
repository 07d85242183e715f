using System.Text;
using Firmware.Gateway;
using Firmware.GatewayText.Lines;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Gateway
{
    /// <summary>Lines of a controller named "pump" with the channels temperature (0.01 Cel), power (0.1 W) and relay.</summary>
    [TestClass]
    public class LineReaderTests
    {
        private const int Temperature = 1;
        private const int Power = 2;
        private const int Relay = 4;

        [TestMethod]
        [DataRow("{\"temperature\":21.5}", Temperature, 2150)]
        [DataRow("{\"temperature\":-0.05}", Temperature, -5)]
        [DataRow("{\"pump_temperature\":21.5}", Temperature, 2150)]
        [DataRow("{\"temperature\":20,\"temperature\":21.5}", Temperature, 2150)]
        [DataRow("{\"temperature\":21.5,\"power\":null}", Temperature, 2150)]
        [DataRow("{\"temperature\":21.5,\"power\":7,\"relay\":true}", Temperature | Power | Relay, 2150)]
        [DataRow("{ \"temperature\" : 21.5 } \t", Temperature, 2150)]
        [DataRow("[{\"n\":\"temperature\",\"v\":21.5}]", Temperature, 2150)]
        [DataRow("[{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.5,\"t\":-5,\"s\":1}]", Temperature, 2150)]
        [DataRow("[{\"bn\":\"pump_\",\"bt\":1.8e9,\"bu\":\"Cel\",\"bver\":10,\"n\":\"temperature\",\"v\":21.5},{\"n\":\"power\",\"u\":\"W\",\"v\":7},{\"n\":\"relay\",\"u\":\"\",\"vb\":true}]", Temperature | Power | Relay, 2150)]
        [DataRow("[{\"bn\":\"urn:dev:ow:10e2073a01080063_\",\"n\":\"temperature\",\"v\":21.5}]", Temperature, 2150)]
        [DataRow("[{\"bn\":\"temp\"},{\"n\":\"erature\",\"v\":21.5}]", Temperature, 2150)]
        [DataRow("[{\"bn\":\"temperature\",\"bv\":20,\"v\":1.5}]", Temperature, 2150)]
        [DataRow("[{\"bv\":20.001,\"n\":\"temperature\",\"v\":1.499}]", Temperature, 2150)]
        public void Line_gives_values(string line, int mask, int temperature)
        {
            LineReader reader = Create();
            Assert.IsTrue(Read(reader, line));
            Assert.AreEqual(mask, reader.Mask);
            Assert.AreEqual(temperature, reader.Values[0]);
            Assert.AreEqual((mask & Power) == 0 ? 0 : 70, reader.Values[1]);
            Assert.AreEqual((mask & Relay) == 0 ? 0 : 1, reader.Values[2]);
            Assert.AreEqual(0, reader.Unknown + reader.Refused);
            Assert.AreEqual(LineReader.NoId, reader.Id);
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("Booting ...")]
        [DataRow("21.5")]
        [DataRow("\"temperature\"")]
        [DataRow("null")]
        [DataRow("{")]
        [DataRow("{\"temperature\":21.5")]
        [DataRow("{\"temperature\":21.5}}")]
        [DataRow("{\"temperature\":21.5}{\"temperature\":21.5}")]
        [DataRow("{\"temperature\":.5}")]
        [DataRow("{\"temperature\":NaN}")]
        [DataRow("{\"temperature\":inf}")]
        [DataRow("{temperature:21.5}")]
        [DataRow("{'temperature':21.5}")]
        [DataRow("[21.5]")]
        [DataRow("[{\"n\":\"temperature\",\"v\":21.5},1]")]
        [DataRow("[{\"n\":\"temperature\",\"v\":21.5},{\"x_\":1}]")]
        [DataRow("[{\"bver\":11,\"n\":\"temperature\",\"v\":21.5}]")]
        [DataRow("[{\"bver\":\"10\",\"n\":\"temperature\",\"v\":21.5}]")]
        [DataRow("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
        [DataRow("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}}}}}}}}}")]
        public void Line_of_another_kind_is_refused_and_counted(string line)
        {
            LineReader reader = Create();
            Assert.IsFalse(Read(reader, line));
            Assert.AreEqual(0, reader.Mask);
            Assert.AreEqual(LineReader.NoId, reader.Id);
            Assert.AreEqual(1, reader.Refused);
        }

        [TestMethod]
        [DataRow("{\"temperature\":\"21.5\"}")]
        [DataRow("{\"temperature\":{}}")]
        [DataRow("{\"temperature\":[21.5]}")]
        [DataRow("{\"temperature\":21474836.47}")]
        [DataRow("{\"temperature\":-21474836.48}")]
        [DataRow("{\"temperature\":1e99}")]
        [DataRow("{\"temperature\":-1e99999999999}")]
        [DataRow("{\"temperature\":99999999999999999999999999999999999999999999999999}")]
        [DataRow("[{\"n\":\"temperature\",\"u\":\"K\",\"v\":294.65}]")]
        [DataRow("[{\"n\":\"temperature\",\"bu\":\"lat\",\"v\":21.5}]")]
        [DataRow("[{\"bv\":21000000,\"n\":\"temperature\",\"v\":900000}]")]
        [DataRow("[{\"bv\":\"1\",\"n\":\"temperature\",\"v\":1}]")]
        public void Value_that_cannot_be_taken_is_counted_and_the_rest_is_read(string line)
        {
            LineReader reader = Create();
            Assert.IsTrue(Read(reader, line));
            Assert.AreEqual(0, reader.Mask);
            Assert.AreEqual(1, reader.Refused);
            Assert.IsTrue(Read(reader, "{\"temperature\":false,\"power\":1e9,\"relay\":0}"));
            Assert.AreEqual(Temperature | Relay, reader.Mask);
            Assert.AreEqual(2, reader.Refused);
        }

        [TestMethod]
        [DataRow("{\"temperatur\":1,\"temperatures\":2,\"Temperature\":3,\"\":4,\"tank_temperature\":5,\"pump_\":6}", 6)]
        [DataRow("[{\"v\":1},{\"n\":1,\"v\":1},{\"bn\":\"urn:dev:x\",\"v\":1},{\"bn\":{},\"n\":\"temperature\",\"v\":1}]", 4)]
        [DataRow("{\"te\\u006dperature\":1,\"a\\u0000\":1}", 2)]
        [DataRow("{\"0123456789012345678901234567890123456789012345678901234567890123456789\":1}", 1)]
        public void Names_that_no_channel_has_are_counted(string line, int unknown)
        {
            LineReader reader = Create();
            Assert.IsTrue(Read(reader, line));
            Assert.AreEqual(0, reader.Mask);
            Assert.AreEqual(unknown, reader.Unknown);
            Assert.AreEqual(0, reader.Refused);
        }

        [TestMethod]
        [DataRow("{\"temperature\":21.5,\"id\":-1}")]
        [DataRow("{\"temperature\":21.5,\"id\":1.5}")]
        [DataRow("{\"id\":\"node1\",\"temperature\":21.5}")]
        [DataRow("{\"id\":null,\"temperature\":21.5}")]
        public void Line_whose_id_is_none_of_a_request_is_read_as_any_other(string line)
        {
            LineReader reader = Create();
            Assert.IsTrue(Read(reader, line));
            Assert.AreEqual(LineReader.NoId, reader.Id);
            Assert.AreEqual(Temperature, reader.Mask);
            Assert.AreEqual(0, reader.Refused);
        }

        [TestMethod]
        public void Response_has_the_id_of_its_request()
        {
            LineReader reader = Create();
            Assert.IsTrue(Read(reader, "{\"id\":3,\"relay\":1}"));
            Assert.AreEqual(3L, reader.Id);
            Assert.IsNull(reader.Error);
            Assert.AreEqual(Relay, reader.Mask);
            Assert.IsTrue(Read(reader, "{\"error\":\"too hot\",\"id\":9007199254740993}"));
            Assert.AreEqual(9007199254740993L, reader.Id);
            Assert.AreEqual("too hot", reader.Error);
            Assert.IsTrue(Read(reader, "{\"id\":5,\"error\":7}"));
            Assert.AreEqual("refused", reader.Error);
            Assert.IsTrue(Read(reader, "{\"id\":5,\"error\":\"" + new string('x', 200) + "\"}"));
            Assert.AreEqual(64, reader.Error.Length);
            Assert.IsTrue(Read(reader, "{\"relay\":1}"));
            Assert.AreEqual(LineReader.NoId, reader.Id);
            Assert.IsNull(reader.Error);
        }

        [TestMethod]
        [DataRow(0xC3, 0x28)]
        [DataRow(0xFF, 0xFE)]
        [DataRow(0xED, 0xA0)]
        [DataRow(0x80, 0x80)]
        [DataRow(0x00, 0x41)]
        public void Bytes_that_are_no_text_are_refused(int first, int second)
        {
            LineReader reader = Create();
            byte[] line = Encoding.UTF8.GetBytes("{\"temperature\":21.5,\"x\":\"..\"}");
            line[line.Length - 4] = (byte)first;
            line[line.Length - 3] = (byte)second;
            Assert.IsFalse(reader.Read(line, line.Length));
            Assert.AreEqual(0, reader.Mask);
            Assert.AreEqual(1, reader.Refused);
        }

        [TestMethod]
        [DataRow("0", 0, 0)]
        [DataRow("-0", 2, 0)]
        [DataRow("21.449999999999999289457264", 1, 214)]
        [DataRow("21.45", 1, 215)]
        [DataRow("-21.45", 1, -215)]
        [DataRow("21.400000000000002", 2, 2140)]
        [DataRow("0.0000000000000000000000001", 9, 0)]
        [DataRow("1.5e-05", 6, 15)]
        [DataRow("2.147483646E+09", 0, 2147483646)]
        [DataRow("123456789012345678901234567890e-25", 2, 1234568)]
        [DataRow("0.00000000000000000000000000021e29", 1, 210)]
        [DataRow("0e999999999999", 3, 0)]
        [DataRow("1e-999999999999", 3, 0)]
        [DataRow("0.5", 0, 1)]
        [DataRow("0.49999", 0, 0)]
        [DataRow("0.05", 0, 0)]
        [DataRow("1E1", 0, 10)]
        [DataRow("2147483647", 0, 2147483647)]
        public void Number_is_rounded_to_the_decimals_of_its_channel(string text, int decimals, int expected)
        {
            byte[] data = Encoding.UTF8.GetBytes(text);
            Assert.IsTrue(LineReader.TryRound(data, 0, data.Length, decimals, out long number));
            Assert.AreEqual((long)expected, number);
        }

        [TestMethod]
        public void Longest_line_of_names_is_read()
        {
            string line = "{\"temperature\":21.5";
            while (line.Length + 8 < LineReader.MaxLength)
            {
                line += ",\"\":1";
            }

            LineReader reader = Create();
            Assert.IsTrue(Read(reader, line + "}"));
            Assert.AreEqual(Temperature, reader.Mask);
            Assert.AreEqual((line.Length - 19) / 5, reader.Unknown);
        }

        private static LineReader Create()
        {
            byte[] layout = new byte[100];
            int at = Layouts.Put(layout, 0, 2, "temperature", "Cel");
            at = Layouts.Put(layout, at, 1, "power", "W");
            byte[] exact = new byte[Layouts.Put(layout, at, 0, "relay", string.Empty)];
            System.Array.Copy(layout, exact, exact.Length);
            return new LineReader("pump", exact);
        }

        private static bool Read(LineReader reader, string line)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(line);
            return reader.Read(bytes, bytes.Length);
        }
    }
}

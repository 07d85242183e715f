using Firmware.Json;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Json
{
    [TestClass]
    public class JsonReaderValueTests
    {
        [TestMethod]
        [DataRow("\"\"", "")]
        [DataRow("\"plain\"", "plain")]
        [DataRow("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t")]
        [DataRow("\"\\u0041\\u00e4\\u20AC\\ud83d\\ude00\"", "A\u00e4\u20ac\ud83d\ude00")]
        [DataRow("\"A\u00e4\u20ac\ud83d\ude00]}\"", "A\u00e4\u20ac\ud83d\ude00]}")]
        [DataRow("\"\\\\u0041\"", "\\u0041")]
        [DataRow("\"x\\uDBFF\\uDFFFy\"", "x\udbff\udfffy")]
        public void Strings_are_decoded(string json, string text)
        {
            JsonReader reader = JsonText.Read("{\"a\":" + json + "}");
            Assert.IsTrue(reader.TryGetString(reader.Find(0, "a"), out string value));
            Assert.AreEqual(text, value);
            Assert.IsTrue(JsonText.Read(json).TryGetString(0, out value));
            Assert.AreEqual(text, value);
        }

        [TestMethod]
        public void A_string_with_a_zero_is_given_as_bytes_only()
        {
            JsonReader reader = JsonText.Read("\"a\\u0000b\"");
            Assert.IsFalse(reader.TryGetString(0, out string value));
            Assert.IsNull(value);
            Assert.IsTrue(reader.TryGetBytes(0, out byte[] utf8));
            CollectionAssert.AreEqual(new byte[] { (byte)'a', 0, (byte)'b' }, utf8);
        }

        [TestMethod]
        [DataRow("{\"a\":1}")]
        [DataRow("[\"a\"]")]
        [DataRow("1")]
        [DataRow("null")]
        public void What_is_no_string_is_not_given_as_one(string json)
        {
            JsonReader reader = JsonText.Read(json);
            Assert.IsFalse(reader.TryGetString(0, out string value));
            Assert.IsNull(value);
            Assert.IsFalse(reader.TryGetBytes(0, out byte[] utf8));
            Assert.IsNull(utf8);
        }

        [TestMethod]
        public void Names_are_strings_too()
        {
            JsonReader reader = JsonText.Read("{\"a\\tb\":1}");
            Assert.AreEqual((int)JsonKind.String, (int)reader.KindOf(reader.First(0)));
            Assert.IsTrue(reader.TryGetString(reader.First(0), out string name));
            Assert.AreEqual("a\tb", name);
        }

        [TestMethod]
        [DataRow("0", 0)]
        [DataRow("-0", 0)]
        [DataRow("1e2", 100)]
        [DataRow("100.0", 100)]
        [DataRow("-12", -12)]
        public void Integers_are_read_however_they_are_written(string json, int expected)
        {
            Assert.IsTrue(JsonText.Read(json).TryGetInt64(0, out long value), json);
            Assert.AreEqual((long)expected, value, json);
        }

        [TestMethod]
        [DataRow("1.5")]
        [DataRow("9223372036854775808")]
        [DataRow("1e999999999")]
        [DataRow("\"1\"")]
        [DataRow("[1]")]
        [DataRow("{\"1\":1}")]
        [DataRow("true")]
        [DataRow("null")]
        public void What_is_no_integer_is_not_given_as_one(string json)
        {
            Assert.IsFalse(JsonText.Read(json).TryGetInt64(0, out long value), json);
            Assert.AreEqual(0L, value);
        }

        [TestMethod]
        public void Numbers_are_given_in_fixed_point()
        {
            JsonReader reader = JsonText.Read("{\"v\" : 21.37 }");
            Assert.IsTrue(reader.TryGetFixed(reader.Find(0, "v"), 2, out long value));
            Assert.AreEqual(2137L, value);
            Assert.IsFalse(reader.TryGetFixed(reader.Find(0, "v"), 1, out value));
        }

        [TestMethod]
        public void Booleans_are_distinguished_from_everything_else()
        {
            Assert.IsTrue(JsonText.Read("true").TryGetBoolean(0, out bool value) && value);
            Assert.IsTrue(JsonText.Read("false").TryGetBoolean(0, out value) && !value);
            Assert.IsFalse(JsonText.Read("null").TryGetBoolean(0, out value));
            Assert.IsFalse(JsonText.Read("1").TryGetBoolean(0, out value));
            Assert.IsFalse(JsonText.Read("\"true\"").TryGetBoolean(0, out value));
        }
    }
}

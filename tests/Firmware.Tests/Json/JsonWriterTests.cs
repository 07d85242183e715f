using System.Text;
using Firmware.Json;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Json
{
    [TestClass]
    public class JsonWriterTests
    {
        [TestMethod]
        public void Commas_stand_between_members_and_elements_only()
        {
            JsonWriter writer = new JsonWriter(16, 1000);
            writer.BeginObject();
            writer.Name("a");
            writer.BeginArray();
            writer.Number(1);
            writer.BeginObject();
            writer.EndObject();
            writer.BeginArray();
            writer.EndArray();
            writer.Null();
            writer.EndArray();
            writer.Name("b");
            writer.BeginObject();
            writer.Name("c");
            writer.Boolean(true);
            writer.EndObject();
            writer.Name("d");
            writer.Boolean(false);
            writer.EndObject();
            AssertText("{\"a\":[1,{},[],null],\"b\":{\"c\":true},\"d\":false}", writer);
        }

        [TestMethod]
        public void A_pack_of_readings_is_written()
        {
            JsonWriter writer = new JsonWriter(256, 1000);
            writer.BeginArray();
            writer.BeginObject();
            writer.Name("bn");
            writer.String("urn:dev:mac:020000fffe000001_");
            writer.Name("bt");
            writer.Number(1795366425);
            writer.EndObject();
            writer.BeginObject();
            writer.Name("u");
            writer.String("%RH");
            writer.Name("v");
            writer.Fixed(4520, 2);
            writer.EndObject();
            writer.EndArray();
            AssertText("[{\"bn\":\"urn:dev:mac:020000fffe000001_\",\"bt\":1795366425},{\"u\":\"%RH\",\"v\":45.2}]", writer);
        }

        [TestMethod]
        [DataRow("", "\"\"")]
        [DataRow("plain text", "\"plain text\"")]
        [DataRow("\"", "\"\\\"\"")]
        [DataRow("\\", "\"\\\\\"")]
        [DataRow("/", "\"/\"")]
        [DataRow("\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"")]
        [DataRow("\u0001\u000b\u001f", "\"\\u0001\\u000b\\u001f\"")]
        [DataRow("\u007f", "\"\u007f\"")]
        [DataRow("a\"b\"c", "\"a\\\"b\\\"c\"")]
        [DataRow("[x]{y}", "\"[x]{y}\"")]
        [DataRow("{\u00e4}\n\u20ac\ud83d\ude00\"", "\"{\u00e4}\\n\u20ac\ud83d\ude00\\\"\"")]
        public void Strings_are_escaped_where_needed(string value, string json)
        {
            JsonWriter writer = new JsonWriter(100, 100);
            writer.String(value);
            AssertText(json, writer);

            // The same when the buffer starts too small.
            writer = new JsonWriter(0, 100);
            writer.String(value);
            AssertText(json, writer);
        }

        [TestMethod]
        public void Long_characters_fit_whatever_room_is_left()
        {
            const string text = "\u20ac\u20ac\ud83d\ude00\u20ac\n";
            for (int capacity = 0; capacity < 40; capacity++)
            {
                JsonWriter writer = new JsonWriter(capacity, 60);
                writer.BeginArray();
                writer.String(text);
                writer.String(text);
                writer.EndArray();
                AssertText("[\"\u20ac\u20ac\ud83d\ude00\u20ac\\n\",\"\u20ac\u20ac\ud83d\ude00\u20ac\\n\"]", writer);
            }
        }

        [TestMethod]
        public void A_string_of_null_is_null()
        {
            JsonWriter writer = new JsonWriter(10, 10);
            writer.String(null);
            AssertText("null", writer);
        }

        [TestMethod]
        public void The_largest_integers_are_written()
        {
            JsonWriter writer = new JsonWriter(0, 100);
            writer.BeginArray();
            writer.Number(long.MaxValue);
            writer.Number(long.MinValue);
            writer.Number(0);
            writer.EndArray();
            AssertText("[9223372036854775807,-9223372036854775808,0]", writer);
        }

        [TestMethod]
        public void Fixed_point_is_written_without_zeros_at_the_end()
        {
            JsonWriter writer = new JsonWriter(0, 100);
            writer.BeginArray();
            writer.Fixed(2137, 2);
            writer.Fixed(2150, 2);
            writer.Fixed(2100, 2);
            writer.Fixed(-5, 2);
            writer.EndArray();
            AssertText("[21.37,21.5,21,-0.05]", writer);
        }

        [TestMethod]
        public void Prepared_text_is_copied()
        {
            byte[] echoed = JsonText.Utf8("xx\"7\"xx");
            JsonWriter writer = new JsonWriter(4, 100);
            writer.BeginObject();
            writer.Name("id");
            writer.Raw(echoed, 2, 3);
            writer.Name("result");
            writer.Raw(JsonText.Utf8("[1,2]"), 0, 5);
            writer.EndObject();
            AssertText("{\"id\":\"7\",\"result\":[1,2]}", writer);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(20)]
        [DataRow(90)]
        public void Records_and_members_stand_for_the_calls_that_would_have_written_them(int capacity)
        {
            byte[] fragment = JsonText.Utf8("{\"n\":\"a\",\"v\":");
            JsonWriter writer = new JsonWriter(capacity, 100);
            writer.BeginArray();
            writer.Record(fragment, 0, 15, 1);
            writer.BeginObject();
            writer.Member("t", -60);
            writer.Record(fragment, 1, long.MinValue, 9);
            writer.EndArray();
            AssertText("[{\"n\":\"a\",\"v\":1.5},{\"t\":-60,\"n\":\"a\",\"v\":-9223372036.854775808}]", writer);
        }

        [TestMethod]
        public void Fragments_stand_for_the_calls_that_would_have_written_them()
        {
            byte[] fragment = JsonText.Utf8("{\"n\":\"a\",\"v\":");
            JsonWriter writer = new JsonWriter(0, 100);
            writer.BeginArray();
            writer.Fragment(fragment);
            writer.Fixed(15, 1);
            writer.EndObject();
            writer.Fragment(fragment);
            writer.BeginArray();
            writer.EndArray();
            writer.Fragment(JsonText.Utf8("\"t\":"));
            writer.Number(-60);
            writer.EndObject();
            writer.EndArray();
            AssertText("[{\"n\":\"a\",\"v\":1.5},{\"n\":\"a\",\"v\":[],\"t\":-60}]", writer);
        }

        [TestMethod]
        public void Length_leaves_out_the_comma_to_come()
        {
            JsonWriter writer = new JsonWriter(10, 10);
            Assert.AreEqual(0, writer.Length);
            writer.BeginArray();
            Assert.AreEqual(1, writer.Length);
            writer.Number(12);
            Assert.AreEqual(3, writer.Length);
            writer.Number(3);
            Assert.AreEqual(5, writer.Length);
            writer.EndArray();
            Assert.AreEqual(6, writer.Length);
        }

        [TestMethod]
        public void Clear_empties_the_writer()
        {
            JsonWriter writer = new JsonWriter(10, 10);
            writer.String("much too long");
            writer.Number(1);
            writer.Clear();
            Assert.IsFalse(writer.IsTooLong);
            Assert.AreEqual(0, writer.Length);
            writer.Number(2);
            AssertText("2", writer);
        }

        [TestMethod]
        public void A_copy_has_exactly_the_text()
        {
            JsonWriter writer = new JsonWriter(50, 100);
            writer.BeginArray();
            writer.Number(1);
            writer.EndArray();
            CollectionAssert.AreEqual(JsonText.Utf8("[1]"), writer.ToArray());
        }

        private static void AssertText(string expected, JsonWriter writer)
        {
            Assert.AreEqual(expected, Encoding.UTF8.GetString(writer.Buffer, 0, writer.Length));
        }
    }
}

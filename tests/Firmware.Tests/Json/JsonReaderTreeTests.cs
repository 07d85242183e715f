using Firmware.Json;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Json
{
    [TestClass]
    public class JsonReaderTreeTests
    {
        [TestMethod]
        [DataRow("\"a\"", 2)]
        [DataRow("-1", 3)]
        [DataRow("1", 3)]
        [DataRow("true", 4)]
        [DataRow("false", 5)]
        [DataRow("null", 6)]
        [DataRow("[]", 1)]
        [DataRow("{}", 0)]
        public void Kinds_are_detected_at_the_root_and_inside(string json, int kind)
        {
            Assert.AreEqual(kind, (int)JsonText.Read(json).KindOf(0), json);
            JsonReader reader = JsonText.Read("[ " + json + " ]");
            Assert.AreEqual(kind, (int)reader.KindOf(reader.First(0)), json);
        }

        [TestMethod]
        public void Elements_are_walked_in_their_order()
        {
            JsonText json = JsonText.Of("[ 1 , [2,[3]] , {\"a\":{}} , \"4\" , [] , 5 ]");
            JsonReader reader = json.Reader;
            int token = reader.First(0);
            Assert.AreEqual("1", json.Raw(token));
            token = reader.Next(token);
            Assert.AreEqual("[2,[3]]", json.Raw(token));
            token = reader.Next(token);
            Assert.AreEqual("{\"a\":{}}", json.Raw(token));
            token = reader.Next(token);
            Assert.AreEqual("\"4\"", json.Raw(token));
            token = reader.Next(token);
            Assert.AreEqual("[]", json.Raw(token));
            token = reader.Next(token);
            Assert.AreEqual("5", json.Raw(token));
            Assert.AreEqual(JsonReader.None, reader.Next(token));
        }

        [TestMethod]
        public void Members_are_walked_by_their_names()
        {
            JsonText json = JsonText.Of("{ \"a\" : 1 , \"b\" : [2,{\"x\":0}] , \"c\" : {\"d\":3} }");
            JsonReader reader = json.Reader;
            int name = reader.First(0);
            Assert.IsTrue(reader.NameEquals(name, "a"));
            Assert.AreEqual("1", json.Raw(reader.ValueOf(name)));
            name = reader.Next(name);
            Assert.IsTrue(reader.NameEquals(name, "b"));
            Assert.AreEqual("[2,{\"x\":0}]", json.Raw(reader.ValueOf(name)));
            name = reader.Next(name);
            Assert.IsTrue(reader.NameEquals(name, "c"));
            Assert.AreEqual("{\"d\":3}", json.Raw(reader.ValueOf(name)));
            Assert.AreEqual(JsonReader.None, reader.Next(name));
            Assert.AreEqual("3", json.Raw(reader.Find(reader.ValueOf(name), "d")));
        }

        [TestMethod]
        public void The_last_value_of_an_inner_container_has_no_sibling_outside()
        {
            JsonText json = JsonText.Of("[[[1]],2]");
            JsonReader reader = json.Reader;
            int inner = reader.First(reader.First(0));
            Assert.AreEqual("[1]", json.Raw(inner));
            Assert.AreEqual(JsonReader.None, reader.Next(inner));
            Assert.AreEqual(JsonReader.None, reader.Next(reader.First(inner)));
            Assert.AreEqual("2", json.Raw(reader.Next(reader.First(0))));
        }

        [TestMethod]
        [DataRow("[]", 0)]
        [DataRow("{ }", 0)]
        [DataRow("[1]", 1)]
        [DataRow("[[1,2],[3],{\"a\":4}]", 3)]
        [DataRow("{\"a\":1,\"a\":{\"b\":2},\"c\":[3,4]}", 3)]
        [DataRow("\"text\"", 0)]
        [DataRow("1", 0)]
        public void Elements_and_members_are_counted(string json, int count)
        {
            Assert.AreEqual(count, JsonText.Read(json).Count(0), json);
        }

        [TestMethod]
        public void Missing_token_has_no_children_and_no_value()
        {
            JsonReader reader = JsonText.Read("[]");
            Assert.AreEqual(JsonReader.None, reader.First(0));
            Assert.AreEqual(JsonReader.None, reader.Next(0));
            Assert.AreEqual(JsonReader.None, reader.First(JsonReader.None));
            Assert.AreEqual(JsonReader.None, reader.Next(JsonReader.None));
            Assert.AreEqual(JsonReader.None, reader.Find(JsonReader.None, "a"));
            Assert.AreEqual(0, reader.Count(JsonReader.None));
            Assert.IsFalse(reader.TryGetString(JsonReader.None, out string _));
            Assert.IsFalse(reader.TryGetBytes(JsonReader.None, out byte[] _));
            Assert.IsFalse(reader.TryGetInt64(JsonReader.None, out long _));
            Assert.IsFalse(reader.TryGetFixed(JsonReader.None, 2, out long _));
            Assert.IsFalse(reader.TryGetBoolean(JsonReader.None, out bool _));
        }

        [TestMethod]
        public void Find_takes_the_last_of_repeated_names()
        {
            JsonText json = JsonText.Of("{\"a\":1,\"b\":2,\"a\":3,\"c\":{\"a\":4}}");
            JsonReader reader = json.Reader;
            Assert.AreEqual("3", json.Raw(reader.Find(0, "a")));
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("A")]
        [DataRow("aa")]
        [DataRow("b")]
        public void Find_reports_absence(string name)
        {
            Assert.AreEqual(JsonReader.None, JsonText.Read("{\"a\":\"b\",\"c\":{\"b\":1}}").Find(0, name));
        }

        [TestMethod]
        [DataRow("[\"a\",1]")]
        [DataRow("\"a\"")]
        [DataRow("1")]
        public void Find_in_what_is_no_object_is_none(string json)
        {
            Assert.AreEqual(JsonReader.None, JsonText.Read(json).Find(0, "a"));
        }

        [TestMethod]
        public void Find_compares_names_after_decoding()
        {
            JsonText json = JsonText.Of("{\"\\u0061b\":1,\"\\u00e4\":2,\"\\\"\":3,\"\":4,\"ab\\u0000\":5,\"a\\u0062\":6}");
            JsonReader reader = json.Reader;
            Assert.AreEqual("6", json.Raw(reader.Find(0, "ab")));
            Assert.AreEqual("2", json.Raw(reader.Find(0, "\u00e4")));
            Assert.AreEqual("3", json.Raw(reader.Find(0, "\"")));
            Assert.AreEqual("4", json.Raw(reader.Find(0, "")));
            Assert.AreEqual(JsonReader.None, reader.Find(0, "\\u0061b"));
        }

        [TestMethod]
        [DataRow("\"7\"")]
        [DataRow("12345678901234567890")]
        [DataRow("{\"a\":\"}\\\"]\",\"b\":[{}]}")]
        [DataRow("[\"\\\\\",[]]")]
        [DataRow("true")]
        public void Raw_text_is_found_at_any_offset(string json)
        {
            byte[] data = JsonText.Utf8("xx " + json + " yy");
            JsonReader reader = new JsonReader(100);
            Assert.IsTrue(reader.TryParse(data, 2, data.Length - 4));
            Assert.AreEqual(3, reader.StartOf(0));
            Assert.AreEqual(JsonText.Utf8(json).Length, reader.LengthOf(0));
        }

        [TestMethod]
        public void A_text_is_read_at_the_far_end_of_a_large_array()
        {
            byte[] data = new byte[40000];
            byte[] json = JsonText.Utf8("{\"a\":[1,2]}");
            json.CopyTo(data, data.Length - json.Length);
            JsonReader reader = new JsonReader(100);
            Assert.IsTrue(reader.TryParse(data, data.Length - json.Length, json.Length));
            Assert.AreEqual(data.Length - json.Length + 5, reader.StartOf(reader.Find(0, "a")));
            Assert.AreEqual(2, reader.Count(reader.Find(0, "a")));
        }

        [TestMethod]
        public void Many_values_are_indexed()
        {
            JsonWriter writer = new JsonWriter(100, 4096);
            writer.BeginArray();
            for (int i = 0; i < 1000; i++)
            {
                writer.Number(i % 10);
            }

            writer.EndArray();
            JsonReader reader = new JsonReader(4096);
            Assert.IsTrue(reader.TryParse(writer.Buffer, 0, writer.Length));
            Assert.AreEqual(1000, reader.Count(0));
            int sum = 0;
            for (int token = reader.First(0); token != JsonReader.None; token = reader.Next(token))
            {
                Assert.IsTrue(reader.TryGetInt64(token, out long value));
                sum += (int)value;
            }

            Assert.AreEqual(4500, sum);
        }

        [TestMethod]
        [DataRow(5)]
        [DataRow(61)]
        [DataRow(62)]
        [DataRow(63)]
        [DataRow(500)]
        public void Index_that_is_kept_serves_text_after_text(int count)
        {
            JsonReader reader = new JsonReader(4096);
            reader.KeepIndex();
            byte[] one = JsonText.Utf8("{\"a\":{\"b\":[7]}}");
            byte[] bad = JsonText.Utf8("[[[[[1,2,3");
            string many = "[[0],0";
            for (int i = 2; i < count; i++)
            {
                many += ",0";
            }

            byte[] all = JsonText.Utf8(many + "]");
            for (int i = 0; i < 3; i++)
            {
                Assert.IsTrue(reader.TryParse(all, 0, all.Length));
                Assert.AreEqual(count, reader.Count(0));
                Assert.IsFalse(reader.TryParse(bad, 0, bad.Length));
                Assert.IsTrue(reader.TryParse(one, 0, one.Length));
                int inner = reader.Find(reader.Find(0, "a"), "b");
                Assert.AreEqual(1, reader.Count(inner));
                Assert.IsTrue(reader.TryGetInt64(reader.First(inner), out long value));
                Assert.AreEqual(7L, value);
            }
        }

        [TestMethod]
        [DataRow("0", "", "", 0)]
        [DataRow("[]", "", "", 0)]
        [DataRow("[[[[{}]]]]", "", "", 0)]
        [DataRow("{\"a\":0}", "", "", 0)]
        [DataRow("0", "[[[[[[[[[[[[[[", "]]]]]]]]]]]]]]", 14)]
        [DataRow("\"a\":{}", "{\"b\":{", "}}", 2)]
        [DataRow("\"a\":{}", "{\"b\":[{", "}]}", 3)]
        public void As_many_values_as_there_are_find_room(string element, string before, string behind, int depth)
        {
            JsonReader reader = new JsonReader(4096);
            string elements = element;
            for (int count = 1; count < 80; count++)
            {
                byte[] json = JsonText.Utf8("[" + before + elements + behind + "]");
                Assert.IsTrue(reader.TryParse(json, 0, json.Length), reader.Describe());
                int inner = 0;
                for (int i = 0; i < depth; i++)
                {
                    inner = reader.KindOf(inner) == JsonKind.Object ? reader.ValueOf(reader.First(inner)) : reader.First(inner);
                }

                Assert.AreEqual(count, reader.Count(inner));
                elements += "," + element;
            }
        }

        [TestMethod]
        public void A_reader_is_used_again_and_again()
        {
            JsonReader reader = JsonText.Read("{\"a\":\"\\n\"}");
            byte[] json = JsonText.Utf8("{\"b\":2}");
            Assert.IsTrue(reader.TryParse(json, 0, json.Length));
            Assert.AreEqual(JsonReader.None, reader.Find(0, "a"));
            Assert.IsTrue(reader.TryGetInt64(reader.Find(0, "b"), out long value));
            Assert.AreEqual(2L, value);
        }
    }
}

using System;
using Firmware.Json;
using Firmware.Platform;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Json
{
    [TestClass]
    public class JsonReaderErrorTests
    {
        [TestMethod]
        [DataRow("", "byte 0: empty text")]
        [DataRow(" \r\n\t", "byte 4: empty text")]
        [DataRow("{\"a\":1,\"b\":}", "byte 11: unexpected byte")]
        [DataRow("[1 2]", "byte 3: unexpected byte")]
        [DataRow("[1,]", "byte 3: unexpected byte")]
        [DataRow("[1}", "byte 2: unexpected byte")]
        [DataRow("{\"a\" 1}", "byte 5: unexpected byte")]
        [DataRow("{a:1}", "byte 1: unexpected byte")]
        [DataRow("[trve]", "byte 3: unexpected byte")]
        [DataRow("x", "byte 0: unexpected byte")]
        [DataRow("\ufeff1", "byte 0: unexpected byte")]
        [DataRow("[] []", "byte 3: more than one value")]
        [DataRow("[]]", "byte 2: more than one value")]
        [DataRow("1 2", "byte 2: more than one value")]
        [DataRow("\"a\"\"b\"", "byte 3: more than one value")]
        [DataRow("\"a\",", "byte 3: more than one value")]
        [DataRow("[01]", "byte 2: invalid number")]
        [DataRow("[-x]", "byte 2: invalid number")]
        [DataRow("[1.]", "byte 3: invalid number")]
        [DataRow("[1e+]", "byte 4: invalid number")]
        [DataRow("[\"a\tb\"]", "byte 3: control character in a string")]
        [DataRow("{\"a\u0001\":1}", "byte 3: control character in a string")]
        [DataRow("[\"ab\\x\"]", "byte 4: invalid escape")]
        [DataRow("[\"\\u12g4\"]", "byte 2: invalid escape")]
        [DataRow("[\"\\U0041\"]", "byte 2: invalid escape")]
        [DataRow("[\"\\\t\"]", "byte 2: invalid escape")]
        [DataRow("[\"a\\ud800\"]", "byte 3: half of a surrogate pair")]
        public void The_first_fault_is_named_with_its_place(string json, string description)
        {
            Assert.AreEqual(description, JsonText.Try(json).Describe(), json);
        }

        [TestMethod]
        [DataRow("[")]
        [DataRow("{")]
        [DataRow("[1")]
        [DataRow("[1,")]
        [DataRow("[[]")]
        [DataRow("{\"a\"")]
        [DataRow("{\"a\":")]
        [DataRow("{\"a\":1")]
        [DataRow("{\"a\":1,")]
        [DataRow("{\"a\":{}")]
        [DataRow("{\"a\":[]")]
        [DataRow("[\"a")]
        [DataRow("[\"a]")]
        [DataRow("{\"a}")]
        [DataRow("[\"a\\")]
        [DataRow("\"")]
        [DataRow("\"a")]
        [DataRow("\"a}")]
        [DataRow("-")]
        [DataRow("1.")]
        [DataRow("1e")]
        [DataRow("tru")]
        [DataRow("[nul")]
        public void A_missing_rest_is_an_unexpected_end_behind_the_text(string json)
        {
            JsonReader reader = JsonText.Try(json);
            Assert.AreEqual((int)JsonError.UnexpectedEnd, (int)reader.Error, json);
            Assert.AreEqual(JsonText.Utf8(json).Length, reader.ErrorOffset, json);
        }

        [TestMethod]
        public void Zero_bytes_are_refused_everywhere()
        {
            byte[] json = JsonText.Utf8(" [ \"a\" , 1 ] ");
            for (int i = 0; i < json.Length; i++)
            {
                byte before = json[i];
                json[i] = 0;
                Assert.IsTrue(JsonText.Try(json).Error != JsonError.None, i.ToString());
                json[i] = before;
            }
        }

        [TestMethod]
        [DataRow("\\ud83d")]
        [DataRow("\\ude00")]
        [DataRow("\\ud83d ")]
        [DataRow("\\ud83dx")]
        [DataRow("\\ud83d\\n")]
        [DataRow("\\ud83d\\u0041")]
        [DataRow("\\ud83d\\ud83d")]
        [DataRow("\\ud83d\\ue000")]
        [DataRow("\\ud83d\\ude0")]
        [DataRow("\\ude00\\ud83d")]
        public void Half_a_surrogate_pair_is_refused(string body)
        {
            Assert.AreEqual((int)JsonError.LoneSurrogate, (int)JsonText.Try("[\"" + body + "\"]").Error, body);
            Assert.AreEqual((int)JsonError.LoneSurrogate, (int)JsonText.Try("\"" + body + "\"").Error, body);
        }

        [TestMethod]
        [DataRow("80")]
        [DataRow("bf")]
        [DataRow("c0af")]
        [DataRow("c1bf")]
        [DataRow("c2")]
        [DataRow("c27f")]
        [DataRow("c2c0")]
        [DataRow("e080af")]
        [DataRow("e09fbf")]
        [DataRow("e282")]
        [DataRow("e28228")]
        [DataRow("eda080")]
        [DataRow("edbfbf")]
        [DataRow("eda0bdedb880")]
        [DataRow("f08080af")]
        [DataRow("f08fbfbf")]
        [DataRow("f09f98")]
        [DataRow("f09f9828")]
        [DataRow("f4908080")]
        [DataRow("f5808080")]
        [DataRow("fe")]
        [DataRow("ff")]
        public void What_is_not_utf8_is_refused_in_strings(string hex)
        {
            Assert.AreEqual("byte 2: invalid UTF-8", JsonText.Try(JsonText.Hex("\"a", hex, "\"")).Describe(), hex);
            Assert.AreEqual("byte 3: invalid UTF-8", JsonText.Try(JsonText.Hex("[\"a", hex, "\"]")).Describe(), hex);
            Assert.AreEqual("byte 2: invalid UTF-8", JsonText.Try(JsonText.Hex("{\"", hex, "\":1}")).Describe(), hex);
        }

        [TestMethod]
        [DataRow("7f")]
        [DataRow("c280")]
        [DataRow("dfbf")]
        [DataRow("e0a080")]
        [DataRow("ed9fbf")]
        [DataRow("ee8080")]
        [DataRow("efbfbf")]
        [DataRow("f0908080")]
        [DataRow("f48fbfbf")]
        public void The_first_and_last_characters_of_every_length_are_accepted(string hex)
        {
            Assert.AreEqual("no error", JsonText.Try(JsonText.Hex("\"", hex, "\"")).Describe(), hex);
            Assert.AreEqual("no error", JsonText.Try(JsonText.Hex("{\"", hex, "a\":1}")).Describe(), hex);
        }

        [TestMethod]
        public void Sixteen_nested_containers_are_accepted()
        {
            Assert.AreEqual("no error", JsonText.Try(Nested(JsonReader.MaxDepth)).Describe());
        }

        [TestMethod]
        public void Seventeen_nested_containers_are_refused()
        {
            string json = Nested(JsonReader.MaxDepth + 1);
            JsonReader reader = JsonText.Try(json);
            Assert.AreEqual((int)JsonError.TooDeep, (int)reader.Error);
            Assert.AreEqual(json.IndexOf("0") - 1, reader.ErrorOffset);
        }

        [TestMethod]
        public void Endless_opening_brackets_are_refused_as_too_deep()
        {
            byte[] brackets = new byte[4096];
            for (int i = 0; i < brackets.Length; i++)
            {
                brackets[i] = (byte)'[';
            }

            Assert.AreEqual("byte 16: too many nested containers", JsonText.Try(brackets).Describe());
        }

        [TestMethod]
        [DataRow("[1,]", 3)]
        [DataRow("[1", 2)]
        [DataRow("1 2", 2)]
        [DataRow("\"\u0001\"", 1)]
        [DataRow("  ", 2)]
        public void Places_of_errors_count_from_the_start_of_the_text(string json, int place)
        {
            byte[] data = JsonText.Utf8("[7]" + json + "[8]");
            JsonReader reader = new JsonReader(100);
            Assert.IsFalse(reader.TryParse(data, 3, data.Length - 6));
            Assert.AreEqual(place, reader.ErrorOffset);
        }

        [TestMethod]
        public void A_text_over_the_limit_is_refused()
        {
            JsonReader reader = new JsonReader(4);
            Assert.IsTrue(reader.TryParse(JsonText.Utf8("[12]"), 0, 4));
            Assert.IsFalse(reader.TryParse(JsonText.Utf8("[123]"), 0, 5));
            Assert.AreEqual("byte 4: text too long", reader.Describe());
        }

        [TestMethod]
        public void An_error_does_not_outlive_the_next_text()
        {
            JsonReader reader = JsonText.Try("[");
            Assert.IsTrue(reader.TryParse(JsonText.Utf8("[]"), 0, 2));
            Assert.AreEqual((int)JsonError.None, (int)reader.Error);
            Assert.AreEqual(0, reader.ErrorOffset);
        }

        [TestMethod]
        public void Every_error_has_a_text_of_its_own()
        {
            string[] texts = Texts.New(12);
            for (int i = 0; i < texts.Length; i++)
            {
                JsonReader reader = JsonText.Try(Provoke(i));
                Assert.AreEqual(i, (int)reader.Error);
                texts[i] = reader.Describe().Substring(i == 0 ? 0 : reader.Describe().IndexOf(':'));
                for (int k = 0; k < i; k++)
                {
                    Assert.AreNotEqual(texts[k], texts[i]);
                }
            }
        }

        [TestMethod]
        public void Wrong_use_throws()
        {
            Assert.ThrowsException(typeof(ArgumentNullException), () => new JsonReader(10).TryParse(null, 0, 0));
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => new JsonReader(10).TryParse(new byte[2], 1, 2));
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => new JsonReader(10).TryParse(new byte[2], -1, 2));
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => new JsonReader(10).TryParse(new byte[2], 0, -1));
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => new JsonReader(0).Clear());
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => new JsonReader(32768).Clear());
        }

        /// <summary>That many containers inside one another, "[{"a":[…]}]".</summary>
        private static string Nested(int depth)
        {
            string before = "";
            string behind = "";
            for (int i = 0; i < depth; i++)
            {
                before += i % 2 == 0 ? "[" : "{\"a\":";
                behind = (i % 2 == 0 ? "]" : "}") + behind;
            }

            return before + "0" + behind;
        }

        /// <summary>A text with that error.</summary>
        private static byte[] Provoke(int error)
        {
            switch ((JsonError)error)
            {
                case JsonError.None:
                    return JsonText.Utf8("1");
                case JsonError.Empty:
                    return JsonText.Utf8("");
                case JsonError.TooLarge:
                    return new byte[4097];
                case JsonError.TooDeep:
                    return JsonText.Utf8("[[[[[[[[[[[[[[[[[");
                case JsonError.UnexpectedEnd:
                    return JsonText.Utf8("[");
                case JsonError.UnexpectedByte:
                    return JsonText.Utf8("?");
                case JsonError.TrailingData:
                    return JsonText.Utf8("1 1");
                case JsonError.ControlCharacter:
                    return JsonText.Utf8("\"\n\"");
                case JsonError.InvalidEscape:
                    return JsonText.Utf8("\"\\a\"");
                case JsonError.LoneSurrogate:
                    return JsonText.Utf8("\"\\ud800\"");
                case JsonError.InvalidUtf8:
                    return JsonText.Hex("\"", "ff", "\"");
                default:
                    return JsonText.Utf8("01");
            }
        }
    }
}

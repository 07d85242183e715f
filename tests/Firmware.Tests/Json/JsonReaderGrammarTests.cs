using Firmware.Json;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Json
{
    [TestClass]
    public class JsonReaderGrammarTests
    {
        [TestMethod]
        [DataRow("[]")]
        [DataRow("{}")]
        [DataRow("[ ]")]
        [DataRow("{\t}")]
        [DataRow(" \t\r\n[\t1\r,\n2 ] \t\r\n")]
        [DataRow(" { \"a\" : 1 , \"b\" : [ ] } ")]
        [DataRow("[[]]")]
        [DataRow("[[],[],{}]")]
        [DataRow("[{}]")]
        [DataRow("{\"\":0}")]
        [DataRow("{\"a\":{\"b\":{}}}")]
        [DataRow("{\"a\":1,\"a\":1}")]
        [DataRow("[null,1,\"1\",{}]")]
        [DataRow("[1,null,null,null,2]")]
        [DataRow("[true]")]
        [DataRow("[false ]")]
        [DataRow("true")]
        [DataRow("false")]
        [DataRow("null")]
        [DataRow(" 42 ")]
        [DataRow("-0.1")]
        [DataRow("\"\"")]
        [DataRow("\"text\"")]
        [DataRow(" \"]\" ")]
        public void Values_and_whitespace_are_accepted(string json)
        {
            Assert.AreEqual("no error", JsonText.Try(json).Describe(), json);
        }

        [TestMethod]
        [DataRow("0")]
        [DataRow("-0")]
        [DataRow("123")]
        [DataRow("-123")]
        [DataRow("0.0")]
        [DataRow("1.5")]
        [DataRow("20e1")]
        [DataRow("0e1")]
        [DataRow("0e+1")]
        [DataRow("1E22")]
        [DataRow("1E-2")]
        [DataRow("1E+2")]
        [DataRow("123.456e78")]
        [DataRow("-1e-999999999999")]
        [DataRow("123456789012345678901234567890.123456789012345678901234567890")]
        public void Numbers_of_any_size_are_accepted(string number)
        {
            Assert.AreEqual("no error", JsonText.Try("[" + number + "]").Describe(), number);
            Assert.AreEqual("no error", JsonText.Try(number).Describe(), number);
        }

        [TestMethod]
        [DataRow("\\\"\\\\\\/\\b\\f\\n\\r\\t")]
        [DataRow("\\u0000")]
        [DataRow("\\u00e4\\u00E4\\uAbCd")]
        [DataRow("\\ud83d\\ude00")]
        [DataRow("\\uDBFF\\uDFFF")]
        [DataRow("\\\\u0000")]
        [DataRow("\\\\\\\"")]
        [DataRow("a/*b*/c#d")]
        [DataRow("[{]},:")]
        [DataRow("}")]
        [DataRow("\u007f")]
        [DataRow("\u0080\u00e9\u20ac\ud83d\ude00\uffff")]
        [DataRow("\ufeff")]
        [DataRow("\u2028\u2029")]
        public void Strings_are_accepted(string body)
        {
            Assert.AreEqual("no error", JsonText.Try("[\"" + body + "\"]").Describe(), body);
            Assert.AreEqual("no error", JsonText.Try("{\"" + body + "\":\"" + body + "\"}").Describe(), body);
            Assert.AreEqual("no error", JsonText.Try("\"" + body + "\"").Describe(), body);
        }

        [TestMethod]
        [DataRow("[1 true]")]
        [DataRow("[\"\": 1]")]
        [DataRow("[\"\"],")]
        [DataRow("[,1]")]
        [DataRow("[1,,2]")]
        [DataRow("[1,]")]
        [DataRow("[,]")]
        [DataRow("[-]")]
        [DataRow("[   , \"\"]")]
        [DataRow("[1}")]
        [DataRow("{\"a\":1]")]
        [DataRow("[\"a\" \"b\"]")]
        [DataRow("[\"a\n\"]")]
        [DataRow("[1:2]")]
        [DataRow("[a]")]
        [DataRow("[\u00e5]")]
        [DataRow("[*]")]
        [DataRow("[']']")]
        [DataRow("[tru]")]
        [DataRow("[truth]")]
        [DataRow("[True]")]
        [DataRow("[nul]")]
        [DataRow("[nulL]")]
        [DataRow("[fals]")]
        [DataRow("[NaN]")]
        [DataRow("[Infinity]")]
        [DataRow("[-Infinity]")]
        [DataRow("[undefined]")]
        [DataRow("[\u000b]")]
        [DataRow("[\f]")]
        [DataRow("[\u00a0]")]
        [DataRow("[\u2060]")]
        [DataRow("\ufeff[]")]
        [DataRow("[1]//")]
        [DataRow("[1/**/]")]
        [DataRow("#")]
        [DataRow("<null>")]
        [DataRow("abc")]
        [DataRow("]")]
        [DataRow("}")]
        [DataRow(",")]
        [DataRow(":")]
        public void Text_that_breaks_the_grammar_is_refused(string json)
        {
            Assert.IsTrue(JsonText.Try(json).Error != JsonError.None, json);
        }

        [TestMethod]
        [DataRow("{1:1}")]
        [DataRow("{a:1}")]
        [DataRow("{'a':1}")]
        [DataRow("{\"a\"}")]
        [DataRow("{\"a\" \"b\"}")]
        [DataRow("{\"a\",1}")]
        [DataRow("{\"a\":}")]
        [DataRow("{:1}")]
        [DataRow("{\"a\":1,}")]
        [DataRow("{,\"a\":1}")]
        [DataRow("{\"a\":1,,\"b\":2}")]
        [DataRow("{\"a\":1 \"b\":2}")]
        [DataRow("{\"a\"::1}")]
        [DataRow("{\"a\":1:2}")]
        [DataRow("{\"a\":\"b\":\"c\"}")]
        [DataRow("{[]:1}")]
        [DataRow("{null:1}")]
        [DataRow("{\"a\":1}}")]
        [DataRow("{\"a\":1}#")]
        [DataRow("{\"a\":1}/**/")]
        [DataRow("{}{}")]
        public void Objects_that_break_the_grammar_are_refused(string json)
        {
            Assert.IsTrue(JsonText.Try(json).Error != JsonError.None, json);
        }

        [TestMethod]
        [DataRow("-")]
        [DataRow("+1")]
        [DataRow("++1")]
        [DataRow("--1")]
        [DataRow("- 1")]
        [DataRow("-a")]
        [DataRow("00")]
        [DataRow("01")]
        [DataRow("-01")]
        [DataRow("-00")]
        [DataRow("-012")]
        [DataRow("1.")]
        [DataRow("-1.")]
        [DataRow(".1")]
        [DataRow("-.1")]
        [DataRow("1.e1")]
        [DataRow("1..2")]
        [DataRow("1.2.3")]
        [DataRow("1e")]
        [DataRow("1e+")]
        [DataRow("1E-")]
        [DataRow("1e1.5")]
        [DataRow("1e1e1")]
        [DataRow("e1")]
        [DataRow("1ea")]
        [DataRow("0x1")]
        [DataRow("1a")]
        [DataRow("1_000")]
        [DataRow("1 000")]
        [DataRow("0.1.2")]
        [DataRow("\uff11")]
        public void Numbers_that_break_the_grammar_are_refused(string number)
        {
            Assert.IsTrue(JsonText.Try("[" + number + "]").Error != JsonError.None, number);
            Assert.IsTrue(JsonText.Try("{\"a\":" + number + "}").Error != JsonError.None, number);
            Assert.IsTrue(JsonText.Try(number).Error != JsonError.None, number);
        }

        [TestMethod]
        [DataRow("{\"a\":[1,true,null,\"b\\n\\u00e4\u00e4\"],\"c\":{\"d\":-1.5e+3}}")]
        [DataRow("[ {} , [] ]")]
        [DataRow("\"a\\ud83d\\ude00\"")]
        [DataRow("false")]
        public void Every_beginning_of_a_container_string_or_literal_alone_is_refused(string json)
        {
            byte[] whole = JsonText.Utf8(json);
            JsonReader reader = new JsonReader(100);
            Assert.IsTrue(reader.TryParse(whole, 0, whole.Length));
            for (int count = 0; count < whole.Length; count++)
            {
                Assert.IsFalse(reader.TryParse(whole, 0, count), count.ToString());
            }
        }
    }
}

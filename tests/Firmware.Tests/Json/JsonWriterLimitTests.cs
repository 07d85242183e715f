using System;
using System.Text;
using Firmware.Json;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Json
{
    [TestClass]
    public class JsonWriterLimitTests
    {
        [TestMethod]
        public void Truncate_goes_back_to_every_earlier_length()
        {
            // After each call: what is written next, and the text that has to come out.
            Assert.AreEqual("7", Retried(0));
            Assert.AreEqual("[7]", Retried(1));
            Assert.AreEqual("[1,7]", Retried(2));
            Assert.AreEqual("[1,{\"k\":7}]", Retried(3));
            Assert.AreEqual("[1,{\"a\":7}]", Retried(4));
            Assert.AreEqual("[1,{\"a\":\",\",\"k\":7}]", Retried(5));
            Assert.AreEqual("[1,{\"a\":\",\"},7]", Retried(6));
        }

        [TestMethod]
        public void Truncate_to_the_present_length_changes_nothing()
        {
            JsonWriter writer = new JsonWriter(10, 10);
            writer.BeginArray();
            writer.Truncate(writer.Length);
            writer.Number(1);
            writer.Truncate(writer.Length);
            writer.Number(2);
            writer.EndArray();
            writer.Truncate(writer.Length);
            AssertText("[1,2]", writer);
        }

        [TestMethod]
        public void Truncate_forward_throws()
        {
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => new JsonWriter(10, 10).Truncate(1));
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => new JsonWriter(10, 10).Truncate(-1));
        }

        [TestMethod]
        public void A_text_of_exactly_the_limit_fits()
        {
            const string json = "{\"a\":[\"b\\n\u00e4\",12,-0.5,true,null]}";
            int length = JsonText.Utf8(json).Length;
            JsonWriter writer = new JsonWriter(0, length);
            WriteSample(writer);
            Assert.IsFalse(writer.IsTooLong);
            AssertText(json, writer);
            for (int limit = 0; limit < length; limit++)
            {
                writer = new JsonWriter(0, limit);
                WriteSample(writer);
                Assert.IsTrue(writer.IsTooLong, limit.ToString());
                Assert.IsTrue(writer.Length <= limit, limit.ToString());
                Assert.IsTrue(writer.Buffer.Length <= limit + 1, limit.ToString());
            }
        }

        [TestMethod]
        public void What_does_not_fit_is_missing_as_a_whole()
        {
            JsonWriter writer = new JsonWriter(0, 8);
            writer.BeginArray();
            writer.Number(1);
            writer.String("12345");
            Assert.IsTrue(writer.IsTooLong);
            writer.String("12");
            writer.EndArray();
            Assert.IsTrue(writer.IsTooLong);
            AssertText("[1,\"12\"]", writer);
        }

        [TestMethod]
        public void Truncate_to_before_the_loss_makes_a_text_whole_again()
        {
            JsonWriter writer = new JsonWriter(0, 8);
            writer.BeginArray();
            writer.Number(1);
            int length = writer.Length;
            writer.String("12345");
            writer.Number(2);
            Assert.IsTrue(writer.IsTooLong);
            writer.Truncate(length);
            Assert.IsFalse(writer.IsTooLong);
            writer.EndArray();
            AssertText("[1]", writer);
        }

        [TestMethod]
        public void Truncate_to_behind_the_loss_does_not_hide_it()
        {
            JsonWriter writer = new JsonWriter(0, 8);
            writer.BeginArray();
            writer.String("1234567");
            writer.Number(2);
            int length = writer.Length;
            writer.Number(3);
            writer.Truncate(length);
            Assert.IsTrue(writer.IsTooLong);
        }

        [TestMethod]
        public void The_buffer_grows_up_to_the_limit_and_stays()
        {
            JsonWriter writer = new JsonWriter(4, 100);
            writer.String("0123456789");
            Assert.IsTrue(writer.Buffer.Length >= writer.Length);
            byte[] buffer = writer.Buffer;
            writer.Clear();
            writer.String("01234567");
            Assert.AreSame(buffer, writer.Buffer);
        }

        [TestMethod]
        public void Release_lets_go_of_the_text_and_its_memory()
        {
            JsonWriter writer = new JsonWriter(4, 100);
            writer.String("0123456789");
            writer.Release();
            Assert.AreEqual(0, writer.Length);
            Assert.AreEqual(0, writer.Buffer.Length);
            writer.String("01");
            AssertText("\"01\"", writer);
        }

        [TestMethod]
        public void Limits_that_contradict_throw()
        {
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => new JsonWriter(-1, 10).Clear());
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => new JsonWriter(11, 10).Clear());
        }

        private static void WriteSample(JsonWriter writer)
        {
            writer.BeginObject();
            writer.Name("a");
            writer.BeginArray();
            writer.String("b\n\u00e4");
            writer.Number(12);
            writer.Fixed(-5, 1);
            writer.Boolean(true);
            writer.Null();
            writer.EndArray();
            writer.EndObject();
        }

        /// <summary>Notes the length after some steps, goes on, comes back and ends the text in another way.</summary>
        private static string Retried(int steps)
        {
            JsonWriter writer = new JsonWriter(0, 100);
            int noted = 0;
            for (int step = 1; step <= 7; step++)
            {
                noted = step == steps + 1 ? writer.Length : noted;
                Step(writer, step);
            }

            writer.Truncate(noted);
            bool inObject = steps == 3 || steps == 5;
            if (inObject)
            {
                writer.Name("k");
            }

            writer.Number(7);
            if (steps >= 3 && steps <= 5)
            {
                writer.EndObject();
            }

            if (steps > 0)
            {
                writer.EndArray();
            }

            return TextOf(writer);
        }

        private static void Step(JsonWriter writer, int step)
        {
            switch (step)
            {
                case 1:
                    writer.BeginArray();
                    break;
                case 2:
                    writer.Number(1);
                    break;
                case 3:
                    writer.BeginObject();
                    break;
                case 4:
                    writer.Name("a");
                    break;
                case 5:
                    writer.String(",");
                    break;
                case 6:
                    writer.EndObject();
                    break;
                default:
                    writer.EndArray();
                    break;
            }
        }

        private static string TextOf(JsonWriter writer)
        {
            return Encoding.UTF8.GetString(writer.Buffer, 0, writer.Length);
        }

        private static void AssertText(string expected, JsonWriter writer)
        {
            Assert.AreEqual(expected, TextOf(writer));
        }
    }
}

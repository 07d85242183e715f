using Firmware.Platform;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Platform
{
    [TestClass]
    public class TopicLevelTests
    {
        [TestMethod]
        [DataRow("a")]
        [DataRow("dashboard-1")]
        [DataRow("A_Z-az09")]
        [DataRow("12345678901234567890123456789012")]
        public void Valid_topic_level_is_accepted(string text)
        {
            Assert.IsTrue(TopicLevel.IsValid(text));
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("123456789012345678901234567890123")]
        [DataRow("a/b")]
        [DataRow("/")]
        [DataRow("a+")]
        [DataRow("#")]
        [DataRow("$SYS")]
        [DataRow("a b")]
        [DataRow("a.b")]
        [DataRow("\u00FC")]
        [DataRow("a\n")]
        [DataRow("@[`{")]
        public void Invalid_topic_level_is_refused(string text)
        {
            Assert.IsFalse(TopicLevel.IsValid(text));
        }

        [TestMethod]
        [DataRow("m2m")]
        [DataRow("a/b")]
        [DataRow("site-1/hall_2/m2m")]
        public void Valid_topic_path_is_accepted(string text)
        {
            Assert.IsTrue(TopicLevel.IsPath(text, 64));
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("/")]
        [DataRow("/a")]
        [DataRow("a/")]
        [DataRow("a//b")]
        [DataRow("a/+")]
        [DataRow("a/#")]
        [DataRow("a /b")]
        public void Invalid_topic_path_is_refused(string text)
        {
            Assert.IsFalse(TopicLevel.IsPath(text, 64));
        }

        [TestMethod]
        [DataRow(3, true)]
        [DataRow(2, false)]
        public void Topic_path_has_a_maximum_length(int maxLength, bool accepted)
        {
            Assert.AreEqual(accepted, TopicLevel.IsPath("a/b", maxLength));
        }
    }
}

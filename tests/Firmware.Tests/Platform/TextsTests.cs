using Firmware.Platform;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Platform
{
    [TestClass]
    public class TextsTests
    {
        [TestMethod]
        public void Elements_of_a_new_text_array_can_be_compared()
        {
            string[] texts = Texts.New(2);

            Assert.AreEqual(2, texts.Length);
            Assert.IsFalse(texts[0] == "a");
            Assert.IsTrue(texts[0] == texts[1]);
            Assert.IsNull(texts[1]);
        }
    }
}

using System.Text;
using Firmware.Cryptography;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Cryptography
{
    [TestClass]
    public class Base64Tests
    {
        // RFC 4648, section 10.
        [TestMethod]
        [DataRow("", "")]
        [DataRow("Zg==", "f")]
        [DataRow("Zm8=", "fo")]
        [DataRow("Zm9v", "foo")]
        [DataRow("Zm9vYg==", "foob")]
        [DataRow("Zm9vYmE=", "fooba")]
        [DataRow("Zm9vYmFy", "foobar")]
        public void Text_is_decoded(string text, string expected) =>
            CollectionAssert.AreEqual(Encoding.UTF8.GetBytes(expected), Decode(text));

        [TestMethod]
        public void Whole_alphabet_is_decoded() => Assert.AreEqual(
            "00108310518720928b30d38f41149351559761969b71d79f8218a39259a7a29aabb2dbafc31cb3d35db7e39ebbf3dfbf",
            Hex.Text(Decode("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")));

        [TestMethod]
        [DataRow("Z")]
        [DataRow("Zg")]
        [DataRow("Zg=")]
        [DataRow("Zm9vYg")]
        [DataRow("Zh==")]
        [DataRow("Zm9=")]
        [DataRow("Z===")]
        [DataRow("====")]
        [DataRow("==")]
        [DataRow("=")]
        [DataRow("Zm9v====")]
        [DataRow("Zg==Zm9v")]
        [DataRow("Zm8=Zm9v")]
        [DataRow("Z=m8")]
        [DataRow("Zm9v\n")]
        [DataRow("Zm9v\n   ")]
        [DataRow(" m9v")]
        [DataRow("Zm-v")]
        [DataRow("Zm_v")]
        [DataRow("Zm.v")]
        [DataRow("Zm@v")]
        [DataRow("Zm[v")]
        [DataRow("Zm`v")]
        [DataRow("Zm{v")]
        [DataRow("Zm:v")]
        [DataRow("Zm,v")]
        [DataRow("Zm\u00e4")]
        public void What_no_encoder_writes_is_refused(string text) => Assert.IsNull(Decode(text));

        private static byte[] Decode(string text) => Base64.Decode(Encoding.UTF8.GetBytes(text));
    }
}

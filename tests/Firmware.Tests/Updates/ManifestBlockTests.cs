using Firmware.Cryptography;
using Firmware.Updates;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Updates
{
    [TestClass]
    public class ManifestBlockTests
    {
        [TestMethod]
        [DataRow(0, 4096)]
        [DataRow(1, 904)]
        public void Block_of_the_image_is_the_one_meant(int number, int length) =>
            Assert.IsTrue(IsMeant(number, Block(number, length)));

        [TestMethod]
        [DataRow(0, 0, 4096)]
        [DataRow(0, 4095, 4096)]
        [DataRow(1, 903, 904)]
        public void Altered_block_is_refused(int number, int at, int length)
        {
            byte[] block = Block(number, length);
            block[at] ^= 1;
            Assert.IsFalse(IsMeant(number, block));
        }

        [TestMethod]
        [DataRow(0, 0)]
        [DataRow(0, 4095)]
        [DataRow(0, 4097)]
        [DataRow(1, 903)]
        [DataRow(1, 905)]
        [DataRow(1, 4096)]
        [DataRow(2, 0)]
        [DataRow(2, 904)]
        [DataRow(-1, 4096)]
        [DataRow(-1, 0)]
        [DataRow(int.MaxValue, 904)]
        [DataRow(int.MinValue, 904)]
        public void Block_of_another_number_or_length_is_refused(int number, int length) =>
            Assert.IsFalse(IsMeant(number, Block(number < 0 || number > 1 ? 0 : number, length)));

        [TestMethod]
        public void Block_in_the_place_of_another_is_refused() => Assert.IsFalse(IsMeant(0, Block(1, 4096)));

        [TestMethod]
        public void Nothing_is_refused() => Assert.IsFalse(IsMeant(0, null));

        private static bool IsMeant(int number, byte[] block)
        {
            Manifest manifest = new ManifestReader().Read(SignedManifests.Text(SignedManifests.Manifest));
            return manifest.Matches(new Sha256(), number, block);
        }

        private static byte[] Block(int number, int length)
        {
            byte[] block = new byte[length];
            for (int i = 0; i < length; i++)
            {
                block[i] = (byte)((number * 4096 + i) % 251);
            }

            return block;
        }
    }
}

using System.Text;
using Firmware.Cryptography;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Cryptography
{
    [TestClass]
    public class Sha256Tests
    {
        // FIPS 180-4 examples, and the short and long messages of NIST's SHA test vectors (SHAVS) for bytes.
        [TestMethod]
        [DataRow("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
        [DataRow("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
        [DataRow("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
        [DataRow("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu", "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1")]
        public void Text_has_its_hash(string text, string hash)
        {
            byte[] data = Encoding.UTF8.GetBytes(text);
            Assert.AreEqual(hash, Hex.Text(Sha256.Hash(data, 0, data.Length)));
        }

        [TestMethod]
        [DataRow("d3", "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1")]
        [DataRow("11af", "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98")]
        [DataRow("74ba2521", "b16aa56be3880d18cd41e68384cf1ec8c17680c45a02b1575dc1518923ae8b0e")]
        public void Bytes_have_their_hash(string data, string hash)
        {
            byte[] bytes = Hex.Bytes(data);
            Assert.AreEqual(hash, Hex.Text(Sha256.Hash(bytes, 0, bytes.Length)));
        }

        // Made with another implementation: as many zeros as the length says.
        [TestMethod]
        [DataRow(55, "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7")]
        [DataRow(56, "d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb")]
        [DataRow(63, "c7723fa1e0127975e49e62e753db53924c1bd84b8ac1ac08df78d09270f3d971")]
        [DataRow(64, "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b")]
        [DataRow(65, "98ce42deef51d40269d542f5314bef2c7468d401ad5d85168bfab4c0108f75f7")]
        [DataRow(119, "f616b0d54e78571a9611f343c9f8e022e859e920381ab0e4d3da01e193a7bd7e")]
        [DataRow(120, "6edd9f6f9cc92cded36e6c4a580933f9c9f1b90562b46903b806f21902a1a54f")]
        [DataRow(128, "38723a2e5e8a17aa7950dc008209944e898f69a7bd10a23c839d341e935fd5ca")]
        [DataRow(1000, "541b3e9daa09b20bf85fa273e5cbd3e80185aa4ec298e765db87742b70138a53")]
        public void Zeros_around_the_ends_of_blocks_have_their_hash(int length, string hash)
        {
            Assert.AreEqual(hash, Hex.Text(Sha256.Hash(new byte[length], 0, length)));
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(7)]
        public void Place_in_the_array_does_not_matter(int offset)
        {
            byte[] data = new byte[300];
            for (int i = 0; i < data.Length; i++)
            {
                data[i] = (byte)(i < offset || i >= offset + 200 ? 99 : i - offset);
            }

            Assert.AreEqual("1901da1c9f699b48f6b2636e65cbf73abf99d0441ef67f5c540a42f7051dec6f", Hex.Text(Sha256.Hash(data, offset, 200)));
        }
    }
}

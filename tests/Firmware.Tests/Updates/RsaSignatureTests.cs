using Firmware.Platform;
using Firmware.Tests.Fakes;
using Firmware.Updates;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Updates
{
    [TestClass]
    public class RsaSignatureTests
    {
        [TestMethod]
        public void Signature_of_2048_bits_is_valid() => Assert.IsTrue(IsValid(SignedManifests.Short));

        [TestMethod]
        public void Signature_of_3072_bits_with_exponent_3_is_valid()
        {
            byte[] text = SignedManifests.Text(SignedManifests.Manifest);
            Assert.IsTrue(RsaSignature.Verify(SignedManifests.LongKey, text, Hex.Bytes(SignedManifests.Long)));
        }

        [TestMethod]
        public void Signature_of_another_text_is_not_valid() => Assert.IsFalse(IsValid(SignedManifests.DowngradeSignature));

        [TestMethod]
        [DataRow(SignedManifests.ShortPadding)]
        [DataRow(SignedManifests.LongPadding)]
        [DataRow(SignedManifests.WrongBlockType)]
        [DataRow(SignedManifests.ExtraByte)]
        [DataRow(SignedManifests.MissingByte)]
        [DataRow(SignedManifests.WrongHash)]
        [DataRow(SignedManifests.NoNull)]
        [DataRow(SignedManifests.BerLength)]
        [DataRow(SignedManifests.BareHash)]
        public void Signature_of_another_encoding_is_not_valid(string signature) => Assert.IsFalse(IsValid(signature));

        [TestMethod]
        [DataRow("")]
        [DataRow("00")]
        [DataRow(SignedManifests.Long)]
        [DataRow("00" + SignedManifests.Short)]
        [DataRow(SignedManifests.Short + "00")]
        public void Signature_of_another_length_is_not_valid(string signature) => Assert.IsFalse(IsValid(signature));

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        public void Small_number_is_no_signature(int number)
        {
            byte[] signature = new byte[256];
            signature[255] = (byte)number;
            Assert.IsFalse(Verify(SignedManifests.ShortKey, signature));
        }

        [TestMethod]
        [DataRow(-1)]
        [DataRow(0)]
        [DataRow(1)]
        public void Number_next_to_the_modulus_is_no_signature(int difference)
        {
            byte[] signature = Hex.Bytes(SignedManifests.ShortModulus);
            signature[255] = (byte)(signature[255] + difference);
            Assert.IsFalse(Verify(SignedManifests.ShortKey, signature));
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        [DataRow(0)]
        [DataRow(-3)]
        [DataRow(65536)]
        [DataRow(int.MinValue)]
        [DataRow(65539)]
        public void Exponent_that_is_not_the_keys_is_refused(int exponent)
        {
            RsaKey key = new RsaKey(Hex.Bytes(SignedManifests.ShortModulus), exponent);
            Assert.IsFalse(Verify(key, Hex.Bytes(SignedManifests.Short)));
        }

        [TestMethod]
        public void Even_modulus_is_refused()
        {
            byte[] modulus = Hex.Bytes(SignedManifests.ShortModulus);
            modulus[255] ^= 1;
            Assert.IsFalse(Verify(new RsaKey(modulus, 65537), Hex.Bytes(SignedManifests.Short)));
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(128)]
        [DataRow(255)]
        [DataRow(257)]
        [DataRow(512)]
        public void Modulus_of_another_length_is_refused(int length)
        {
            byte[] modulus = new byte[length];
            for (int i = 0; i < length; i++)
            {
                modulus[i] = 0xFF;
            }

            Assert.IsFalse(Verify(new RsaKey(modulus, 3), new byte[length]));
        }

        [TestMethod]
        public void Modulus_without_its_leading_bit_is_refused()
        {
            byte[] modulus = new byte[256];
            modulus[0] = 0x7F;
            modulus[255] = 1;
            Assert.IsFalse(Verify(new RsaKey(modulus, 3), new byte[256]));
        }

        [TestMethod]
        public void Nothing_is_not_valid()
        {
            byte[] signature = Hex.Bytes(SignedManifests.Short);
            Assert.IsFalse(Verify(SignedManifests.ShortKey, null));
            Assert.IsFalse(Verify(null, signature));
            Assert.IsFalse(Verify(new RsaKey(null, 3), signature));
            Assert.IsFalse(RsaSignature.Verify(SignedManifests.ShortKey, null, signature));
            Assert.IsFalse(RsaSignature.Verify(SignedManifests.ShortKey, new byte[0], signature));
        }

        private static bool IsValid(string signature) => Verify(SignedManifests.ShortKey, Hex.Bytes(signature));

        private static bool Verify(RsaKey key, byte[] signature) =>
            RsaSignature.Verify(key, SignedManifests.Text(SignedManifests.Manifest), signature);
    }
}

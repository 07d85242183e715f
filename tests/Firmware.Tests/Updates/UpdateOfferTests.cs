using System;
using System.Text;
using Firmware.Json;
using Firmware.Messaging;
using Firmware.Tests.Fakes;
using Firmware.Updates;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Updates
{
    [TestClass]
    public class UpdateOfferTests
    {
        [TestMethod]
        public void Offer_of_a_retained_message_is_read()
        {
            UpdateOffer offer = UpdateOffer.Read(Offers.Payload(SignedManifests.Manifest, SignedManifests.Short), out RpcError error);
            Assert.IsNull(error);
            Assert.AreEqual(SignedManifests.Manifest, Text(offer.Manifest));
            CollectionAssert.AreEqual(Hex.Bytes(SignedManifests.Short), offer.Signature);
        }

        [TestMethod]
        public void Offer_in_a_request_is_read()
        {
            byte[] request = Encoding.UTF8.GetBytes("{\"params\":{\"force\":true,\"manifest\":\"\\u00e4\\n\",\"signature\":\"" + Zeros(384) + "\"}}");
            JsonReader reader = new JsonReader(4096);
            Assert.IsTrue(reader.TryParse(request, 0, request.Length));
            UpdateOffer offer = UpdateOffer.Read(reader, reader.Find(0, "params"), out RpcError error);
            Assert.IsNull(error);
            Assert.AreEqual("c3a40a", Hex.Text(offer.Manifest));
            Assert.AreEqual(384, offer.Signature.Length);
        }

        [TestMethod]
        [DataRow("{}", "manifest")]
        [DataRow("[]", "manifest")]
        [DataRow("1", "manifest")]
        [DataRow("{\"manifest\":\"\"}", "manifest")]
        [DataRow("{\"manifest\":{}}", "manifest")]
        [DataRow("{\"manifest\":null}", "manifest")]
        [DataRow("{\"manifest\":\"a\"}", "signature")]
        [DataRow("{\"manifest\":\"a\",\"signature\":\"\"}", "signature")]
        [DataRow("{\"manifest\":\"a\",\"signature\":1}", "signature")]
        [DataRow("{\"manifest\":\"a\",\"signature\":\"AAAA\"}", "signature")]
        [DataRow("{\"manifest\":\"a\",\"signature\":\"A\"}", "signature")]
        public void Param_that_is_wrong_is_reported(string payload, string param)
        {
            Assert.IsNull(UpdateOffer.Read(Encoding.UTF8.GetBytes(payload), out RpcError error));
            Assert.AreEqual(RpcError.InvalidParamsCode, error.Code);
            Assert.AreEqual(param, error.Param);
        }

        [TestMethod]
        [DataRow(255)]
        [DataRow(257)]
        [DataRow(383)]
        [DataRow(385)]
        [DataRow(512)]
        public void Signature_of_another_length_is_refused(int length)
        {
            byte[] payload = Encoding.UTF8.GetBytes("{\"manifest\":\"a\",\"signature\":\"" + Zeros(length) + "\"}");
            Assert.IsNull(UpdateOffer.Read(payload, out RpcError error));
            Assert.AreEqual("signature", error.Param);
        }

        [TestMethod]
        [DataRow(3328, true)]
        [DataRow(3329, false)]
        public void Manifest_has_3328_bytes_at_most(int length, bool read)
        {
            byte[] payload = Encoding.UTF8.GetBytes("{\"manifest\":\"" + new string('m', length) + "\",\"signature\":\"" + Zeros(384) + "\"}");
            Assert.AreEqual(read, UpdateOffer.Read(payload, out RpcError error) != null);
            Assert.AreEqual(read, error == null);
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("{")]
        public void Message_that_is_no_json_is_refused(string payload)
        {
            Assert.IsNull(UpdateOffer.Read(Encoding.UTF8.GetBytes(payload), out RpcError error));
            Assert.AreEqual(RpcError.ParseErrorCode, error.Code);
        }

        [TestMethod]
        public void Nothing_and_too_much_are_refused()
        {
            Assert.IsNull(UpdateOffer.Read(null, out RpcError error));
            Assert.IsNotNull(error);
            Assert.IsNull(UpdateOffer.Read(new byte[UpdateOffer.MaxLength + 1], out error));
            Assert.IsNotNull(error);
        }

        [TestMethod]
        [DataRow(SignedManifests.Short)]
        [DataRow(SignedManifests.Long)]
        public void Offer_comes_back_from_flash(string signature)
        {
            UpdateOffer offer = UpdateOffer.Read(Offers.Payload(SignedManifests.Manifest, signature), out _);
            UpdateOffer restored = UpdateOffer.Restore(offer.ToBytes());
            CollectionAssert.AreEqual(offer.Manifest, restored.Manifest);
            CollectionAssert.AreEqual(offer.Signature, restored.Signature);
        }

        [TestMethod]
        public void Bytes_on_flash_are_length_manifest_signature()
        {
            byte[] payload = Encoding.UTF8.GetBytes("{\"manifest\":\"" + new string('m', 258) + "\",\"signature\":\"" + Zeros(256) + "\"}");
            byte[] stored = UpdateOffer.Read(payload, out _).ToBytes();
            Assert.AreEqual(2 + 258 + 256, stored.Length);
            Assert.AreEqual(2, (int)stored[0]);
            Assert.AreEqual(1, (int)stored[1]);
            Assert.AreEqual(109, (int)stored[2]);
            Assert.AreEqual(109, (int)stored[259]);
            Assert.AreEqual(0, (int)stored[260]);
        }

        [TestMethod]
        [DataRow(0, 0)]
        [DataRow(1, 1)]
        [DataRow(2, 0)]
        [DataRow(2, 1)]
        [DataRow(258, 0)]
        [DataRow(258, 1)]
        [DataRow(258, 256)]
        [DataRow(258, 257)]
        [DataRow(259, 0)]
        [DataRow(259, 2)]
        [DataRow(259, 65535)]
        [DataRow(3715, 3329)]
        [DataRow(3714, 3329)]
        [DataRow(4097, 3328)]
        public void Bytes_that_are_no_offer_are_refused(int length, int manifest)
        {
            byte[] stored = new byte[length];
            if (length > 1)
            {
                stored[0] = (byte)manifest;
                stored[1] = (byte)(manifest >> 8);
            }

            Assert.IsNull(UpdateOffer.Restore(stored));
        }

        [TestMethod]
        public void No_bytes_are_no_offer() => Assert.IsNull(UpdateOffer.Restore(null));

        private static string Zeros(int length) => Convert.ToBase64String(new byte[length]);

        private static string Text(byte[] utf8) => Encoding.UTF8.GetString(utf8, 0, utf8.Length);
    }
}

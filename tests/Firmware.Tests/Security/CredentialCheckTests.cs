using System;
using Firmware.Security;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Security
{
    /// <summary>What is kept and what is refused, and why.</summary>
    [TestClass]
    public class CredentialCheckTests
    {
        private static readonly string Certificate = TestCertificates.Ca(1);

        [TestMethod]
        public void Certificates_of_authorities_are_kept() => Assert.IsNull(Check(false, Certificate + TestCertificates.Ca(2)));

        [TestMethod]
        public void Certificate_and_key_are_kept() => Assert.IsNull(Check(true, TestCertificates.Client(1)));

        [TestMethod]
        public void Chain_is_kept() => Assert.IsNull(Check(true, Certificate + TestCertificates.Ca(7) + TestCertificates.Key(1)));

        [TestMethod]
        public void Key_of_sec1_is_kept_with_its_parameters() =>
            Assert.IsNull(Check(true, Certificate + TestCertificates.Pem("EC PARAMETERS", TestCertificates.SmallNumber(1)) + TestCertificates.Pem("EC " + TestCertificates.KeyLabel, TestCertificates.EcKey(1))));

        [TestMethod]
        public void Ec_key_without_its_point_is_kept() =>
            Assert.IsNull(Check(true, Certificate + Key("EC ", TestCertificates.Element(0x30, TestCertificates.SmallNumber(1), TestCertificates.Element(0x04, new byte[32])))));

        [TestMethod]
        [DataRow(1, "")]
        [DataRow(2, "block 2: the private key does not belong to the certificate")]
        public void Rsa_key_is_compared_by_its_modulus(int seed, string reason)
        {
            string certificate = TestCertificates.Pem("CERTIFICATE", Rsa());
            Assert.AreEqual(reason, Text(true, certificate + Key("RSA ", TestCertificates.RsaKey(seed))));
            byte[] pkcs8 = TestCertificates.Element(0x30, TestCertificates.SmallNumber(0), TestCertificates.Element(0x30), TestCertificates.Element(0x04, TestCertificates.RsaKey(seed)));
            Assert.AreEqual(reason, Text(true, certificate + Key(string.Empty, pkcs8)));
        }

        [TestMethod]
        public void Key_of_another_kind_does_not_belong()
        {
            const string Reason = "block 2: the private key does not belong to the certificate";
            Assert.AreEqual(Reason, Check(true, Certificate + Key("RSA ", TestCertificates.RsaKey(1))));
            Assert.AreEqual(Reason, Check(true, TestCertificates.Pem("CERTIFICATE", Rsa()) + TestCertificates.Key(1)));
            Assert.AreEqual(Reason, Check(true, Certificate + TestCertificates.Key(2)));
        }

        [TestMethod]
        public void What_is_missing_or_in_the_wrong_place_is_named()
        {
            string key = TestCertificates.Key(1);
            Assert.AreEqual("has no private key", Check(true, Certificate));
            Assert.AreEqual("block 1: the certificate must come before the private key", Check(true, key + Certificate));
            Assert.AreEqual("block 3: is a second private key", Check(true, Certificate + key + key));
            Assert.AreEqual("block 3: certificates must come before the private key", Check(true, Certificate + key + Certificate));
            Assert.AreEqual("block 2: is a private key: an authority's does not belong on a device", Check(false, Certificate + key));
            Assert.AreEqual("has no certificate: PEM is needed, or the base64 of one DER", Check(false, "hello"));
            Assert.AreEqual("\"PUBLIC KEY\" is neither a certificate nor a private key", Check(false, Certificate + TestCertificates.Pem("PUBLIC KEY", new byte[9])));
            Assert.AreEqual("the private key is encrypted: send it without a password", Check(true, Certificate + Key("ENCRYPTED ", new byte[9])));
            Assert.AreEqual("has a character that is not base64", Check(false, "-----BEGIN CERTIFICATE-----\nMII!\n"));
            Assert.AreEqual("has a character that is not base64", Check(false, "-----BEGIN CERTIFICATE-----\nMI==MIIB\n"));
            Assert.AreEqual("block 2: is no private key for EC or RSA without a password: its DER cannot be read", Check(true, Certificate + "-----BEGIN EC " + TestCertificates.KeyLabel + "-----\nProc-Type: 4,ENCRYPTED\n"));
            Assert.AreEqual("a line \"-----BEGIN\" names no known block", Check(true, "-----BEGIN a-----\n"));
        }

        [TestMethod]
        public void Certificate_that_is_cut_or_longer_is_none()
        {
            byte[] der = TestCertificates.Certificate(1);
            for (int length = 0; length <= der.Length + 1; length++)
            {
                byte[] cut = new byte[length];
                Array.Copy(der, cut, length < der.Length ? length : der.Length);
                string reason = Check(false, TestCertificates.Pem("CERTIFICATE", cut));
                Assert.AreEqual(length == der.Length ? null : "block 1: is no certificate: its DER cannot be read", reason, length + " bytes");
            }
        }

        [TestMethod]
        [DataRow(0x17, "700101000000Z", 0L)]
        [DataRow(0x17, "000229120000Z", 951825600L)]
        [DataRow(0x17, "491231235959Z", 2524607999L)]
        [DataRow(0x17, "500101000000Z", -631152000L)]
        [DataRow(0x18, "20500101000000Z", 2524608000L)]
        [DataRow(0x18, "21000301000000Z", 4107542400L)]
        [DataRow(0x18, "99991231235959Z", 253402300799L)]
        [DataRow(0x17, "7001010000Z", long.MinValue)]
        [DataRow(0x17, "700001000000Z", long.MinValue)]
        [DataRow(0x17, "70010x000000Z", long.MinValue)]
        [DataRow(0x17, "700101000000+", long.MinValue)]
        [DataRow(0x19, "700101000000Z", long.MinValue)]
        public void Time_is_read(int tag, string text, long seconds)
        {
            CredentialCheck check = new CredentialCheck(false);
            byte[] der = TestCertificates.Certificate(TestCertificates.Time(0x17, "260101000000Z"), TestCertificates.Time(tag, text), TestCertificates.Point(1));
            string reason = Check(check, TestCertificates.Pem("CERTIFICATE", der));
            Assert.AreEqual(seconds, reason == null ? check.NotAfter : long.MinValue);
        }

        [TestMethod]
        public void Fingerprint_is_that_of_the_first_certificate()
        {
            CredentialCheck check = new CredentialCheck(false);
            Check(check, Certificate + TestCertificates.Ca(2));
            byte[] der = TestCertificates.Certificate(1);
            Assert.AreEqual(Hex.Text(Firmware.Cryptography.Sha256.Hash(der, 0, der.Length)), Hex.Text(check.Fingerprint));
            Assert.AreEqual(TestCertificates.NotBefore, check.NotBefore);
            Assert.AreEqual(TestCertificates.NotAfter, check.NotAfter);
        }

        private static string Text(bool isClient, string text) => Check(isClient, text) ?? string.Empty;

        private static byte[] Rsa() => TestCertificates.Certificate(TestCertificates.Time(0x17, "260101000000Z"), TestCertificates.Time(0x17, "270101000000Z"), TestCertificates.RsaPublicKey(1));

        private static string Key(string kind, byte[] der) => TestCertificates.Pem(kind + TestCertificates.KeyLabel, der);

        private static string Check(bool isClient, string text) => Check(new CredentialCheck(isClient), text);

        private static string Check(CredentialCheck check, string text)
        {
            MemoryStorage files = new MemoryStorage();
            files.Put("f", text);
            PemReader pem = new PemReader(files, "f");
            string reason = check.Read(pem);
            foreach (byte b in pem.Der)
            {
                Assert.AreEqual(0, (int)b, "something of a key is left");
            }

            return reason;
        }
    }
}

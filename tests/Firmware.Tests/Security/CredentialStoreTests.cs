using System;
using Firmware.Security;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Security
{
    /// <summary>What is stored, and what outlives damage and power cuts.</summary>
    [TestClass]
    public class CredentialStoreTests
    {
        private const int Plenty = 100000;

        [TestMethod]
        [DataRow("\n")]
        [DataRow("\r\n")]
        [DataRow("\r")]
        [DataRow("\n\n")]
        [DataRow(" \t\r\n")]
        public void Any_line_end_gives_one_form(string end)
        {
            string pem = TestCertificates.Client(1);
            Assert.AreEqual(pem, Kept(Replace(pem, end)));
        }

        [TestMethod]
        public void Text_around_the_blocks_is_left_out()
        {
            string pem = TestCertificates.Ca(1);
            Assert.AreEqual(pem + pem, Kept("subject=/CN=-a--b\n" + pem + "Made by hand\n" + pem + "end"));
        }

        [TestMethod]
        public void Base64_of_a_certificate_without_armour_gets_it()
        {
            byte[] der = TestCertificates.Certificate(1);
            Assert.AreEqual(TestCertificates.Pem("CERTIFICATE", der), Kept("\r\n " + Convert.ToBase64String(der)));
        }

        [TestMethod]
        public void Unknown_name_is_nothing()
        {
            CredentialStore store = new CredentialStore(new MemoryStorage());
            Assert.IsNull(store.Read("a"));
            Assert.IsNull(store.Read(null));
            Assert.IsNull(store.Read("../boot"));
        }

        [TestMethod]
        [DataRow("cert-a.a", 100)]
        [DataRow("cert-a.b", 100)]
        [DataRow("cert-a.a", 3)]
        [DataRow("cert-a.b", 50)]
        public void Damaged_copy_is_replaced_by_the_other(string file, int at)
        {
            MemoryStorage files = new MemoryStorage();
            Keep(files, TestCertificates.Ca(1));
            files.Damage(file, at);
            Assert.AreEqual(TestCertificates.Ca(1), Read(files));
            files.Delete(file == "cert-a.a" ? "cert-a.b" : "cert-a.a");
            Assert.AreEqual(at == 100 && file == "cert-a.a" ? TestCertificates.Ca(1) : Read(files), Read(files));
        }

        [TestMethod]
        public void Two_damaged_copies_are_nothing()
        {
            MemoryStorage files = new MemoryStorage();
            Keep(files, TestCertificates.Ca(1));
            files.Damage("cert-a.a", 100);
            files.Damage("cert-a.b", 100);
            Assert.IsNull(Read(files));
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(2)]
        public void Power_cut_at_any_write_leaves_the_old_or_the_new_one(int written)
        {
            MemoryStorage before = new MemoryStorage();
            Keep(before, TestCertificates.Client(1));
            bool isCut = true;
            int seenNew = 0;
            int cut;
            for (cut = 1; isCut; cut++)
            {
                MemoryStorage files = before.Copy();
                PowerCutStorage storage = new PowerCutStorage(files, cut, written, Plenty);
                try
                {
                    Keep(storage, TestCertificates.Client(2));
                }
                catch (InvalidOperationException)
                {
                }

                isCut = storage.IsOff;
                string text = Read(files);
                Assert.IsTrue(text == TestCertificates.Client(1) || text == TestCertificates.Client(2), "cut at write " + cut);
                Assert.IsTrue(seenNew == 0 || text == TestCertificates.Client(2), "the old one is back at write " + cut);
                seenNew += text == TestCertificates.Client(2) ? 1 : 0;

                // It can be stored as if nothing had happened.
                Keep(files, TestCertificates.Client(3));
                Assert.AreEqual(TestCertificates.Client(3), Read(files));
            }

            Assert.IsTrue(cut > 10 && seenNew > 3, cut + " writes, " + seenNew + " with the new one");
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(2)]
        public void Power_cut_at_any_write_of_the_first_one_leaves_it_or_nothing(int written)
        {
            bool isCut = true;
            for (int cut = 1; isCut; cut++)
            {
                MemoryStorage files = new MemoryStorage();
                PowerCutStorage storage = new PowerCutStorage(files, cut, written, Plenty);
                try
                {
                    Keep(storage, TestCertificates.Ca(2));
                }
                catch (InvalidOperationException)
                {
                }

                isCut = storage.IsOff;
                Assert.IsTrue((Read(files) ?? TestCertificates.Ca(2)) == TestCertificates.Ca(2), "cut at write " + cut);
                Assert.AreEqual(Read(files) == null ? 0 : 1, new CredentialStore(files).List(Firmware.Platform.Texts.New(8)));
            }
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(2)]
        public void Power_cut_while_one_is_removed_leaves_it_whole_or_nothing(int written)
        {
            for (int cut = 1; cut <= 2; cut++)
            {
                MemoryStorage files = new MemoryStorage();
                Keep(files, TestCertificates.Ca(1));
                try
                {
                    new CredentialStore(new PowerCutStorage(files, cut, written, Plenty)).Remove("a");
                }
                catch (InvalidOperationException)
                {
                }

                Assert.AreEqual(cut == 2 && written == 2 ? null : TestCertificates.Ca(1), Read(files));
            }
        }

        [TestMethod]
        public void Full_flash_keeps_the_old_one()
        {
            MemoryStorage files = new MemoryStorage();
            Keep(files, TestCertificates.Client(1));
            PowerCutStorage storage = new PowerCutStorage(files, 0, 0, (files.Length("cert-a.a") * 2) + 900);
            CredentialStore store = new CredentialStore(storage);
            store.Append(Utf8.Bytes(TestCertificates.Ca(2)));
            store.Keep("b", false, 0, out bool isStored);
            Assert.IsFalse(isStored);
            Assert.AreEqual(TestCertificates.Client(1), Read(files));
            Assert.AreEqual(1, store.List(Firmware.Platform.Texts.New(8)));
        }

        private static string Kept(string text)
        {
            MemoryStorage files = new MemoryStorage();
            Keep(files, text);
            Assert.AreEqual(0, files.Length("cert.part"));
            return Read(files);
        }

        private static void Keep(Firmware.Platform.IStorage storage, string text)
        {
            CredentialStore store = new CredentialStore(storage);
            store.DeleteParts();
            store.Append(Utf8.Bytes(text));
            Assert.IsNull(store.Keep("a", text.IndexOf(TestCertificates.KeyLabel) >= 0, ManualClock.Now, out bool isStored));
            Assert.IsTrue(isStored);
        }

        private static string Read(MemoryStorage files) => Utf8.Text(new CredentialStore(files).Read("a"));

        private static string Replace(string text, string end)
        {
            string replaced = string.Empty;
            foreach (char c in text.ToCharArray())
            {
                replaced += c == '\n' ? end : c.ToString();
            }

            return replaced;
        }
    }
}

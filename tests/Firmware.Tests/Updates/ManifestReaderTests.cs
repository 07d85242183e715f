using System;
using System.Text;
using Firmware.Updates;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Updates
{
    [TestClass]
    public class ManifestReaderTests
    {
        private const string Digest = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        private const string Product = "\"product\":\"m2m\",";
        private const string Board = "\"board\":\"b-1\",";
        private const string Version = "\"version\":\"1.2.3\",";
        private const string Loader = "\"loader\":1,";
        private const string Runtime = "\"runtime\":\"1.9.0\",";
        private const string Size = "\"size\":100,";
        private const string BlockSize = "\"blockSize\":4096,";
        private const string Digests = "\"digests\":\"" + Digest + "\"";

        [TestMethod]
        public void Manifest_is_read()
        {
            Manifest manifest = new ManifestReader().Read(SignedManifests.Text(SignedManifests.Downgrade));
            Assert.AreEqual("m2m", manifest.Product);
            Assert.AreEqual("esp32-devkitc", manifest.Board);
            Assert.AreEqual("0.0.9", manifest.Version.Text);
            Assert.AreEqual(1, manifest.Loader);
            Assert.AreEqual("1.9.0", manifest.Runtime.Text);
            Assert.AreEqual(5000, manifest.Size);
            Assert.AreEqual(64, manifest.Digests.Length);
            Assert.IsTrue(manifest.AllowDowngrade);
        }

        [TestMethod]
        [DataRow(1, 1, 1)]
        [DataRow(4095, 1, 4095)]
        [DataRow(4096, 1, 4096)]
        [DataRow(4097, 2, 1)]
        [DataRow(8192, 2, 4096)]
        [DataRow(294912, 72, 4096)]
        public void Last_block_has_what_is_left(int size, int blocks, int last)
        {
            Manifest manifest = Read(WithSize(size, blocks));
            Assert.AreEqual(blocks, manifest.BlockCount);
            Assert.AreEqual(last, manifest.LengthOf(blocks - 1));
            Assert.AreEqual(blocks > 1 ? 4096 : last, manifest.LengthOf(0));
            Assert.AreEqual(0, manifest.LengthOf(blocks));
            Assert.AreEqual(0, manifest.LengthOf(-1));
            Assert.AreEqual(blocks * 32, manifest.Digests.Length);
        }

        [TestMethod]
        [DataRow("")]
        [DataRow(",\"allowDowngrade\":false")]
        [DataRow(",\"notes\":\"\"")]
        [DataRow(",\"notes\":\"\\\"\\u00e4\\\"\"")]
        [DataRow(",\"other\":{\"size\":[1,{}]},\"\":null")]
        public void Other_members_do_not_matter(string members) =>
            Assert.IsFalse(Read("{" + Product + Board + Version + Loader + Runtime + Size + BlockSize + Digests + members + "}").AllowDowngrade);

        [TestMethod]
        [DataRow("{" + Board + Version + Loader + Runtime + Size + BlockSize + Digests + "}", "product: must be a string")]
        [DataRow("{" + Product + Version + Loader + Runtime + Size + BlockSize + Digests + "}", "board: must be a string")]
        [DataRow("{" + Product + Board + Loader + Runtime + Size + BlockSize + Digests + "}", "version: must be a string")]
        [DataRow("{" + Product + Board + Version + Runtime + Size + BlockSize + Digests + "}", "loader: must be an integer from 1 to 255")]
        [DataRow("{" + Product + Board + Version + Loader + Size + BlockSize + Digests + "}", "runtime: must be a string")]
        [DataRow("{" + Product + Board + Version + Loader + Runtime + BlockSize + Digests + "}", "size: must be an integer from 1 to 294912")]
        [DataRow("{" + Product + Board + Version + Loader + Runtime + Size + Digests + "}", "blockSize: must be an integer from 4096 to 4096")]
        [DataRow("{" + Product + Board + Version + Loader + Runtime + Size + "\"blockSize\":4096}", "digests: must be base64 of 1 digests")]
        public void Missing_member_is_reported(string text, string fault) => Refuse(text, fault);

        [TestMethod]
        [DataRow("\"product\":1", "product: must be a string")]
        [DataRow("\"board\":\"\"", "board: must be 1 to 32 of A-Z a-z 0-9 _ -")]
        [DataRow("\"board\":\"a/b\"", "board: must be 1 to 32 of A-Z a-z 0-9 _ -")]
        [DataRow("\"board\":\"012345678901234567890123456789012\"", "board: must be 1 to 32 of A-Z a-z 0-9 _ -")]
        [DataRow("\"version\":\"1.2\"", "version: must be x.y.z")]
        [DataRow("\"version\":\"1.2.3.4\"", "version: must be x.y.z")]
        [DataRow("\"version\":123", "version: must be a string")]
        [DataRow("\"loader\":0", "loader: must be an integer from 1 to 255")]
        [DataRow("\"loader\":256", "loader: must be an integer from 1 to 255")]
        [DataRow("\"loader\":1.5", "loader: must be an integer from 1 to 255")]
        [DataRow("\"loader\":\"1\"", "loader: must be an integer from 1 to 255")]
        [DataRow("\"runtime\":\"1\"", "runtime: must be x.y.z")]
        [DataRow("\"size\":0", "size: must be an integer from 1 to 294912")]
        [DataRow("\"size\":-1", "size: must be an integer from 1 to 294912")]
        [DataRow("\"size\":294913", "size: must be an integer from 1 to 294912")]
        [DataRow("\"size\":4294967396", "size: must be an integer from 1 to 294912")]
        [DataRow("\"size\":4097", "digests: must be base64 of 2 digests")]
        [DataRow("\"blockSize\":2048", "blockSize: must be an integer from 4096 to 4096")]
        [DataRow("\"digests\":\"" + Digest + Digest + "\"", "digests: must be base64 of 1 digests")]
        [DataRow("\"digests\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"", "digests: must be base64 of 1 digests")]
        [DataRow("\"digests\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\"", "digests: must be base64 of 1 digests")]
        [DataRow("\"digests\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==\"", "digests: must be base64 of 1 digests")]
        [DataRow("\"digests\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA =\"", "digests: must be base64 of 1 digests")]
        [DataRow("\"digests\":[]", "digests: must be base64 of 1 digests")]
        [DataRow("\"allowDowngrade\":null", "allowDowngrade: must be true or false")]
        [DataRow("\"allowDowngrade\":1", "allowDowngrade: must be true or false")]
        [DataRow("\"notes\":null", "notes: must be a string of at most 256 characters")]
        public void Wrong_member_is_reported(string member, string fault)
        {
            string name = member.Substring(0, member.IndexOf(':'));
            string text = "{" + member;
            foreach (string other in new string[] { Product, Board, Version, Loader, Runtime, Size, BlockSize, Digests + "," })
            {
                text += other.StartsWith(name) ? string.Empty : "," + other.Substring(0, other.Length - 1);
            }

            Refuse(text + "}", fault);
        }

        [TestMethod]
        [DataRow("{\"product\":\"m2m\",\"product\":\"m2m\"}", "product: is there more than once")]
        [DataRow("{\"product\":\"m2m\",\"pro\\u0064uct\":\"m2m\"}", "product: is there more than once")]
        [DataRow("{\"other\":1,\"a\":{\"other\":1},\"other\":1}", "other: is there more than once")]
        [DataRow("{\"\":1,\"\":1}", ": is there more than once")]
        [DataRow("{\"012345678901234567890123456789012\":1,\"012345678901234567890123456789012\":1}", "a member: is there more than once")]
        [DataRow("{\"a\\u0000\":1}", "too many members, or a name with U+0000")]
        [DataRow("[]", "must be an object")]
        [DataRow("\"a\"", "must be an object")]
        [DataRow("", "byte 0: empty text")]
        [DataRow("{\"product\":\"m2m\"", "byte 16: unexpected end")]
        public void Text_that_is_no_manifest_is_refused(string text, string fault) => Refuse(text, fault);

        [TestMethod]
        public void Zero_behind_a_manifest_is_refused()
        {
            byte[] manifest = Encoding.UTF8.GetBytes("{\"product\":\"m2m\"} ");
            manifest[manifest.Length - 1] = 0;
            Refuse(manifest, "byte 17: more than one value");
        }

        [TestMethod]
        public void Nothing_is_refused()
        {
            ManifestReader reader = new ManifestReader();
            Assert.IsNull(reader.Read(null));
            Assert.AreEqual("is missing", reader.Fault);
        }

        [TestMethod]
        public void Many_members_are_refused()
        {
            string text = Valid();
            for (int i = 0; i < 24; i++)
            {
                text += ",\"m" + i.ToString() + "\":0";
            }

            Assert.IsNotNull(Read(text + "}"));
            Refuse(text + ",\"one\":0}", "too many members, or a name with U+0000");
        }

        [TestMethod]
        public void Notes_have_256_characters_at_most()
        {
            string notes = new string('n', 256);
            Assert.IsNotNull(Read(Valid() + ",\"notes\":\"" + notes + "\"}"));
            Refuse(Valid() + ",\"notes\":\"" + notes + "n\"}", "notes: must be a string of at most 256 characters");
        }

        [TestMethod]
        public void Manifest_has_3328_bytes_at_most()
        {
            string text = Valid() + "}";
            string longest = text + new string(' ', 3328 - text.Length);
            Assert.IsNotNull(Read(longest));
            Refuse(longest + " ", "byte 3328: text too long");
        }

        [TestMethod]
        public void Fault_is_cleared_with_the_next_text()
        {
            ManifestReader reader = new ManifestReader();
            reader.Read(new byte[0]);
            Assert.IsNotNull(reader.Read(SignedManifests.Text(SignedManifests.Manifest)));
            Assert.IsNull(reader.Fault);
        }

        private static string Valid() => "{" + Product + Board + Version + Loader + Runtime + Size + BlockSize + Digests;

        private static string WithSize(int size, int blocks)
        {
            string digests = Convert.ToBase64String(new byte[blocks * 32]);
            return "{" + Product + Board + Version + Loader + Runtime + BlockSize + "\"size\":" + size.ToString() + ",\"digests\":\"" + digests + "\"}";
        }

        private static Manifest Read(string text)
        {
            ManifestReader reader = new ManifestReader();
            Manifest manifest = reader.Read(Encoding.UTF8.GetBytes(text));
            Assert.IsNull(reader.Fault, reader.Fault);
            return manifest;
        }

        private static void Refuse(string text, string fault) => Refuse(Encoding.UTF8.GetBytes(text), fault);

        private static void Refuse(byte[] manifest, string fault)
        {
            ManifestReader reader = new ManifestReader();
            Assert.IsNull(reader.Read(manifest));
            Assert.AreEqual(fault, reader.Fault);
        }
    }
}

using System.Text;
using Firmware.Provisioning;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Provisioning
{
    /// <summary>Forms as browsers send them.</summary>
    [TestClass]
    public class FormTests
    {
        private const string Part = "--b\r\nContent-Disposition: form-data; name=\"";

        [TestMethod]
        public void Fields_and_files_are_found()
        {
            FormReader form = Read(Part + "ssid\"\r\n\r\nhome\r\n" + Part + "empty\"\r\n\r\n\r\n"
                + Part + "caF\"; filename=\"ca \u00e4.pem\"\r\nContent-Type: application/x-pem-file\r\n\r\n--line\r\n-- b\r\n\r\n--b--\r\n");
            Assert.IsTrue(form.IsWhole);
            Assert.AreEqual("home", Text(form, "ssid"));
            Assert.AreEqual(string.Empty, Text(form, "empty"));
            Assert.AreEqual(string.Empty, Text(form, "absent"));
            byte[] file = form.Bytes("caF", 0, 100);
            Assert.AreEqual("--line\r\n-- b\r\n", Encoding.UTF8.GetString(file, 0, file.Length));
            file = form.Bytes("caF", 2, 4);
            Assert.AreEqual("line", Encoding.UTF8.GetString(file, 0, file.Length));
            Assert.AreEqual(0, form.Bytes("caF", 15, 4).Length);
            Assert.AreEqual(0, form.Bytes("empty", 0, 4).Length);
            Assert.AreEqual(0, form.Bytes("absent", 0, 4).Length);
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("--b")]
        [DataRow("--b--")]
        [DataRow("--c\r\n\r\n")]
        [DataRow("--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nvalue")]
        [DataRow("--b\r\nContent-Disposition: form-data; name=\"x\r\n\r\nvalue\r\n--b--")]
        [DataRow("--b\r\nContent-Disposition: form-data\r\n\r\nvalue\r\n--b--")]
        [DataRow("--b\r\n\r\nvalue\r\n--b--")]
        [DataRow("--bContent-Disposition: form-data; name=\"x\"\r\n\r\nvalue\r\n--b--")]
        public void Body_that_is_no_form_is_refused_or_has_no_field(string body) => Assert.AreEqual(string.Empty, Text(Read(body), "x"));

        [TestMethod]
        public void More_than_24_fields_are_refused()
        {
            string body = string.Empty;
            for (int i = 0; i < 25; i++)
            {
                body += Part + "f" + i + "\"\r\n\r\n1\r\n";
            }

            Assert.IsFalse(Read(body + "--b--").IsWhole);
        }

        [TestMethod]
        public void Text_that_is_too_long_is_refused()
        {
            FormReader form = Read(Part + "x\"\r\n\r\n12345\r\n--b--");
            Assert.IsTrue(form.TryGet("x", 5, out _));
            Assert.IsFalse(form.TryGet("x", 4, out string text));
            Assert.AreEqual(string.Empty, text);
        }

        [TestMethod]
        [DataRow(0x41, 0x00)]
        [DataRow(0x80, 0x41)]
        [DataRow(0xC0, 0x80)]
        [DataRow(0xC3, 0x41)]
        [DataRow(0xFF, 0xFF)]
        [DataRow(0xED, 0xA0)]
        [DataRow(0x41, 0x7F)]
        [DataRow(0x41, 0xC3)]
        public void Bytes_that_are_no_text_are_refused(int first, int second)
        {
            byte[] body = Encoding.UTF8.GetBytes(Part + "x\"\r\n\r\n12\r\n--b--");
            int at = Part.Length + "x\"\r\n\r\n".Length;
            body[at] = (byte)first;
            body[at + 1] = (byte)second;
            Assert.IsFalse(Read(body).TryGet("x", 100, out _));
        }

        [TestMethod]
        [DataRow(0xED, 0x9F, true)]
        [DataRow(0xED, 0xA0, false)]
        [DataRow(0xE0, 0xA0, true)]
        [DataRow(0xE0, 0x9F, false)]
        public void Half_of_a_surrogate_pair_is_refused(int first, int second, bool isText)
        {
            byte[] body = Encoding.UTF8.GetBytes(Part + "x\"\r\n\r\n123\r\n--b--");
            int at = Part.Length + "x\"\r\n\r\n".Length;
            body[at] = (byte)first;
            body[at + 1] = (byte)second;
            body[at + 2] = 0x80;
            Assert.AreEqual(isText, Read(body).TryGet("x", 100, out _));
        }

        [TestMethod]
        public void Every_text_is_the_same_in_the_page_and_cannot_leave_its_place()
        {
            Pieces page = new Pieces();
            page.AddText("a<b>\"c\"&'d' \u00e4\U0001F600\"");
            page.AddText(null);
            Assert.AreEqual("a&lt;b&gt;&quot;c&quot;&amp;&#39;d&#39; \u00e4\U0001F600&quot;", TextOf(page));
        }

        [TestMethod]
        public void Boundary_is_found_wherever_the_pieces_end()
        {
            for (int length = 380; length < 540; length++)
            {
                FormReader form = Read(Part + "x\"\r\n\r\n" + new string('-', length) + "\r\n" + Part + "y\"\r\n\r\nlast\r\n--b--");
                Assert.IsTrue(form.IsWhole);
                Assert.AreEqual(length, Text(form, "x").Length);
                Assert.AreEqual("last", Text(form, "y"));
            }
        }

        internal static string TextOf(Pieces pieces)
        {
            byte[] all = new byte[pieces.Length];
            for (int at = 0; at < all.Length;)
            {
                at += pieces.CopyTo(at, all, at);
            }

            return Encoding.UTF8.GetString(all, 0, all.Length);
        }

        private static FormReader Read(string body) => Read(Encoding.UTF8.GetBytes(body));

        private static FormReader Read(byte[] body)
        {
            Pieces pieces = new Pieces();
            pieces.Add(body, 0, body.Length);
            return new FormReader(pieces, "b");
        }

        private static string Text(FormReader form, string name)
        {
            Assert.IsTrue(form.TryGet(name, 1000, out string text));
            return text;
        }
    }
}

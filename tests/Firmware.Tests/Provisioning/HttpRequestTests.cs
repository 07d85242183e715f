using System.Text;
using Firmware.Provisioning;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Provisioning
{
    /// <summary>Requests as browsers send them, and as nobody should.</summary>
    [TestClass]
    public class HttpRequestTests
    {
        private const string Host = "\r\nHost: 192.168.4.1";
        private const string End = "\r\n\r\n";

        [TestMethod]
        public void Get_is_read_in_any_pieces()
        {
            byte[] all = Encoding.UTF8.GetBytes("GET /s?x=1 HTTP/1.1" + Host + "\r\nAccept-Language: de-DE,de;q=0.9" + End);
            for (int piece = 1; piece <= all.Length; piece++)
            {
                HttpRequest request = Feed(all, piece);
                Assert.AreEqual(200, request.Status);
                Assert.AreEqual("/s", request.Path);
                Assert.AreEqual("de-DE,de;q=0.9", request.Languages);
                Assert.IsTrue(request.IsToAddress);
            }
        }

        [TestMethod]
        public void Form_is_read_in_any_pieces()
        {
            byte[] all = Encoding.UTF8.GetBytes("POST / HTTP/1.1" + Host + "\r\nContent-Type: multipart/form-data; boundary=\"xx\"\r\nContent-Length: 5" + End + "--xx-");
            for (int piece = 1; piece <= all.Length; piece++)
            {
                HttpRequest request = Feed(all, piece);
                Assert.AreEqual(200, request.Status);
                Assert.AreEqual("xx", request.Boundary);
                Assert.AreEqual("--xx-", FormTests.TextOf(request.Body));
            }
        }

        [TestMethod]
        [DataRow("192.168.4.1:80", true)]
        [DataRow("127.0.0.1:5000", true)]
        [DataRow("connectivitycheck.gstatic.com", false)]
        [DataRow("evil.example", false)]
        public void Address_differs_from_a_name(string host, bool isAddress) =>
            Assert.AreEqual(isAddress, Feed("GET / HTTP/1.1\r\nHost: " + host + End).IsToAddress);

        [TestMethod]
        [DataRow("GET /\r\n\r\n", 400)]
        [DataRow("GET / HTTP/2.0\r\nHost: 1\r\n\r\n", 400)]
        [DataRow("GET  / HTTP/1.1\r\nHost: 1\r\n\r\n", 400)]
        [DataRow("GET http://evil/ HTTP/1.1\r\nHost: 1\r\n\r\n", 400)]
        [DataRow("PUT / HTTP/1.1\r\nHost: 1\r\n\r\n", 405)]
        [DataRow("HEAD / HTTP/1.1\r\nHost: 1\r\n\r\n", 405)]
        [DataRow("GET / HTTP/1.1\r\n\r\n", 400)]
        [DataRow("GET / HTTP/1.1\r\nHost: 1\r\nHost: 2\r\n\r\n", 400)]
        [DataRow("GET / HTTP/1.1\r\nHost: 1\r\n folded\r\n\r\n", 400)]
        [DataRow("GET / HTTP/1.1\r\nHost: 1\r\nno colon\r\n\r\n", 400)]
        [DataRow("GET / HTTP/1.1\r\nHost : 1\r\n\r\n", 400)]
        [DataRow("GET / HTTP/1.1\nHost: 1\r\n\r\n", 400)]
        [DataRow("GET / HTTP/1.1\r\nHost: 1\r\nContent-Length: 4\r\n\r\n", 400)]
        [DataRow("POST / HTTP/1.1\r\nHost: 1\r\n\r\n", 411)]
        [DataRow("POST / HTTP/1.1\r\nHost: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 411)]
        [DataRow("POST / HTTP/1.1\r\nHost: 1\r\nContent-Length: 8193\r\n\r\n", 413)]
        [DataRow("POST / HTTP/1.1\r\nHost: 1\r\nContent-Length: 99999999999\r\n\r\n", 400)]
        [DataRow("POST / HTTP/1.1\r\nHost: 1\r\nContent-Length: -1\r\n\r\n", 400)]
        [DataRow("POST / HTTP/1.1\r\nHost: 1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400)]
        [DataRow("POST / HTTP/1.1\r\nHost: 1\r\nContent-Length: 5\r\n\r\n", 415)]
        [DataRow("POST / HTTP/1.1\r\nHost: 1\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\n", 415)]
        [DataRow("POST / HTTP/1.1\r\nHost: 1\r\nContent-Length: 5\r\nContent-Type: multipart/form-data; boundary=\r\n\r\n", 400)]
        public void Malformed_request_has_a_status(string text, int status) => Assert.AreEqual(status, Feed(text).Status);

        [TestMethod]
        public void Head_that_does_not_end_is_refused_at_its_limit()
        {
            HttpRequest request = new HttpRequest();
            byte[] data = Encoding.UTF8.GetBytes("GET / HTTP/1.1\r\nX: 00000000000000000000000000000000000000000000\r\n");
            int sent = 0;
            while (!request.Add(data, data.Length))
            {
                sent += data.Length;
                Assert.IsTrue(sent < 3000);
            }

            Assert.AreEqual(431, request.Status);
        }

        [TestMethod]
        public void Bytes_that_are_no_text_are_refused()
        {
            byte[] data = Encoding.UTF8.GetBytes("GET /_ HTTP/1.1" + Host + End);
            data[5] = 0;
            Assert.AreEqual(400, Feed(data, data.Length).Status);
            data[5] = 0xFF;
            Assert.AreEqual(400, Feed(data, data.Length).Status);
        }

        [TestMethod]
        public void Language_is_the_first_that_is_known()
        {
            Assert.AreEqual("de", Wording.Text(Wording.Choose("fr,DE-at;q=0.8,en;q=0.5"), Wording.Language));
            Assert.AreEqual("en", Wording.Text(Wording.Choose("en-GB,de"), Wording.Language));
            Assert.AreEqual("en", Wording.Text(Wording.Choose("fr"), Wording.Language));
        }

        private static HttpRequest Feed(string text)
        {
            byte[] data = Encoding.UTF8.GetBytes(text);
            return Feed(data, data.Length);
        }

        private static HttpRequest Feed(byte[] all, int piece)
        {
            HttpRequest request = new HttpRequest();
            byte[] buffer = new byte[piece];
            for (int at = 0; at < all.Length;)
            {
                int count = all.Length - at < piece ? all.Length - at : piece;
                System.Array.Copy(all, at, buffer, 0, count);
                at += count;
                if (request.Add(buffer, count))
                {
                    break;
                }
            }

            return request;
        }
    }
}

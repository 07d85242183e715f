using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Security
{
    /// <summary>The methods as a client sees them.</summary>
    [TestClass]
    public class CredentialMethodTests
    {
        private const string Tls = "{'reconnect':{'spread':1},'broker':{'host':'h','tls':true,'ca':'root','credential':'me'}}";

        private static readonly string Data = SecurityRig.Escaped(TestCertificates.Client(1));

        [TestMethod]
        public void Stored_one_is_described_without_its_text()
        {
            SecurityRig rig = new SecurityRig().Start();
            string described = "{\"name\":\"me\",\"kind\":\"client\",\"sha256\":\"";
            string answer = rig.Set("me", "client", TestCertificates.Client(1));
            Assert.StartsWith(described, answer);
            Assert.Contains("\",\"notBefore\":1767225600,\"notAfter\":1798761600,\"inUse\":false}", answer);
            Assert.StartsWith("{\"credentials\":[" + answer.Substring(0, answer.Length - 1) + "]}", rig.Ask("credentials.list", "{}"));
            Assert.AreEqual(TestCertificates.Client(1), Utf8.Text(rig.Store.Read("me")));
        }

        [TestMethod]
        public void Parts_are_put_together()
        {
            SecurityRig rig = new SecurityRig().Start();
            string pem = TestCertificates.Client(1);
            Assert.StartsWith("{\"name\":\"me\",\"received\":1,\"parts\":3}", Part(rig, 0, 3, pem.Substring(0, 100)));
            Assert.StartsWith("{\"name\":\"me\",\"received\":2,\"parts\":3}", Part(rig, 1, 3, pem.Substring(100, 1)));
            Assert.StartsWith("{\"name\":\"me\",\"kind\":\"client\"", Part(rig, 2, 3, pem.Substring(101)));
            Assert.AreEqual(pem, Utf8.Text(rig.Store.Read("me")));
        }

        [TestMethod]
        public void Part_that_is_not_the_next_is_refused()
        {
            SecurityRig rig = new SecurityRig().Start();
            string refusal = "{\"code\":-32004,\"message\":\"Conflict\",\"data\":{\"param\":\"part\",\"reason\":\"is not the next one: begin with part 0\"}}";
            Assert.StartsWith(refusal, Part(rig, 1, 3, "x"));
            Part(rig, 0, 3, "x");
            Assert.StartsWith(refusal, Part(rig, 2, 3, "x"));
            Assert.StartsWith(refusal, Part(rig, 1, 2, "x"));
            Assert.StartsWith(refusal, rig.Ask("credentials.set", "{'name':'you','kind':'client','part':1,'parts':3,'data':'x'}"));
            Assert.StartsWith("{\"name\":\"me\",\"received\":2", Part(rig, 1, 3, "x"));
        }

        [TestMethod]
        public void First_part_begins_again()
        {
            SecurityRig rig = new SecurityRig().Start();
            Part(rig, 0, 2, "-----BEGIN rubbish");
            string pem = TestCertificates.Client(1);
            Part(rig, 0, 2, pem.Substring(0, 300));
            Part(rig, 1, 2, pem.Substring(300));
            Assert.AreEqual(pem, Utf8.Text(rig.Store.Read("me")));
        }

        [TestMethod]
        [DataRow("{}", "name")]
        [DataRow("{'name':7,'kind':'ca','data':'x'}", "name")]
        [DataRow("{'name':'','kind':'ca','data':'x'}", "name")]
        [DataRow("{'name':'12345678901234567','kind':'ca','data':'x'}", "name")]
        [DataRow("{'name':'A','kind':'ca','data':'x'}", "name")]
        [DataRow("{'name':'../boot','kind':'ca','data':'x'}", "name")]
        [DataRow("{'name':'a.b','kind':'ca','data':'x'}", "name")]
        [DataRow("{'name':'a','data':'x'}", "kind")]
        [DataRow("{'name':'a','kind':'key','data':'x'}", "kind")]
        [DataRow("{'name':'a','kind':'ca'}", "data")]
        [DataRow("{'name':'a','kind':'ca','data':''}", "data")]
        [DataRow("{'name':'a','kind':'ca','data':['x']}", "data")]
        [DataRow("{'name':'a','kind':'ca','data':'x','parts':0}", "parts")]
        [DataRow("{'name':'a','kind':'ca','data':'x','parts':5}", "parts")]
        [DataRow("{'name':'a','kind':'ca','data':'x','parts':1.5}", "parts")]
        [DataRow("{'name':'a','kind':'ca','data':'x','part':1}", "part")]
        [DataRow("{'name':'a','kind':'ca','data':'x','part':-1,'parts':2}", "part")]
        [DataRow("{'name':'a','kind':'ca','data':'x','part':'0','parts':2}", "part")]
        [DataRow("{'name':'a','kind':'ca','data':'x'}", "data")]
        [DataRow("{'name':'a','kind':'ca','data':'x','more':1}", "more")]
        public void Wrong_param_is_named(string parameters, string param)
        {
            SecurityRig rig = new SecurityRig().Start();
            Assert.StartsWith("{\"code\":-32602,\"message\":\"Invalid params\",\"data\":{\"param\":\"" + param + "\"", rig.Ask("credentials.set", parameters));
            Assert.StartsWith("{\"credentials\":[]}", rig.Ask("credentials.list", "{}"));
        }

        [TestMethod]
        public void Data_of_more_than_3_kb_is_refused()
        {
            SecurityRig rig = new SecurityRig().Start();
            string long3072 = new string('x', 3072);
            Assert.Contains("\"received\":1", Part(rig, 0, 2, long3072));
            Assert.Contains("must be a string of 1 to 3072 bytes", Part(rig, 0, 2, long3072 + "x"));
        }

        [TestMethod]
        public void Expired_one_is_refused_once_the_time_is_known()
        {
            SecurityRig rig = new SecurityRig().Start();
            rig.Rig.Clock.Synchronize(TestCertificates.NotAfter + 1);
            Assert.Contains("expired at 1798761600, and it is 17987616", rig.Set("me", "client", TestCertificates.Client(1)));
        }

        [TestMethod]
        public void Ninth_is_refused()
        {
            SecurityRig rig = new SecurityRig().Start();
            for (int i = 0; i < 8; i++)
            {
                Assert.StartsWith("{\"name\"", rig.Set("c" + i, "ca", TestCertificates.Ca(i)));
            }

            Assert.Contains("8 credentials are stored: remove one first", rig.Set("c8", "ca", TestCertificates.Ca(1)));
            Assert.StartsWith("{\"name\"", rig.Set("c7", "ca", TestCertificates.Ca(1)));
            Assert.StartsWith("{\"removed\":true}", rig.Ask("credentials.remove", "{'name':'c0'}"));
            Assert.StartsWith("{\"removed\":false}", rig.Ask("credentials.remove", "{'name':'c0'}"));
            Assert.StartsWith("{\"name\"", rig.Set("c8", "ca", TestCertificates.Ca(1)));
        }

        [TestMethod]
        public void One_in_use_is_neither_replaced_nor_removed()
        {
            SecurityRig rig = new SecurityRig(new MemoryStorage(), Tls).Start();

            // A broker that names what is not there yet keeps nobody from storing it.
            Assert.Contains("\"inUse\":true", rig.Set("me", "client", TestCertificates.Client(1)));
            string refusal = "is in use: store another name, set broker to it, then remove this one";
            Assert.Contains(refusal, rig.Set("me", "client", TestCertificates.Client(2)));
            Assert.Contains(refusal, rig.Ask("credentials.remove", "{'name':'me'}"));
            Assert.AreEqual(TestCertificates.Client(1), Utf8.Text(rig.Store.Read("me")));
        }

        [TestMethod]
        public void Nothing_changes_while_settings_are_on_trial()
        {
            SecurityRig rig = new SecurityRig().Start();
            rig.Set("old", "ca", TestCertificates.Ca(1));
            rig.Rig.Request("{'jsonrpc':'2.0','id':'a','method':'settings.set','params':{'values':{'broker':{'host':'new'}}}}");
            Assert.Contains("settings or an image are on trial: retry after it", rig.Ask("credentials.remove", "{'name':'old'}"));
            Assert.AreEqual(TestCertificates.Ca(1), Utf8.Text(rig.Store.Read("old")));
        }

        [TestMethod]
        public void Nothing_of_a_text_is_in_a_message_or_the_log()
        {
            SecurityRig rig = new SecurityRig(new MemoryStorage(), Tls).Start();
            string secret = Data.Substring(Data.LastIndexOf("BEGIN") + 30, 40);
            rig.Set("me", "client", TestCertificates.Client(1));
            rig.Set("me", "ca", TestCertificates.Client(1));
            Part(rig, 0, 2, secret);
            Part(rig, 1, 2, secret);
            rig.Ask("credentials.list", "{}");
            rig.Ask("log.read", "{}");
            rig.Ask("info", "{}");
            for (int i = 0; i < rig.Rig.Link.Count; i++)
            {
                Assert.DoesNotContains(secret, rig.Rig.Link[i].Text);
            }

            Assert.Contains(secret, SecurityRig.Escaped(Utf8.Text(rig.Store.Read("me"))));
        }

        [TestMethod]
        public void Change_is_a_security_event_with_a_budget()
        {
            SecurityRig rig = new SecurityRig().Start();
            rig.Set("me", "client", TestCertificates.Client(1));
            rig.Set("root", "ca", TestCertificates.Ca(1));
            rig.Ask("credentials.remove", "{'name':'me'}");
            rig.Ask("credentials.remove", "{'name':'me'}");
            int events = 0;
            for (int i = 0; i < rig.Rig.Link.Count; i++)
            {
                if (rig.Rig.Link[i].Text.StartsWith("{\"type\":\"security\""))
                {
                    events++;
                    Assert.StartsWith("{\"type\":\"security\",\"reason\":\"credentials-changed\",\"detail\":\"stored me\"", rig.Rig.Link[i].Text);
                }
            }

            Assert.AreEqual(1, events);
            Assert.Contains("\"security\":3", rig.Ask("info", "{}"));
        }

        private static string Part(SecurityRig rig, int part, int parts, string text) =>
            rig.Ask("credentials.set", "{'name':'me','kind':'client','part':" + part + ",'parts':" + parts + ",'data':'" + SecurityRig.Escaped(text) + "'}");
    }
}

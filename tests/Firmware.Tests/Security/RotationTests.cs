using Firmware.Connectivity;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Security
{
    /// <summary>A broker entry with another credential is on trial, as any other is.</summary>
    [TestClass]
    public class RotationTests
    {
        private const string Old = "{'reconnect':{'spread':1},'broker':{'host':'h','tls':true,'ca':'root','credential':'old'}}";
        private const string Other = "{'values':{'broker':{'host':'h','tls':true,'ca':'root','credential':'new'}}}";

        [TestMethod]
        public void New_credential_is_confirmed_when_the_device_is_online_with_it()
        {
            SecurityRig rig = Rotate(new MemoryStorage());
            Assert.AreEqual("new", rig.Rig.Link.Session.Address.Credential);
            rig.Rig.GoOnline();
            Assert.Contains("\"state\":\"confirmed\"", rig.Rig.Link.Last("/event").Text);
            Assert.Contains("\"removed\":true", rig.Ask("credentials.remove", "{'name':'old'}"));
            Assert.Contains("is in use", rig.Ask("credentials.remove", "{'name':'new'}"));
        }

        [TestMethod]
        public void New_credential_that_the_broker_refuses_is_given_up_within_120_seconds()
        {
            SecurityRig rig = Rotate(new MemoryStorage());
            rig.Rig.Run(121000);
            Join(rig);
            Assert.AreEqual("old", rig.Rig.Link.Session.Address.Credential);
            rig.Rig.GoOnline();
            Assert.Contains("\"state\":\"rolled-back\"", rig.Rig.Link.Last("/event").Text);
            Assert.StartsWith(TestCertificates.Client(1), Utf8.Text(rig.Store.Read("old")));
        }

        [TestMethod]
        public void Power_cut_during_the_trial_gives_it_up()
        {
            MemoryStorage files = new MemoryStorage();
            Rotate(files);
            SecurityRig rig = new SecurityRig(files, null).Start();
            Assert.AreEqual("old", rig.Rig.Link.Session.Address.Credential);
            Assert.AreEqual(1, rig.Rig.Link.CountIn("/event", "\"state\":\"rolled-back\""));
        }

        [TestMethod]
        public void Power_cut_after_the_trial_keeps_it()
        {
            MemoryStorage files = new MemoryStorage();
            Rotate(files).Rig.GoOnline();
            Assert.AreEqual("new", new SecurityRig(files, null).Start().Rig.Link.Session.Address.Credential);
        }

        [TestMethod]
        [DataRow("{'host':'h','tls':true,'ca':'other','credential':'old'}")]
        [DataRow("{'host':'h','tls':true,'ca':'root','credential':'old','hostName':'n'}")]
        [DataRow("{'host':'h','port':8883,'ca':'root','credential':'old','tls':true,'user':'u'}")]
        [DataRow("{'host':'h','port':8883}")]
        public void Any_change_of_tls_is_on_trial(string broker)
        {
            SecurityRig rig = new SecurityRig(new MemoryStorage(), Old).Start();
            Assert.Contains("\"broker\":\"trial\"", rig.Ask("settings.set", "{'values':{'broker':" + broker + "}}"));
        }

        [TestMethod]
        public void Same_entry_is_no_change()
        {
            SecurityRig rig = new SecurityRig(new MemoryStorage(), Old).Start();
            Assert.Contains("\"broker\":\"unchanged\"", rig.Ask("settings.set", "{'values':{'broker':{'host':'h','port':8883,'tls':true,'ca':'root','credential':'old'}}}"));
        }

        private static SecurityRig Rotate(MemoryStorage files)
        {
            SecurityRig rig = new SecurityRig(files, Old).Start();
            rig.Set("root", "ca", TestCertificates.Ca(1));
            rig.Set("old", "client", TestCertificates.Client(1));
            Assert.Contains("\"inUse\":false", rig.Set("new", "client", TestCertificates.Client(2)));
            Assert.Contains("\"broker\":\"trial\"", rig.Ask("settings.set", Other));
            rig.Rig.Run(1000);
            Join(rig);
            return rig;
        }

        // Until the device is at the broker.
        private static void Join(SecurityRig rig)
        {
            for (int i = 0; i < 100 && rig.Rig.Device.Connection.State != ConnectionState.Joining; i++)
            {
                rig.Rig.Run(1000);
            }

            rig.Rig.Inbox.Post(new Firmware.Platform.LinkEvent(Firmware.Platform.LinkEventKind.Joined, rig.Rig.Network.Attempt));
            rig.Rig.Device.Step();
        }
    }
}

using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Security
{
    /// <summary>Credentials in use that expire soon.</summary>
    [TestClass]
    public class ExpiryTests
    {
        private const string Tls = "{'reconnect':{'spread':1},'interval':10,'broker':{'host':'h','tls':true,'ca':'root','credential':'me'}}";
        private const string Month = "\"credentialExpires\":1798761600";
        private const long ThirtyDays = 2592000;

        [TestMethod]
        [DataRow(ThirtyDays + 60, false)]
        [DataRow(ThirtyDays - 60, true)]
        [DataRow(-60L, true)]
        public void Last_month_is_in_presence_info_and_one_event(long left, bool isReported)
        {
            SecurityRig rig = Online(Stored(Tls), TestCertificates.NotAfter - left);
            Assert.AreEqual(isReported, rig.Rig.Link.Last("/status").Text.IndexOf(Month) >= 0);
            Assert.AreEqual(isReported, rig.Rig.Info().IndexOf(Month) >= 0);
            Assert.AreEqual(isReported ? 1 : 0, rig.Rig.Link.CountIn("/event", "\"type\":\"credential-expires\",\"credential\":\"root\",\"expires\":1798761600"));
        }

        [TestMethod]
        public void What_no_broker_uses_is_not_reported()
        {
            SecurityRig rig = Online(Stored(DeviceRig.DefaultSettings), TestCertificates.NotAfter);
            Assert.DoesNotContains("credentialExpires", rig.Rig.Info());
        }

        [TestMethod]
        public void Event_is_not_repeated_after_a_restart()
        {
            MemoryStorage files = Stored(Tls);
            Online(files, TestCertificates.NotAfter - 60);
            SecurityRig rig = Online(files, TestCertificates.NotAfter - 50);
            Assert.AreEqual(0, rig.Rig.Link.CountIn("/event", "credential-expires"));
            Assert.Contains(Month, rig.Rig.Info());
        }

        [TestMethod]
        public void It_is_noticed_while_the_device_stays_online()
        {
            SecurityRig rig = Online(Stored(Tls), TestCertificates.NotAfter - ThirtyDays - 3600);
            Assert.DoesNotContains("credentialExpires", rig.Rig.Info());
            rig.Rig.Clock.Advance(86400000);
            rig.Rig.Device.Step();
            rig.Rig.Settle();
            Assert.Contains(Month, rig.Rig.Info());
            Assert.Contains(Month, rig.Rig.Link.Last("/status").Text);
        }

        private static MemoryStorage Stored(string settings)
        {
            MemoryStorage files = new MemoryStorage();
            SecurityRig rig = new SecurityRig(files, DeviceRig.DefaultSettings).Start();
            rig.Set("root", "ca", TestCertificates.Ca(1));
            rig.Set("me", "client", TestCertificates.Client(1));
            files.Put("settings.json", SingleQuoted.Text(settings));
            return files;
        }

        private static SecurityRig Online(MemoryStorage files, long now)
        {
            SecurityRig rig = new SecurityRig(files, null);
            rig.Rig.Device.Start();
            rig.Rig.Clock.Synchronize(now);
            rig.Rig.GoOnline();
            rig.Rig.Run(1000);
            return rig;
        }
    }
}

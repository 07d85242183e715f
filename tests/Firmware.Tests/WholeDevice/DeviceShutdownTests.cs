using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>What may come between when the device leaves the broker.</summary>
    [TestClass]
    public class DeviceShutdownTests
    {
        private const string Status = "/status";
        private const string Response = "/response/any";

        [TestMethod]
        public void Offline_follows_an_earlier_presence_message_that_is_still_in_flight()
        {
            DeviceRig rig = new DeviceRig();
            rig.Link.Acknowledges = false;
            rig.Device.Start();
            rig.GoOnline();
            rig.Device.Stop();
            rig.Acknowledge(rig.Link.Last(Status).Id);
            rig.Device.Step();
            Assert.Contains("\"state\":\"offline\"", rig.Link.Last(Status).Text);
            rig.Acknowledge(rig.Link.Last(Status).Id);
            rig.Settle();
            Assert.AreEqual("1 0 True", rig.Link.CleanCloses + " " + rig.Link.UncleanCloses + " " + rig.Device.IsStopped);
        }

        [TestMethod]
        public void Will_speaks_when_offline_could_not_be_sent()
        {
            DeviceRig rig = new DeviceRig();
            rig.Link.Acknowledges = false;
            rig.Device.Start();
            rig.GoOnline();
            rig.Device.Stop();
            rig.Run(3000);
            Assert.AreEqual("0 1 True", rig.Link.CleanCloses + " " + rig.Link.UncleanCloses + " " + rig.Device.IsStopped);
        }

        [TestMethod]
        public void Restart_that_is_requested_during_a_reconnection_follows_it()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Link.Closes = false;
            rig.Ask("{'jsonrpc':'2.0','id':1,'method':'settings.set','params':{'values':{'groups':['a']}}}");
            rig.Run(100);
            rig.Ask("{'jsonrpc':'2.0','id':2,'method':'restart'}");
            rig.Run(10000);
            Assert.AreEqual(1, rig.Power.Restarts);
        }

        [TestMethod]
        public void Request_during_a_restart_is_not_carried_out()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Link.Acknowledges = false;
            rig.Ask("{'jsonrpc':'2.0','id':1,'method':'restart'}");
            rig.Run(100);
            int responses = rig.Link.CountOf(Response);
            rig.Ask("{'jsonrpc':'2.0','id':2,'method':'ping'}");
            rig.Run(100);
            Assert.AreEqual(responses, rig.Link.CountOf(Response));
        }

        [TestMethod]
        public void Flash_that_takes_nothing_does_not_keep_the_loop_busy()
        {
            DeviceRig rig = new DeviceRig("{'interval':1,'outbox':{'writeBack':0}}");
            rig.Storage.WriteFails = true;
            rig.Storage.AppendFaults = int.MaxValue;
            rig.Device.Start();
            rig.Run(30000);
            Assert.IsTrue(rig.Device.OutboxCount > 0);
        }
    }
}

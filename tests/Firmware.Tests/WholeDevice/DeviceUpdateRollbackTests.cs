using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>What a device reports of an image whose trial has failed.</summary>
    [TestClass]
    public class DeviceUpdateRollbackTests
    {
        [TestMethod]
        public void Trial_that_ended_with_a_restart_is_reported_by_the_image_before()
        {
            UpdateRig rig = UpdateRig.OnTrial().Restarted();
            rig.Rig.GoOnline();
            Assert.Contains("{'type':'update','state':'rolled-back','version':'0.2.0','result':8,'reason':'it did not last','request':", rig.Event("rolled-back"));
            Assert.Contains("'from':'any'", rig.Event("rolled-back"));
            Assert.Contains("'result':{'state':'idle','lwm2mState':0,'version':'0.2.0','builtIn':'0.1.0','result':8,'outcome':'update failed','reason':'it did not last'}", rig.Status());
        }

        [TestMethod]
        public void Trial_that_ended_at_its_deadline_is_reported()
        {
            UpdateRig rig = UpdateRig.OnTrial();
            rig.Rig.Run(310000);
            rig = rig.Restarted();
            rig.Rig.GoOnline();
            Assert.Contains("'version':'0.2.0','result':8,'reason':'trial: not online in time'", rig.Event("rolled-back"));
        }

        [TestMethod]
        public void Failure_is_cleared_when_it_was_reported()
        {
            UpdateRig rig = UpdateRig.OnTrial().Restarted();
            rig.Rig.GoOnline();
            rig.Rig.Run(1000);
            Assert.IsNull(rig.Slots.FailedVersion);
            rig = rig.Restarted();
            rig.Rig.GoOnline();
            Assert.AreEqual(0, rig.Events("rolled-back"));
        }

        [TestMethod]
        public void Failure_is_not_cleared_before_the_broker_has_it()
        {
            UpdateRig rig = UpdateRig.OnTrial().Restarted();
            rig.Link.Acknowledges = false;
            rig.Rig.GoOnline();
            rig.Rig.Run(5000);
            Assert.AreEqual("0.2.0", rig.Slots.FailedVersion);
            rig = rig.Restarted();
            rig.Rig.GoOnline();
            Assert.AreEqual(1, rig.Events("rolled-back"));
        }

        [TestMethod]
        public void Failure_that_is_not_reported_yet_is_not_cleared()
        {
            UpdateRig rig = UpdateRig.OnTrial().Restarted();
            rig.Rig.Run(60000);
            Assert.AreEqual("0.2.0", rig.Slots.FailedVersion);
        }

        [TestMethod]
        public void Failure_that_could_not_be_cleared_is_cleared_later()
        {
            UpdateRig rig = UpdateRig.OnTrial().Restarted();
            rig.Slots.ForgetFaults = 2;
            rig.Rig.GoOnline();
            rig.Rig.Run(60000);
            Assert.IsNull(rig.Slots.FailedVersion);
            Assert.AreEqual(1, rig.Events("rolled-back"));
        }

        [TestMethod]
        public void Version_that_failed_once_may_be_offered_again()
        {
            UpdateRig rig = UpdateRig.OnTrial().Restarted();
            rig.Rig.GoOnline();
            Assert.Contains("'state':'downloading'", rig.Offer(Release.Two));
        }

        [TestMethod]
        public void Version_that_failed_twice_is_barred()
        {
            UpdateRig rig = UpdateRig.OnTrial().Restarted();
            rig.Rig.GoOnline();
            rig.Offer(Release.Two);
            rig.Rig.Settle();
            rig.Finish(Release.Two);
            rig = rig.Restarted().Restarted();
            rig.Rig.GoOnline();
            Assert.Contains("barred: its trial failed twice", rig.Offer(Release.Two));
        }

        [TestMethod]
        public void Failure_that_was_not_reported_does_not_end_the_next_update()
        {
            UpdateRig rig = UpdateRig.OnTrial().Restarted();
            rig.Slots.ForgetFaults = 1000;
            rig.Rig.GoOnline();
            rig.Offer(Release.Three);
            rig.Serve(Release.Three, 0);
            rig = rig.Restarted();
            rig.Rig.GoOnline();
            Assert.Contains("'version':'0.2.0','result':8,'reason':'it did not last'", rig.Event("rolled-back"));
            Assert.AreEqual("{'version':'0.3.0','block':1}", rig.LastGet);
        }

        [TestMethod]
        public void Failure_that_was_not_reported_is_not_that_of_the_next_trial()
        {
            UpdateRig rig = UpdateRig.OnTrial().Restarted();
            rig.Slots.ForgetFaults = 1000;
            rig.Rig.GoOnline();
            rig.Offer(Release.Three);
            rig.Rig.Settle();
            rig.Finish(Release.Three);
            rig = rig.Restarted();
            rig.Rig.GoOnline();
            Assert.Contains("'version':'0.2.0','result':8,'reason':'it did not last'", rig.Event("rolled-back"));
            Assert.Contains("'version':'0.3.0','result':0,'request':", rig.Event("trial"));
            Assert.Contains("'version':'0.3.0','result':1,'request':", rig.Event("confirmed"));
        }

        [TestMethod]
        public void Failure_of_an_unknown_update_is_reported()
        {
            FakeSlots slots = new FakeSlots { FailedVersion = "0.2.0", FailedReason = "it could not be loaded" };
            UpdateRig rig = UpdateRig.Online(UpdateRig.Settings, slots);
            Assert.AreEqual("{'type':'update','state':'rolled-back','version':'0.2.0','result':8,'reason':'it could not be loaded'}", rig.Event("rolled-back"));
        }
    }
}

using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>Installation and trial of an image.</summary>
    [TestClass]
    public class DeviceUpdateTrialTests
    {
        private const string Quiet = "{'interval':10,'update':{'delay':0},'sntp':[]}";

        [TestMethod]
        public void Verified_image_is_started_on_trial()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Finish(Release.Two);
            Assert.AreEqual("0.2.0 300 1", rig.Slots.Tested + " " + rig.Rig.Power.Restarts);
        }

        [TestMethod]
        public void Trial_lasts_as_long_as_the_settings_say()
        {
            UpdateRig rig = UpdateRig.Online("{'interval':10,'update':{'delay':0,'trial':120}}");
            rig.Offer(Release.Two);
            rig.Rig.Settle();
            rig.Finish(Release.Two);
            Assert.AreEqual("0.2.0 120", rig.Slots.Tested);
        }

        [TestMethod]
        public void Installation_is_reported_before_the_device_restarts()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Finish(Release.Two);
            Assert.AreEqual("waiting downloading downloading downloading installing", rig.Story());
            Assert.Contains("'version':'0.2.0','blocks':3,'of':3,'result':0,'request':", rig.Event("installing"));
            Assert.Contains("\"state\":\"offline\"", rig.Link[rig.Link.Count - 1].Text);
        }

        [TestMethod]
        public void Restart_does_not_wait_for_a_broker_that_does_not_answer()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Link.Acknowledges = false;
            rig.Finish(Release.Two);
            rig.Rig.Run(15000);
            Assert.AreEqual(1, rig.Rig.Power.Restarts);
        }

        [TestMethod]
        public void Restart_does_not_wait_for_a_connection()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Serve(Release.Two, 0);
            rig.Serve(Release.Two, 1);
            rig.Serve(Release.Two, 2);
            rig.Rig.LoseLink();
            rig.Rig.Run(5000);
            Assert.AreEqual("0.2.0 300 1", rig.Slots.Tested + " " + rig.Rig.Power.Restarts);
        }

        [TestMethod]
        public void Installation_that_could_not_be_reported_is_reported_by_the_next_run()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Serve(Release.Two, 0);
            rig.Serve(Release.Two, 1);
            rig.Serve(Release.Two, 2);
            rig.Rig.LoseLink();
            rig.Rig.Run(5000);
            rig = rig.Restarted();
            rig.Rig.GoOnline();
            Assert.EndsWith("installing trial confirmed", rig.Story());
        }

        [TestMethod]
        public void Image_that_cannot_be_tested_is_given_up()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Slots.TestFails = true;
            rig.Finish(Release.Two);
            Assert.Contains("'state':'failed','version':'0.2.0','blocks':3,'of':3,'result':8,'reason':'flash: the update could not be stored, offer it again'", rig.Event("failed"));
            Assert.AreEqual("0 False", rig.Rig.Power.Restarts + " " + rig.Slots.HasOffer);
        }

        [TestMethod]
        public void Installation_that_cannot_be_remembered_is_given_up()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Rig.Storage.WriteFails = true;
            rig.Finish(Release.Two);
            Assert.AreEqual("1 0", rig.Events("failed") + " " + rig.Rig.Power.Restarts);
            Assert.IsNull(rig.Slots.Tested);
        }

        [TestMethod]
        public void Trial_is_reported_with_its_client()
        {
            UpdateRig rig = UpdateRig.OnTrial();
            rig.Rig.GoOnline();
            Assert.Contains("{'type':'update','state':'trial','version':'0.2.0','result':0,'request':", rig.Event("trial"));
            Assert.Contains("'from':'any'", rig.Event("trial"));
        }

        [TestMethod]
        public void Image_on_trial_that_is_online_and_measures_is_confirmed()
        {
            UpdateRig rig = UpdateRig.OnTrial();
            rig.Rig.GoOnline();
            Assert.AreEqual("1 False", rig.Slots.Confirms + " " + rig.Slots.IsOnTrial);
            Assert.Contains("{'type':'update','state':'confirmed','version':'0.2.0','result':1,'request':", rig.Event("confirmed"));
            Assert.Contains("'result':{'state':'idle','lwm2mState':0,'version':'0.2.0','image':'0.2.0','builtIn':'0.1.0','result':1,'outcome':'success'}", rig.Status());
        }

        [TestMethod]
        public void Confirmed_image_stays()
        {
            UpdateRig rig = UpdateRig.OnTrial();
            rig.Rig.GoOnline();
            rig.Rig.Run(400000);
            Assert.AreEqual("1 0 0", rig.Slots.Confirms + " " + rig.Slots.Reverts + " " + rig.Rig.Power.Restarts);
        }

        [TestMethod]
        public void Image_on_trial_that_is_not_online_is_not_confirmed()
        {
            UpdateRig rig = UpdateRig.OnTrial();
            rig.Rig.GoSubscribing();
            rig.Rig.Run(9000);
            Assert.AreEqual(0, rig.Slots.Confirms);
        }

        [TestMethod]
        public void Image_on_trial_without_a_reading_is_not_confirmed_when_the_one_before_had_one()
        {
            UpdateRig rig = UpdateRig.OnTrial(false);
            rig.Rig.GoOnline();
            rig.Rig.Run(290000);
            Assert.AreEqual(0, rig.Slots.Confirms);
            rig.Rig.Run(20000);
            Assert.AreEqual("1 1", rig.Slots.Reverts + " " + rig.Rig.Power.Restarts);
            Assert.AreEqual("trial: no sensor reading in time", rig.Slots.FailedReason);
        }

        [TestMethod]
        public void Image_on_trial_that_gets_its_reading_late_is_confirmed()
        {
            UpdateRig rig = UpdateRig.OnTrial(false);
            rig.Rig.GoOnline();
            rig.Rig.Run(60000);
            rig.Rig.Slot76.Sensor.Answers = true;
            rig.Rig.Run(200000);
            Assert.AreEqual(1, rig.Slots.Confirms);
        }

        [TestMethod]
        public void Image_on_trial_needs_no_reading_when_the_one_before_had_none()
        {
            UpdateRig rig = UpdateRig.OnTrial(false, false);
            rig.Rig.GoOnline();
            Assert.AreEqual(1, rig.Slots.Confirms);
        }

        [TestMethod]
        public void Charge_of_a_battery_is_no_reading()
        {
            UpdateRig rig = new UpdateRig(new MemoryStorage(), new FakeSlots(), Quiet, "power-on", 1920);
            rig.Rig.GoOnline();
            rig.Offer(Release.Two);
            rig.Rig.Settle();
            rig.Finish(Release.Two);
            rig.Slots.Boot();
            rig = new UpdateRig(rig.Rig.Storage, rig.Slots, null, "restart", 1920, false);
            rig.Rig.GoOnline();
            rig.Rig.Run(60000);
            Assert.AreEqual(0, rig.Slots.Confirms);
        }

        [TestMethod]
        public void Trial_that_is_never_online_ends_at_its_deadline()
        {
            UpdateRig rig = UpdateRig.OnTrial();
            rig.Rig.Run(299000);
            Assert.AreEqual("0 0", rig.Slots.Reverts + " " + rig.Rig.Power.Restarts);
            rig.Rig.Run(5000);
            Assert.AreEqual("1 1", rig.Slots.Reverts + " " + rig.Rig.Power.Restarts);
            Assert.AreEqual("trial: not online in time", rig.Slots.FailedReason);
        }

        [TestMethod]
        public void Confirmation_that_was_not_written_is_tried_again()
        {
            UpdateRig rig = UpdateRig.OnTrial();
            rig.Slots.ConfirmFaults = 2;
            rig.Rig.GoOnline();
            Assert.AreEqual("1 0", rig.Slots.Confirms + " " + rig.Events("confirmed"));
            rig.Rig.Run(20100);
            Assert.AreEqual("3 1", rig.Slots.Confirms + " " + rig.Events("confirmed"));
            Assert.AreEqual(2, rig.Rig.Device.Counters.StorageFaults);
        }

        [TestMethod]
        public void Confirmation_that_is_never_written_ends_with_the_trial()
        {
            UpdateRig rig = UpdateRig.OnTrial();
            rig.Slots.ConfirmFaults = 1000;
            rig.Rig.GoOnline();
            rig.Rig.Run(310000);
            Assert.AreEqual("30 1 flash: the confirmation could not be stored", rig.Slots.Confirms + " " + rig.Slots.Reverts + " " + rig.Slots.FailedReason);
        }

        [TestMethod]
        public void Trial_is_no_safe_mode_whatever_ended_the_starts_before()
        {
            UpdateRig rig = Unstable();
            Assert.AreEqual("False True", rig.Rig.Device.IsSafeMode + " " + rig.Slots.IsOnTrial);
            rig.Rig.GoOnline();
            Assert.AreEqual(1, rig.Slots.Confirms);
        }

        [TestMethod]
        public void Trial_that_fails_after_starts_that_did_not_last_leads_to_safe_mode()
        {
            UpdateRig rig = Unstable();
            Assert.IsTrue(rig.Restarted().Rig.Device.IsSafeMode);
        }

        [TestMethod]
        public void Device_in_safe_mode_is_updated_and_needs_no_reading()
        {
            MemoryStorage storage = new MemoryStorage();
            FakeSlots slots = new FakeSlots();
            UpdateRig rig = null;
            for (int i = 0; i < 11; i++)
            {
                rig = new UpdateRig(storage, slots, UpdateRig.Settings, "power-on", 0);
            }

            Assert.IsTrue(rig.Rig.Device.IsSafeMode);
            rig.Rig.GoOnline();
            rig.Offer(Release.Two);
            rig.Rig.Settle();
            rig.Finish(Release.Two);
            slots.Boot();
            rig = new UpdateRig(storage, slots, null, "restart", 0, false);
            rig.Rig.GoOnline();
            Assert.AreEqual(1, slots.Confirms);
        }

        /// <summary>A device on trial after ten starts that did not last.</summary>
        private static UpdateRig Unstable()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Finish(Release.Two);
            for (int i = 0; i < 10; i++)
            {
                rig = new UpdateRig(rig.Rig.Storage, rig.Slots, null, "power-on", 0);
            }

            return rig.Restarted();
        }
    }
}

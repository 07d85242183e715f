using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>Updates of a device that sleeps between its measurements: each wake is a rig on the flash of the one before.</summary>
    [TestClass]
    public class DeviceUpdateSleepTests
    {
        private const string Settings = "{'interval':300,'sntp':[],'power':{'mode':'deep-sleep'}}";

        [TestMethod]
        public void Update_holds_the_device_awake()
        {
            UpdateRig rig = Awake();
            rig.Offer(Release.Two);
            rig.Rig.Run(8000);
            rig.Serve(Release.Two, 0);
            rig.Rig.Run(8000);
            rig.Serve(Release.Two, 1);
            rig.Rig.Run(8000);
            Assert.AreEqual(0L, rig.Rig.Power.Slept);
            rig.Serve(Release.Two, 2);
            rig.Rig.Run(5000);
            Assert.AreEqual("0.2.0 300 1 0", rig.Slots.Tested + " " + rig.Rig.Power.Restarts + " " + rig.Rig.Power.Slept);
        }

        [TestMethod]
        public void Update_does_not_wait_for_the_delay()
        {
            Assert.Contains("'state':'downloading'", Awake().Offer(Release.Two));
        }

        [TestMethod]
        public void Update_goes_on_beyond_the_cap_of_other_wakes()
        {
            UpdateRig rig = Awake();
            rig.Offer(Release.Two);
            rig.Rig.Settle();
            for (int i = 0; i < 8; i++)
            {
                // Two bad blocks before each good one: the server is not silent, and of use now and then.
                rig.Rig.Run(9000);
                if (i % 3 == 2)
                {
                    rig.Serve(Release.Two, rig.Wanted());
                }
                else
                {
                    rig.Serve("0.2.0", rig.Wanted(), new byte[4096]);
                }
            }

            Assert.IsTrue(rig.Clock.Uptime > 60000);
            Assert.AreEqual("0 8192", rig.Rig.Power.Slept + " " + rig.Slots.Staged);
        }

        [TestMethod]
        public void Servers_that_do_not_answer_let_it_sleep()
        {
            UpdateRig rig = Awake();
            rig.Offer(Release.Two);
            rig.Rig.Run(9000);
            Assert.AreEqual(0L, rig.Rig.Power.Slept);
            rig.Rig.Run(5000);
            Assert.IsTrue(rig.Rig.Power.Slept > 0);
        }

        [TestMethod]
        public void Servers_that_did_not_answer_cost_the_next_wake_one_question()
        {
            UpdateRig rig = Awake();
            rig.Offer(Release.Two);
            rig.Rig.Run(20000);
            rig = Next(rig);
            rig.Rig.GoOnline();
            rig.Rig.Run(8000);
            Assert.AreEqual("1 True", rig.Gets + " " + (rig.Rig.Power.Slept > 0));
        }

        [TestMethod]
        public void Server_that_is_back_holds_the_wake_open_again()
        {
            UpdateRig rig = Awake();
            rig.Offer(Release.Two);
            rig.Rig.Run(20000);
            rig = Next(rig);
            rig.Rig.GoOnline();
            rig.Serve(Release.Two, 0);
            rig.Rig.Run(8000);
            Assert.AreEqual("0 {'version':'0.2.0','block':1}", rig.Rig.Power.Slept + " " + rig.LastGet);
        }

        [TestMethod]
        public void Servers_whose_blocks_are_bad_let_it_sleep()
        {
            UpdateRig rig = Awake();
            rig.Offer(Release.Two);
            for (int i = 0; i < 300 && !rig.Rig.Device.IsStopped; i++)
            {
                rig.Serve("0.2.0", 0, new byte[4096]);
                rig.Rig.Run(300);
            }

            Assert.IsTrue(rig.Rig.Power.Slept > 0 && rig.Clock.Uptime < 60000);
        }

        [TestMethod]
        public void Cap_ends_the_wake_of_an_update()
        {
            UpdateRig rig = Awake();
            rig.Offer(Release.Two);
            rig.Rig.Settle();
            for (int i = 0; i < 70 && !rig.Rig.Device.IsStopped; i++)
            {
                // The connection breaks repeatedly: the block is requested again each time.
                rig.Rig.Run(9000);
                rig.Rig.LoseLink();
                rig.Rig.Run(5000);
                if (!rig.Rig.Device.IsStopped)
                {
                    rig.Rig.GoOnline();
                }
            }

            Assert.IsTrue(rig.Rig.Power.Slept > 0 && rig.Clock.Uptime <= 615000);
        }

        [TestMethod]
        public void Update_that_was_left_goes_on_at_the_next_wake()
        {
            UpdateRig rig = Awake();
            rig.Offer(Release.Two);
            rig.Rig.Settle();
            rig.Serve(Release.Two, 0);
            rig.Rig.Run(120000);
            Assert.IsTrue(rig.Rig.Power.Slept > 0);
            rig = Next(rig);
            Assert.AreEqual(1, rig.Rig.Network.Joins);
            rig.Rig.GoOnline();
            Assert.AreEqual("{'version':'0.2.0','block':1} 0", rig.LastGet + " " + rig.Rig.Device.Counters.Exceptions);
            rig.Finish(Release.Two);
            Assert.AreEqual("0.2.0 300 1", rig.Slots.Tested + " " + rig.Slots.Begins);
        }

        [TestMethod]
        public void Wake_goes_on_with_an_update_though_there_is_nothing_else_to_send()
        {
            UpdateRig rig = Awake("{'interval':300,'sntp':[],'power':{'mode':'deep-sleep','publishEvery':100}}");
            rig.Offer(Release.Two);
            rig.Rig.Run(120000);
            Assert.AreEqual(1, Next(rig).Rig.Network.Joins);
        }

        [TestMethod]
        public void Shut_gate_lets_it_sleep_and_leaves_the_radio_off()
        {
            UpdateRig rig = Awake("{'interval':300,'sntp':[],'power':{'mode':'deep-sleep','publishEvery':100},'update':{'percent':0}}");
            rig.Offer(Release.Two);
            rig.Rig.Run(10000);
            Assert.IsTrue(rig.Rig.Power.Slept > 0);
            rig = Next(rig);
            rig.Rig.Run(2000);
            Assert.AreEqual("0 True", rig.Rig.Network.Joins + " " + (rig.Rig.Power.Slept > 0));
        }

        [TestMethod]
        public void Image_on_trial_is_confirmed_within_its_wake()
        {
            UpdateRig rig = Awake();
            rig.Offer(Release.Two);
            rig.Rig.Settle();
            rig.Finish(Release.Two);
            rig = rig.Restarted("restart");
            rig.Rig.GoOnline();
            rig.Rig.Run(10000);
            Assert.AreEqual("1 1 True", rig.Slots.Confirms + " " + rig.Events("confirmed") + " " + (rig.Rig.Power.Slept > 0));
        }

        [TestMethod]
        public void Image_on_trial_has_its_time_to_come_online()
        {
            UpdateRig rig = Awake();
            rig.Offer(Release.Two);
            rig.Rig.Settle();
            rig.Finish(Release.Two);
            rig = rig.Restarted("restart");
            rig.Rig.Run(290000);
            Assert.AreEqual("0 True", rig.Rig.Power.Slept + " " + rig.Slots.IsOnTrial);
            rig.Rig.Run(20000);
            Assert.AreEqual("1 trial: not online in time", rig.Slots.Reverts + " " + rig.Slots.FailedReason);
        }

        [TestMethod]
        public void Failure_is_reported_once_though_several_wakes_do_not_reach_the_broker()
        {
            UpdateRig rig = Awake();
            rig.Slots.FailedVersion = "0.2.0";
            rig.Slots.FailedReason = "it did not last";
            rig = Next(rig);
            for (int i = 0; i < 3; i++)
            {
                rig.Rig.Run(13000);
                Assert.IsTrue(rig.Rig.Power.Slept > 0);
                rig = Next(rig);
            }

            rig = new UpdateRig(rig.Rig.Storage, rig.Slots, null, "pin", 0);
            rig.Rig.GoOnline();
            rig.Rig.Run(5000);
            Assert.AreEqual(1, rig.Events("rolled-back"));
            Assert.IsNull(rig.Slots.FailedVersion);
        }

        [TestMethod]
        public void Refused_offer_is_not_reported_by_each_wake()
        {
            UpdateRig rig = Awake();
            rig.OfferToAll(Release.Two.Forged());
            rig.Rig.Run(10000);
            Assert.AreEqual(1, rig.Events("refused"));
            rig = Next(rig);
            rig.Rig.GoOnline();
            rig.OfferToAll(Release.Two.Forged());
            rig.Rig.Run(10000);
            Assert.AreEqual("0 0", rig.Events("refused") + " " + (rig.Slots.Judged - 1));
        }

        [TestMethod]
        public void Offer_that_was_refused_before_a_revert_is_verified_again()
        {
            UpdateRig rig = Awake();
            rig.Slots.ImageVersion = "0.3.0";
            rig.OfferToAll(Release.Two);
            rig.Rig.Run(1);
            Assert.AreEqual(1, rig.Events("refused"));
            rig.Call("update.revert");
            rig.Rig.Run(5000);
            rig = rig.Restarted("restart");
            rig.Rig.GoOnline();
            rig.OfferToAll(Release.Two);
            Assert.AreEqual("{'version':'0.2.0','block':0}", rig.LastGet);
        }

        private static UpdateRig Awake() => Awake(Settings);

        // The second wake, online.
        private static UpdateRig Awake(string settings)
        {
            UpdateRig rig = UpdateRig.Online(settings);
            rig.Rig.Run(10000);
            Assert.IsTrue(rig.Rig.Power.Slept > 0);
            rig = new UpdateRig(rig.Rig.Storage, rig.Slots, null, "pin", 0);
            rig.Rig.GoOnline();
            return rig;
        }

        private static UpdateRig Next(UpdateRig rig) => new UpdateRig(rig.Rig.Storage, rig.Slots, null, "timer", 0);
    }
}

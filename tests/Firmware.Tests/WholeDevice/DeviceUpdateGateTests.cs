using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>What keeps an update waiting, and lets it go. Gates are looked at once a minute.</summary>
    [TestClass]
    public class DeviceUpdateGateTests
    {
        private const string Open = "{'interval':10,'update':{'delay':0";
        private const int HalfFull = 1920; // mV behind the divider of 2: 3.84 V
        private const int Nearly = 1750;

        [TestMethod]
        public void Without_gates_it_begins_at_once()
        {
            ExpectBegin(UpdateRig.Online());
        }

        [TestMethod]
        public void Canary_keeps_the_others_waiting()
        {
            UpdateRig rig = Offered(Open + ",'percent':0}}");
            ExpectWait(rig, "canary");
            Set(rig, "{'update.percent':100}");
            ExpectRelease(rig);
        }

        [TestMethod]
        public void Charge_keeps_it_waiting()
        {
            UpdateRig rig = OnBattery(Nearly, Open + "}}");
            rig.Offer(Release.Two);
            ExpectWait(rig, "battery");
            rig.Rig.Power.BatteryMillivolts = HalfFull;
            rig.Rig.Run(180000);
            Assert.IsTrue(rig.Gets > 0);
        }

        [TestMethod]
        public void Charge_that_is_enough_does_not()
        {
            ExpectBegin(OnBattery(HalfFull, Open + "}}"));
        }

        [TestMethod]
        public void Charge_that_sinks_stops_it()
        {
            UpdateRig rig = OnBattery(HalfFull, Open + "}}");
            rig.Offer(Release.Two);
            rig.Rig.Settle();
            rig.Rig.Power.BatteryMillivolts = Nearly;
            rig.Rig.Run(180000);
            Assert.Contains("'state':'waiting','lwm2mState':0,'version':'0.2.0','blocks':0,'of':3,'gate':'battery'", rig.Status());
            int gets = rig.Gets;
            rig.Rig.Run(180000);
            Assert.AreEqual(gets, rig.Gets);
        }

        [TestMethod]
        public void Weak_signal_keeps_it_waiting()
        {
            UpdateRig rig = Offered(Open + ",'signal':-60}}");
            ExpectWait(rig, "signal");
            rig.Rig.Network.SignalDbm = -60;
            ExpectRelease(rig);
        }

        [TestMethod]
        public void Signal_that_sinks_stops_it()
        {
            UpdateRig rig = Offered(Open + ",'signal':-70}}");
            rig.Rig.Network.SignalDbm = -90;
            rig.Rig.Run(60000);
            rig.Serve(Release.Two, 0);
            Assert.AreEqual(0, rig.Slots.Staged);
            Assert.Contains("'state':'waiting'", rig.Status());
        }

        [TestMethod]
        public void Block_that_was_requested_before_a_gate_closed_is_downloaded_afterwards()
        {
            UpdateRig rig = Offered(Open + ",'signal':-70}}");
            rig.Serve(Release.Two, 0);
            rig.Rig.Network.SignalDbm = -90;
            rig.Rig.Run(60000);
            rig.Rig.Network.SignalDbm = -60;
            rig.Rig.Run(120000);
            Assert.AreEqual("{'version':'0.2.0','block':1}", rig.LastGet);
            rig.Finish(Release.Two);
            Assert.AreEqual("0.2.0 300", rig.Slots.Tested);
        }

        [TestMethod]
        public void Hours_keep_it_waiting()
        {
            // It is 16:53:45.
            UpdateRig rig = InHours(17, 19);
            ExpectWait(rig, "hours");
            rig.Rig.Run(300000);
            Assert.AreEqual(0, rig.Gets);
            rig.Rig.Run(135000);
            Assert.IsTrue(rig.Gets > 0);
        }

        [TestMethod]
        public void Hours_that_have_come_do_not()
        {
            UpdateRig rig = InHours(16, 17);
            Assert.AreEqual(1, rig.Gets);
        }

        [TestMethod]
        public void Hours_that_are_over_stop_it()
        {
            UpdateRig rig = InHours(16, 17);
            rig.Rig.Run(600000);
            Assert.Contains("'gate':'hours'", rig.Status());
        }

        [TestMethod]
        public void Hours_are_closed_without_a_clock()
        {
            ExpectWait(Offered(Open + ",'fromHour':0,'toHour':24}}"), "hours");
        }

        [TestMethod]
        public void Delay_keeps_it_waiting_for_as_long_as_it_may()
        {
            UpdateRig rig = Offered("{'interval':10,'update':{'delay':1000}}");
            ExpectWait(rig, "delay");
            rig.Rig.Run(1000000);
            Assert.IsTrue(rig.Gets > 0);
        }

        [TestMethod]
        public void Delay_differs_between_starts()
        {
            string waits = string.Empty;
            MemoryStorage storage = new MemoryStorage();
            for (int i = 0; i < 3; i++)
            {
                UpdateRig rig = new UpdateRig(storage, new FakeSlots(), "{'interval':10,'update':{'delay':3600}}", "power-on", 0);
                rig.Rig.GoOnline();
                rig.Offer(Release.Two);
                int seconds = 0;
                for (; rig.Gets == 0 && seconds < 4000; seconds++)
                {
                    rig.Rig.Run(1000);
                }

                rig.Call("update.cancel");
                Assert.IsTrue(seconds <= 3600);
                Assert.IsFalse(waits.IndexOf(" " + seconds + " ") >= 0);
                waits += " " + seconds + " ";
            }
        }

        [TestMethod]
        [DataRow(",'percent':0}}")]
        [DataRow(",'fromHour':1,'toHour':2}}")]
        public void Force_opens_what_spreads_a_rollout(string gates)
        {
            UpdateRig rig = UpdateRig.Online(Open + gates);
            Assert.Contains("'state':'downloading'", rig.Force(Release.Two));
        }

        [TestMethod]
        public void Force_opens_the_delay()
        {
            UpdateRig rig = UpdateRig.Online("{'interval':10,'update':{'delay':86400}}");
            Assert.Contains("'state':'downloading'", rig.Force(Release.Two));
        }

        [TestMethod]
        public void Force_does_not_open_what_protects_the_device()
        {
            UpdateRig rig = UpdateRig.Online(Open + ",'signal':-60}}");
            rig.Force(Release.Two);
            ExpectWait(rig, "signal");
        }

        [TestMethod]
        public void Force_opens_the_gates_for_an_offer_that_waits_already()
        {
            UpdateRig rig = UpdateRig.Online(Open + ",'percent':0}}");
            rig.OfferToAll(Release.Two);
            ExpectWait(rig, "canary");
            Assert.Contains("'state':'downloading'", rig.Force(Release.Two));
            rig.Rig.Settle();
            Assert.AreEqual("1 1", rig.Gets + " " + rig.Slots.Begins);
        }

        [TestMethod]
        public void Force_survives_a_restart()
        {
            UpdateRig rig = UpdateRig.Online(Open + ",'percent':0}}");
            rig.Force(Release.Two);
            rig = rig.Restarted();
            rig.Rig.GoOnline();
            Assert.AreEqual(1, rig.Gets);
        }

        [TestMethod]
        public void Closed_gate_is_not_reported_after_the_end()
        {
            UpdateRig rig = Offered(Open + ",'percent':0}}");
            Assert.DoesNotContains("gate", rig.Call("update.cancel"));
        }

        private static UpdateRig Offered(string settings)
        {
            UpdateRig rig = UpdateRig.Online(settings);
            rig.Offer(Release.Two);
            rig.Rig.Settle();
            return rig;
        }

        private static UpdateRig InHours(int from, int to)
        {
            UpdateRig rig = UpdateRig.Online(Open + ",'fromHour':" + from + ",'toHour':" + to + "}}");
            rig.Clock.Synchronize();
            rig.Offer(Release.Two);
            rig.Rig.Settle();
            return rig;
        }

        private static UpdateRig OnBattery(int millivolts, string settings)
        {
            UpdateRig rig = new UpdateRig(new MemoryStorage(), new FakeSlots(), settings, "power-on", millivolts);
            rig.Rig.GoOnline();
            return rig;
        }

        private static void Set(UpdateRig rig, string values)
        {
            Assert.Contains("'result'", rig.Call("settings.set", "{'values':" + values + "}"));
        }

        private static void ExpectBegin(UpdateRig rig)
        {
            Assert.Contains("'state':'downloading'", rig.Offer(Release.Two));
            Assert.DoesNotContains("gate", rig.Status());
        }

        private static void ExpectWait(UpdateRig rig, string gate)
        {
            Assert.Contains("'state':'waiting','lwm2mState':0,'version':'0.2.0','blocks':0,'of':3,'gate':'" + gate + "'", rig.Status());
            Assert.AreEqual("0 waiting", rig.Gets + " " + rig.Story());
        }

        private static void ExpectRelease(UpdateRig rig)
        {
            rig.Rig.Run(61000);
            Assert.Contains("'state':'downloading'", rig.Status());
            Assert.IsTrue(rig.Gets > 0);
        }
    }
}

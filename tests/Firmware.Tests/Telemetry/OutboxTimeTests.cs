using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Telemetry
{
    /// <summary>Readings of a device that does not know the time yet.</summary>
    [TestClass]
    public class OutboxTimeTests
    {
        [TestMethod]
        public void Reading_taken_before_the_clock_is_set_has_a_relative_time()
        {
            OutboxRig rig = new OutboxRig();
            rig.Add(1);
            rig.Wait(10000);
            string pack = rig.Send();
            Assert.DoesNotContains("\"bt\"", pack);
            Assert.Contains("{\"t\":-10,\"n\":\"temperature\"", pack);
        }

        [TestMethod]
        public void Reading_taken_before_the_clock_is_set_is_dated_when_it_is()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 1);
            rig.Wait(7000);
            rig.Clock.Synchronize();
            Assert.Contains("\"bt\":1795366415,", rig.Send());
        }

        [TestMethod]
        public void Readings_about_the_setting_of_the_clock_are_all_dated()
        {
            OutboxRig rig = new OutboxRig();
            rig.Add(1);
            rig.Clock.Advance(1000);
            rig.Clock.Synchronize();
            rig.Add(2);
            Assert.Contains("\"bt\":1795366424,", rig.Send());
            rig.Acknowledge();
            Assert.Contains("\"bt\":1795366425,", rig.Send());
        }

        [TestMethod]
        public void Readings_of_an_earlier_run_are_dated_by_when_its_clock_was_set()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 1);
            rig.Wait(7000);
            rig.Clock.Synchronize();
            rig.Store(2, 2);
            OutboxRig next = rig.CutPower();
            Assert.Contains("\"bt\":1795366415,", next.Send());
            next.Acknowledge();
            Assert.Contains("\"bt\":1795366425,", next.Send());
        }

        // The next one may be an hour away, and the power may fail before it.
        [TestMethod]
        public void Clock_that_is_set_dates_what_is_stored_before_the_next_measurement()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 1);
            rig.Wait(7000);
            rig.Clock.Synchronize();
            rig.Wait(1000);
            Assert.Contains("\"bt\":1795366415,", rig.CutPower().Send());
        }

        [TestMethod]
        public void Readings_of_many_runs_are_dated()
        {
            OutboxRig rig = new OutboxRig();
            for (int run = 0; run < 20; run++)
            {
                rig.Store(run, run);
                rig.Clock.Synchronize();
                rig.Store(run, run);
                rig = rig.CutPower();
            }

            while (rig.Outbox.Count > 0)
            {
                string pack = rig.Send();
                Assert.IsTrue(pack == null || pack.Contains("\"bt\":"), pack);
                rig.Acknowledge();
            }
        }

        [TestMethod]
        public void Readings_of_a_run_that_never_knew_the_time_say_so()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 1);
            OutboxRig next = rig.CutPower();
            next.Clock.Synchronize();
            string pack = next.Send();
            Assert.DoesNotContains("\"bt\"", pack);
            Assert.Contains("{\"n\":\"time-unknown\",\"vb\":true}", pack);
        }

        [TestMethod]
        public void Setting_the_clock_is_not_counted_as_a_reading()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 1);
            rig.Clock.Synchronize();
            rig.Store(2, 2);
            Assert.AreEqual(2, rig.Outbox.Count);
        }

        [TestMethod]
        public void Outbox_is_empty_when_the_readings_about_the_setting_of_the_clock_are_sent()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 1);
            rig.Clock.Synchronize();
            rig.Store(2, 2);
            Assert.AreEqual("1 2 ", rig.Drain());
            Assert.AreEqual(0, rig.Outbox.Count);
        }
    }
}

using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Telemetry
{
    /// <summary>Readings as plain JSON, and the change from one format to the other.</summary>
    [TestClass]
    public class OutboxFormatTests
    {
        [TestMethod]
        public void Plain_reading_is_one_flat_object()
        {
            OutboxRig rig = Plain();
            rig.Clock.Synchronize();
            rig.Add(21);
            Assert.AreEqual(SingleQuoted.Text("{'seq':1,'temperature':21,'time':1795366425}"), rig.Send());
        }

        [TestMethod]
        public void Plain_reading_has_an_age_while_the_clock_is_not_set()
        {
            OutboxRig rig = Plain();
            rig.Add(21);
            rig.Wait(12000);
            Assert.AreEqual(SingleQuoted.Text("{'seq':1,'temperature':21,'age':12}"), rig.Send());
        }

        [TestMethod]
        public void Plain_reading_taken_before_the_clock_is_set_is_dated_when_it_is()
        {
            OutboxRig rig = Plain();
            rig.Add(21);
            rig.Wait(12000);
            rig.Clock.Synchronize();
            Assert.AreEqual(SingleQuoted.Text("{'seq':1,'temperature':21,'time':1795366413}"), rig.Send());
        }

        [TestMethod]
        public void Plain_reading_of_a_run_that_never_knew_the_time_says_so()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(21, 21);
            OutboxRig next = rig.CutPower();
            next.Outbox.Use(TelemetryFormat.Json);
            next.Clock.Synchronize();
            Assert.AreEqual(SingleQuoted.Text("{'seq':1,'temperature':21,'timeUnknown':true}"), next.Send());
        }

        [TestMethod]
        public void Plain_backlog_is_sent_one_reading_a_message_each_with_its_number_and_time()
        {
            OutboxRig rig = Plain();
            rig.Clock.Synchronize();
            rig.Add(1);
            rig.Wait(3000);
            rig.Add(2);
            rig.Wait(1000);
            rig.Add(3);
            Assert.AreEqual(SingleQuoted.Text("{'seq':1,'temperature':1,'time':1795366425}"), rig.Send());
            rig.Acknowledge();
            Assert.AreEqual(SingleQuoted.Text("{'seq':2,'temperature':2,'time':1795366428}"), rig.Send());
            rig.Acknowledge();
            Assert.AreEqual(SingleQuoted.Text("{'seq':3,'temperature':3,'time':1795366429}"), rig.Send());
            rig.Acknowledge();
            Assert.AreEqual(0, rig.Outbox.Count);
        }

        [TestMethod]
        public void Plain_reading_that_was_not_acknowledged_is_sent_again_as_it_was()
        {
            OutboxRig rig = Plain();
            rig.Clock.Synchronize();
            rig.Add(1);
            rig.Add(2);
            string first = rig.Send();
            rig.Lose();
            rig.Wait(60000);
            Assert.AreEqual(first, rig.Send());
        }

        [TestMethod]
        public void Pack_that_waits_is_sent_one_reading_a_message_after_the_change_to_plain()
        {
            OutboxRig rig = OutboxRig.Synchronized();
            rig.Store(1, 2);
            rig.Outbox.Use(TelemetryFormat.Json);
            Assert.AreEqual(SingleQuoted.Text("{'seq':1,'temperature':1,'time':1795366425}"), rig.Send());
            rig.Acknowledge();
            Assert.AreEqual(SingleQuoted.Text("{'seq':1,'temperature':2,'time':1795366428}"), rig.Send());
        }

        [TestMethod]
        public void Reading_after_the_change_to_plain_does_not_join_the_pack_that_waits()
        {
            OutboxRig rig = OutboxRig.Synchronized();
            rig.Add(1);
            rig.Outbox.Use(TelemetryFormat.Json);
            rig.Add(2);
            rig.Send();
            rig.Acknowledge();
            Assert.Contains("\"seq\":2,", rig.Send());
        }

        [TestMethod]
        public void Readings_share_packs_again_after_the_change_back()
        {
            OutboxRig rig = Plain();
            rig.Store(1, 1);
            rig.Outbox.Use(TelemetryFormat.Senml);
            rig.Add(2);
            rig.Add(3);
            Assert.AreEqual("1 ", OutboxRig.ValuesOf(rig.Send()));
            rig.Acknowledge();
            Assert.AreEqual("2 3 ", OutboxRig.ValuesOf(rig.Send()));
        }

        [TestMethod]
        public void Choosing_the_same_format_again_changes_nothing()
        {
            OutboxRig rig = OutboxRig.Synchronized();
            rig.Store(1, 1);
            rig.Outbox.Use(TelemetryFormat.Senml);
            rig.Add(2);
            Assert.AreEqual("1 2 ", OutboxRig.ValuesOf(rig.Send()));
        }

        [TestMethod]
        public void Acknowledgement_of_a_pack_counts_for_all_of_it_though_the_format_changed_meanwhile()
        {
            OutboxRig rig = OutboxRig.Synchronized();
            rig.Store(1, 2);
            rig.Send();
            rig.Outbox.Use(TelemetryFormat.Json);
            rig.Acknowledge();
            Assert.AreEqual(0, rig.Outbox.Count);
        }

        [TestMethod]
        public void Stored_backlog_is_sent_plain_and_whole()
        {
            OutboxRig rig = OutboxRig.Synchronized();
            rig.Store(1, 40);
            OutboxRig next = rig.CutPower();
            next.Outbox.Use(TelemetryFormat.Json);
            string values = string.Empty;
            for (string message = next.Send(); message != null; message = next.Send())
            {
                int at = message.IndexOf("\"temperature\":") + 14;
                values += message.Substring(at, message.IndexOf(',', at) - at) + " ";
                next.Acknowledge();
            }

            Assert.AreEqual(OutboxRig.Range(1, 40), values);
            Assert.AreEqual(0, next.Outbox.Count);
        }

        private static OutboxRig Plain()
        {
            OutboxRig rig = new OutboxRig();
            rig.Outbox.Use(TelemetryFormat.Json);
            return rig;
        }
    }
}

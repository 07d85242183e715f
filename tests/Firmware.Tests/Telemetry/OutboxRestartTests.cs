using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Telemetry
{
    /// <summary>What a power cut leaves.</summary>
    [TestClass]
    public class OutboxRestartTests
    {
        [TestMethod]
        public void Restart_goes_on_with_what_was_stored()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 150);
            Assert.AreEqual(OutboxRig.Range(1, 150), rig.CutPower().Drain());
        }

        [TestMethod]
        public void Reading_that_was_only_in_memory_is_lost()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 2);
            rig.Add(3);
            Assert.AreEqual(OutboxRig.Range(1, 2), rig.CutPower().Drain());
        }

        [TestMethod]
        public void Pack_is_the_same_after_a_restart()
        {
            OutboxRig rig = OutboxRig.Synchronized();
            rig.Store(1, 30);
            string pack = rig.Send();
            Assert.AreEqual(pack, rig.CutPower().Send());
        }

        [TestMethod]
        public void Readings_of_the_new_run_follow_with_other_numbers()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 2);
            OutboxRig next = rig.CutPower();
            next.Store(3, 4);
            Assert.AreEqual(OutboxRig.Range(1, 4), next.Drain());
            Assert.AreEqual("1 61 ", next.Numbers);
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(4)]
        [DataRow(5)]
        [DataRow(30)]
        [DataRow(64)]
        public void Channels_of_earlier_runs_keep_their_names(int count)
        {
            OutboxRig rig = new OutboxRig(OutboxOptions.MaxCapacity);
            string expected = string.Empty;
            for (int i = 0; i < count; i++)
            {
                rig = rig.CutPower("channel" + i);
                rig.Store(i, i);
                expected += "channel" + i + " " + i + " ";
            }

            Assert.AreEqual(expected, rig.CutPower("other").DrainNamed());
        }

        // Its name has more bytes than characters.
        [TestMethod]
        [DataRow("au\u00DFen")]
        [DataRow("\u6E29\u5EA6")]
        [DataRow("\uD83C\uDF21\uD83C\uDF21\uD83C\uDF21\uD83C\uDF21\uD83C\uDF21\uD83C\uDF21\uD83C\uDF21\uD83C\uDF21")]
        public void Channel_with_any_name_survives_a_restart(string name)
        {
            OutboxRig rig = new OutboxRig().CutPower(name);
            rig.Store(1, 2);
            OutboxRig next = rig.CutPower("other");
            next.Store(3, 3);
            Assert.AreEqual("0 " + name + " 1 " + name + " 2 other 3 ", rig.Counters.ReadingsDropped + " " + next.CutPower().DrainNamed());
        }

        [TestMethod]
        public void Channel_that_comes_while_a_pack_is_open_begins_another_pack()
        {
            OutboxRig rig = OutboxRig.Synchronized();
            rig.Store(1, 2);
            rig.Add(3, "late");
            rig.Wait(3000);
            OutboxRig next = rig.CutPower();
            Assert.AreEqual("temperature 1 temperature 2 late 3 ", next.DrainNamed());
            Assert.AreEqual("1 2 ", next.Numbers);
        }

        // That it was acknowledged is not written to flash.
        [TestMethod]
        public void What_was_acknowledged_comes_again_under_its_number_at_most()
        {
            OutboxRig rig = OutboxRig.Synchronized();
            rig.Store(1, 30);
            string first = rig.Send();
            rig.Acknowledge();
            string second = rig.Send();
            string again = rig.CutPower().Send();
            Assert.IsTrue(again == first || again == second);
        }

        [TestMethod]
        public void What_was_acknowledged_last_does_not_come_again()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 150);
            rig.Drain();
            Assert.AreEqual(0, rig.CutPower().Outbox.Count);
        }

        [TestMethod]
        public void Record_that_was_torn_is_cut_off_and_the_rest_kept()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 2);
            int before = rig.Storage.Length(OutboxRig.FirstFile);
            rig.Store(3, 3);
            for (int length = rig.Storage.Length(OutboxRig.FirstFile) - 1; length >= before; length--)
            {
                rig.Storage.Truncate(OutboxRig.FirstFile, length);
                Assert.AreEqual(OutboxRig.Range(1, 2), OutboxRig.ValuesOf(rig.CutPower().Send()));
            }
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        public void Record_that_is_there_though_its_write_failed_is_sent_once(int faults)
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 2);
            rig.Storage.AppendFaults = faults;
            rig.Storage.Kept = int.MaxValue;
            rig.Store(3, 5);
            Assert.AreEqual(OutboxRig.Range(1, 5), rig.CutPower().Drain());
        }

        [TestMethod]
        public void Outbox_goes_on_behind_a_torn_record()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 3);
            rig.Storage.Truncate(OutboxRig.FirstFile, rig.Storage.Length(OutboxRig.FirstFile) - 1);
            OutboxRig next = rig.CutPower();
            next.Store(4, 5);
            Assert.AreEqual("1 2 4 5 ", next.CutPower().Drain());
        }

        [TestMethod]
        public void First_write_that_was_torn_leaves_an_empty_outbox()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 1);
            for (int length = rig.Storage.Length(OutboxRig.FirstFile) - 1; length >= 0; length--)
            {
                rig.Storage.Truncate(OutboxRig.FirstFile, length);
                OutboxRig next = rig.CutPower();
                Assert.AreEqual(0, next.Outbox.Count);
                next.Store(2, 2);
                Assert.AreEqual("2 ", OutboxRig.ValuesOf(next.CutPower().Send()));
            }
        }

        [TestMethod]
        public void Byte_that_is_wrong_costs_the_rest_of_its_segment_only()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 150);
            int whole = rig.Storage.Length(OutboxRig.FirstFile);
            rig.Storage.Damage(OutboxRig.FirstFile, whole / 2);
            OutboxRig next = rig.CutPower();
            string values = next.Drain();
            Assert.StartsWith(OutboxRig.Range(1, 40), values);
            Assert.EndsWith(OutboxRig.Range(100, 150), values);
        }

        [TestMethod]
        public void Byte_that_is_wrong_anywhere_leaves_what_lies_before_it()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 5);
            for (int at = 0; at < rig.Storage.Length(OutboxRig.FirstFile); at++)
            {
                OutboxRig damaged = new OutboxRig();
                damaged.Store(1, 5);
                damaged.Storage.Damage(OutboxRig.FirstFile, at);
                string values = damaged.CutPower().Drain();
                Assert.StartsWith(values, OutboxRig.Range(1, 5));
                Assert.IsTrue(values.Length < OutboxRig.Range(1, 5).Length);
            }
        }

        [TestMethod]
        public void Byte_that_goes_wrong_while_the_device_runs_drops_and_counts()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 150);
            rig.Storage.Damage(OutboxRig.FirstFile, 20);
            string values = rig.Drain();
            Assert.AreEqual(OutboxRig.Range(rig.Counters.ReadingsDropped + 1, 150), values);
            Assert.AreEqual(0, rig.Outbox.Count);
        }
    }
}

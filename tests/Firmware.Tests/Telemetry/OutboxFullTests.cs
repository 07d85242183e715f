using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Telemetry
{
    /// <summary>An outbox without room, or on storage that fails.</summary>
    [TestClass]
    public class OutboxFullTests
    {
        [TestMethod]
        public void Two_writes_that_fail_are_no_full_flash()
        {
            OutboxRig rig = OutboxRig.Synchronized();
            rig.Store(1, 620);
            for (int i = 0; i < 2; i++)
            {
                rig.Storage.AppendFaults = 1;
                rig.Store(700 + i, 700 + i);
            }

            rig.Store(710, 900);
            Assert.AreEqual(0, rig.Counters.ReadingsDropped);
        }

        [TestMethod]
        public void Full_outbox_drops_the_oldest_and_counts_them()
        {
            OutboxRig rig = new OutboxRig(OutboxOptions.MinCapacity);
            rig.Store(1, 300);
            int dropped = rig.Counters.ReadingsDropped;
            Assert.IsTrue(dropped > 100);
            Assert.AreEqual(300, dropped + rig.Outbox.Count);
            Assert.AreEqual(OutboxRig.Range(dropped + 1, 300), rig.Drain());
        }

        [TestMethod]
        public void Full_outbox_takes_no_more_room_than_it_may()
        {
            OutboxRig rig = new OutboxRig(OutboxOptions.MinCapacity);
            rig.Store(1, 300);
            int length = 0;
            for (int i = 0; i < 64; i++)
            {
                length += rig.Storage.Length("out" + i);
            }

            Assert.IsTrue(length <= OutboxOptions.MinCapacity);
        }

        [TestMethod]
        public void Full_outbox_works_on_after_it_was_drained()
        {
            OutboxRig rig = new OutboxRig(OutboxOptions.MinCapacity);
            rig.Store(1, 300);
            rig.Drain();
            rig.Store(301, 350);
            Assert.AreEqual(OutboxRig.Range(301, 350), rig.Drain());
        }

        [TestMethod]
        public void Full_outbox_survives_a_restart()
        {
            OutboxRig rig = new OutboxRig(OutboxOptions.MinCapacity);
            rig.Store(1, 300);
            int dropped = rig.Counters.ReadingsDropped;
            Assert.AreEqual(OutboxRig.Range(dropped + 1, 300), rig.CutPower().Drain());
        }

        [TestMethod]
        public void Pack_under_way_that_had_to_go_is_not_taken_off_what_is_left()
        {
            OutboxRig rig = new OutboxRig(OutboxOptions.MinCapacity);
            rig.Store(1, 192);
            rig.Send();
            rig.Store(193, 193);
            int dropped = rig.Counters.ReadingsDropped;
            rig.Acknowledge();
            Assert.IsTrue(dropped > 0);
            Assert.AreEqual(OutboxRig.Range(dropped + 1, 193), rig.Drain());
        }

        [TestMethod]
        public void Storage_that_fails_keeps_the_newest_in_memory()
        {
            OutboxRig rig = new OutboxRig();
            rig.Storage.WriteFails = true;
            rig.Store(1, 20);
            Assert.AreEqual("16 4", rig.Outbox.Count + " " + rig.Counters.ReadingsDropped);
            Assert.IsTrue(rig.Counters.StorageFaults > 0);
            Assert.AreEqual(OutboxRig.Range(5, 20), rig.Drain());
        }

        [TestMethod]
        public void Readings_in_memory_are_stored_when_storage_works_again()
        {
            OutboxRig rig = new OutboxRig();
            rig.Storage.WriteFails = true;
            rig.Store(1, 5);
            rig.Storage.WriteFails = false;
            rig.Wait(2000);
            Assert.AreEqual(OutboxRig.Range(1, 5), rig.CutPower().Drain());
        }

        [TestMethod]
        public void Storage_that_cannot_be_written_does_not_cost_what_is_on_it()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 100);
            rig.Storage.WriteFails = true;
            rig.Store(101, 104);
            Assert.AreEqual(0, rig.Counters.ReadingsDropped);
            Assert.AreEqual(OutboxRig.Range(1, 104), rig.Drain());
        }

        [TestMethod]
        public void Single_failed_write_loses_no_reading()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 3);
            rig.Storage.AppendFaults = 1;
            rig.Store(4, 6);
            Assert.AreEqual(OutboxRig.Range(1, 6), rig.Drain());
        }

        // A receiver that identifies packs by their number would take the second for a duplicate.
        [TestMethod]
        public void Single_failed_write_reuses_no_number()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 3);
            rig.Storage.AppendFaults = 1;
            rig.Store(4, 6);
            rig.Drain();
            Assert.AreEqual(OutboxRig.Range(1, rig.Packs), rig.Numbers);
        }

        [TestMethod]
        public void Reading_in_memory_that_had_to_go_is_not_taken_off_the_pack_under_way()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 3);
            rig.Send();
            rig.Storage.WriteFails = true;
            for (int value = 4; value <= 20; value++)
            {
                rig.Add(value);
            }

            rig.Acknowledge();
            Assert.AreEqual(OutboxRig.Range(5, 20), rig.Drain());
        }
    }
}

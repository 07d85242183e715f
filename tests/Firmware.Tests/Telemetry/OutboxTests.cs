using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Telemetry
{
    /// <summary>Readings between the measurement and the acknowledgement.</summary>
    [TestClass]
    public class OutboxTests
    {
        [TestMethod]
        public void Reading_is_not_stored_before_the_write_back_delay()
        {
            OutboxRig rig = new OutboxRig();
            rig.Add(1);
            rig.Wait(1999);
            Assert.AreEqual("0 1 0", rig.Outbox.StoredCount + " " + rig.Outbox.Count + " " + rig.Storage.Length(OutboxRig.FirstFile));
        }

        [TestMethod]
        public void Reading_is_stored_after_the_write_back_delay()
        {
            OutboxRig rig = new OutboxRig();
            rig.Add(1);
            rig.Wait(2000);
            Assert.AreEqual("1 1", rig.Outbox.StoredCount + " " + rig.Outbox.Count);
            Assert.IsTrue(rig.Storage.Length(OutboxRig.FirstFile) > 0);
        }

        [TestMethod]
        public void Write_back_delay_counts_from_the_oldest_reading()
        {
            OutboxRig rig = new OutboxRig();
            rig.Add(1);
            rig.Wait(1500);
            rig.Add(2);
            Assert.AreEqual(2000, (int)rig.Outbox.DueAt);
            rig.Wait(500);
            Assert.AreEqual(2, rig.Outbox.StoredCount);
        }

        [TestMethod]
        public void Reading_that_is_acknowledged_in_time_is_never_stored()
        {
            OutboxRig rig = new OutboxRig();
            rig.Add(1);
            int writes = rig.Storage.Writes;
            rig.Send();
            rig.Wait(1000);
            rig.Acknowledge();
            rig.Wait(10000);
            Assert.AreEqual(writes, rig.Storage.Writes);
            Assert.AreEqual(0, rig.Outbox.Count);
        }

        [TestMethod]
        public void Reading_that_is_sent_and_not_acknowledged_is_stored()
        {
            OutboxRig rig = new OutboxRig();
            rig.Add(1);
            rig.Send();
            rig.Wait(2000);
            Assert.AreEqual(1, rig.Outbox.StoredCount);
        }

        [TestMethod]
        public void Flush_stores_readings_at_once()
        {
            OutboxRig rig = new OutboxRig();
            rig.Add(1);
            rig.Outbox.Flush();
            Assert.AreEqual(1, rig.Outbox.StoredCount);
        }

        [TestMethod]
        public void Nothing_is_left_on_flash_when_all_is_acknowledged()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 3);
            rig.Drain();
            Assert.AreEqual(0, rig.Storage.Length(OutboxRig.FirstFile));
        }

        [TestMethod]
        public void One_pack_is_in_flight_at_a_time()
        {
            OutboxRig rig = new OutboxRig();
            rig.Add(1);
            rig.Send();
            rig.Add(2);
            Assert.IsNull(rig.Send());
        }

        [TestMethod]
        public void Pack_that_the_link_does_not_take_is_the_same_the_next_time()
        {
            OutboxRig rig = OutboxRig.Synchronized();
            rig.Add(1);
            string pack = rig.Send();
            rig.Lose();
            rig.Add(2);
            Assert.AreEqual(pack, rig.Send());
        }

        [TestMethod]
        public void Pack_that_is_sent_again_is_the_same_though_more_was_measured()
        {
            OutboxRig rig = OutboxRig.Synchronized();
            rig.Add(1);
            string pack = rig.Send();
            rig.Add(2);
            rig.Lose();
            Assert.AreEqual(pack, rig.Send());
        }

        [TestMethod]
        public void Pack_that_is_sent_again_is_the_same_though_it_was_stored_meanwhile()
        {
            OutboxRig rig = OutboxRig.Synchronized();
            rig.Add(1);
            rig.Add(2);
            string pack = rig.Send();
            rig.Add(3);
            rig.Wait(5000);
            rig.Lose();
            Assert.AreEqual(pack, rig.Send());
        }

        [TestMethod]
        public void Pack_of_which_a_part_is_stored_is_the_same_the_next_time()
        {
            OutboxRig rig = OutboxRig.Synchronized();
            rig.Store(1, 2);
            rig.Add(3);
            string pack = rig.Send();
            rig.Add(4);
            rig.Wait(5000);
            rig.Lose();
            Assert.AreEqual(OutboxRig.Range(1, 3), OutboxRig.ValuesOf(pack));
            Assert.AreEqual(pack, rig.Send());
        }

        [TestMethod]
        public void Reading_taken_while_a_pack_is_under_way_belongs_to_the_next()
        {
            OutboxRig rig = new OutboxRig();
            rig.Add(1);
            rig.Send();
            rig.Add(2);
            rig.Acknowledge();
            Assert.AreEqual("2 ", OutboxRig.NumberOf(rig.Send()));
        }

        [TestMethod]
        public void Readings_that_wait_share_packs()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 150);
            Assert.AreEqual(OutboxRig.Range(1, 150), rig.Drain());
            Assert.IsTrue(rig.Packs < 20);
            Assert.IsTrue(rig.LongestPack > 500);
        }

        [TestMethod]
        public void Packs_are_numbered_without_a_gap()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 150);
            rig.Drain();
            Assert.AreEqual(OutboxRig.Range(1, rig.Packs), rig.Numbers);
        }

        [TestMethod]
        public void Pack_has_a_kilobyte_at_most()
        {
            OutboxRig rig = OutboxRig.Synchronized();
            rig.Store(2000000000, 2000000149);
            rig.Drain();
            Assert.IsTrue(rig.LongestPack <= 1024);
        }

        [TestMethod]
        public void Readings_come_in_order_from_flash_and_memory()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 120);
            rig.Add(121);
            rig.Add(122);
            Assert.AreEqual(OutboxRig.Range(1, 122), rig.Drain());
        }

        [TestMethod]
        public void Backlog_that_grows_while_it_drains_keeps_its_order()
        {
            OutboxRig rig = new OutboxRig();
            rig.Store(1, 60);
            string values = string.Empty;
            int last = 60;
            while (rig.Outbox.Count > 0)
            {
                string pack = rig.Send();
                if (last < 80)
                {
                    last++;
                    rig.Store(last, last);
                }

                rig.Acknowledge();
                values += OutboxRig.ValuesOf(pack);
            }

            Assert.AreEqual(OutboxRig.Range(1, last), values);
        }
    }
}

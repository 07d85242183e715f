using Firmware.Platform;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Telemetry
{
    [TestClass]
    public class SequenceTests
    {
        private const string File = "seq";

        [TestMethod]
        public void Sequence_begins_at_one()
        {
            Assert.AreEqual(1, Boot(new MemoryStorage(), 10).Next);
        }

        [TestMethod]
        public void Sequence_increases_by_one()
        {
            Sequence sequence = Boot(new MemoryStorage(), 10);
            Send(sequence, 3);
            Assert.AreEqual(4, sequence.Next);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(60)]
        [DataRow(61)]
        [DataRow(100)]
        public void Orderly_stop_leaves_no_gap(int packs)
        {
            MemoryStorage storage = new MemoryStorage();
            Sequence sequence = Boot(storage, 10);
            Send(sequence, packs);
            sequence.Release();
            Assert.AreEqual(packs + 1, Boot(storage, 10).Next);
        }

        [TestMethod]
        [DataRow(1, 10, 61)]
        [DataRow(60, 10, 61)]
        [DataRow(61, 10, 121)]
        [DataRow(1, 1, 601)]
        [DataRow(5, 86400, 6)]
        public void Power_cut_continues_behind_the_reserved_numbers(int packs, int interval, int next)
        {
            MemoryStorage storage = new MemoryStorage();
            Send(Boot(storage, interval), packs);
            Assert.AreEqual(next, Boot(storage, interval).Next);
        }

        [TestMethod]
        public void Power_cut_between_reserving_and_sending_repeats_nothing()
        {
            MemoryStorage storage = new MemoryStorage();
            Boot(storage, 10).Take();
            Assert.IsTrue(Boot(storage, 10).Next > 1);
        }

        [TestMethod]
        public void No_number_is_given_twice_over_many_power_cuts()
        {
            MemoryStorage storage = new MemoryStorage();
            int last = 0;
            for (int run = 0; run < 50; run++)
            {
                Sequence sequence = Boot(storage, 1 + (run * 7 % 70));
                Assert.IsTrue(sequence.Next > last);
                Send(sequence, run * 37 % 131);
                last = sequence.Next - 1 > last ? sequence.Next - 1 : last;
            }
        }

        [TestMethod]
        public void Power_cut_after_a_release_repeats_nothing()
        {
            MemoryStorage storage = new MemoryStorage();
            Sequence sequence = Boot(storage, 10);
            Send(sequence, 3);
            sequence.Release();
            Send(sequence, 1);
            Assert.IsTrue(Boot(storage, 10).Next > 4);
        }

        [TestMethod]
        [DataRow(1, 1)]
        [DataRow(10, 10)]
        [DataRow(60, 60)]
        public void Flash_is_written_about_once_in_ten_minutes(int interval, int writes)
        {
            MemoryStorage storage = new MemoryStorage();
            Send(Boot(storage, interval), writes * 600 / interval);
            Assert.AreEqual(writes, storage.Writes);
        }

        [TestMethod]
        public void Sequence_writes_nothing_when_nothing_was_sent()
        {
            MemoryStorage storage = new MemoryStorage();
            Boot(storage, 10).Release();
            Assert.AreEqual(0, storage.Writes);
        }

        [TestMethod]
        public void Second_release_of_a_sequence_writes_nothing()
        {
            MemoryStorage storage = new MemoryStorage();
            Sequence sequence = Boot(storage, 10);
            Send(sequence, 1);
            sequence.Release();
            sequence.Release();
            Assert.AreEqual(2, storage.Writes);
        }

        [TestMethod]
        [DataRow("abc")]
        [DataRow("12abc")]
        [DataRow("0")]
        [DataRow("-5")]
        [DataRow("1.5")]
        [DataRow("2147483647")]
        [DataRow("99999999999999999999")]
        [DataRow("{}")]
        public void Sequence_with_a_broken_content_begins_at_one(string content)
        {
            MemoryStorage storage = new MemoryStorage();
            CheckedFile.Replace(storage, File, Utf8.Bytes(content));
            Assert.AreEqual(1, Boot(storage, 10).Next);
        }

        [TestMethod]
        public void Sequence_whose_file_has_a_wrong_byte_begins_at_one()
        {
            MemoryStorage storage = new MemoryStorage();
            CheckedFile.Replace(storage, File, Utf8.Bytes("41"));
            Assert.AreEqual(41, Boot(storage, 10).Next);
            for (int at = 0; at < storage.Length(File); at++)
            {
                MemoryStorage damaged = storage.Copy();
                damaged.Content(File)[at] ^= 1;
                Assert.AreEqual(1, Boot(damaged, 10).Next);
            }
        }

        [TestMethod]
        public void Storage_that_cannot_be_read_begins_at_one()
        {
            Assert.AreEqual(1, Boot(new MemoryStorage { ReadFails = true }, 10).Next);
        }

        [TestMethod]
        public void Sequence_works_without_storage()
        {
            Sequence sequence = Boot(new MemoryStorage { WriteFails = true }, 10);
            Send(sequence, 20);
            Assert.AreEqual(21, sequence.Next);
        }

        [TestMethod]
        public void Failed_write_of_the_sequence_is_counted()
        {
            Counters counters = new Counters();
            new Sequence(new MemoryStorage { WriteFails = true }, counters, 10).Take();
            Assert.AreEqual(1, counters.StorageFaults);
        }

        [TestMethod]
        public void Reservation_that_failed_is_made_up_for_when_storage_works_again()
        {
            MemoryStorage storage = new MemoryStorage { WriteFails = true };
            Sequence sequence = Boot(storage, 10);
            Send(sequence, 1);
            storage.WriteFails = false;
            Send(sequence, 1);
            Assert.IsTrue(Boot(storage, 10).Next > 2);
        }

        private static Sequence Boot(MemoryStorage storage, int interval) => new Sequence(storage, new Counters(), interval);

        private static void Send(Sequence sequence, int packs)
        {
            for (int i = 0; i < packs; i++)
            {
                sequence.Take();
            }
        }
    }
}

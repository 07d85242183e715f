using Firmware.Updates;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Updates
{
    /// <summary>An image of two and a half blocks: 10240 bytes.</summary>
    [TestClass]
    public class BlockPullTests
    {
        private const int Size = 10240;
        private const int Block = BlockPull.BlockSize;

        [TestMethod]
        [DataRow(0, 0, 4096, 0, false)]
        [DataRow(1, 0, 4096, 1, false)]
        [DataRow(4095, 0, 4096, 4095, false)]
        [DataRow(4096, 1, 4096, 0, false)]
        [DataRow(8192, 2, 2048, 0, false)]
        [DataRow(8193, 2, 2048, 1, false)]
        [DataRow(10239, 2, 2048, 2047, false)]
        [DataRow(10240, 2, 2048, 2048, true)]
        [DataRow(12000, 2, 2048, 3808, true)]
        public void Bytes_on_flash_say_what_is_wanted(int staged, int next, int length, int tail, bool isComplete)
        {
            BlockPull pull = new BlockPull(Size, staged);
            Assert.AreEqual(
                next + " " + length + " " + tail + " " + isComplete,
                pull.Next + " " + pull.NextLength + " " + pull.Tail + " " + pull.IsComplete);
        }

        [TestMethod]
        [DataRow(1, 1)]
        [DataRow(4095, 1)]
        [DataRow(4096, 1)]
        [DataRow(4097, 2)]
        [DataRow(8192, 2)]
        [DataRow(294912, 72)]
        public void Blocks_are_counted_up(int size, int count)
        {
            Assert.AreEqual(count, new BlockPull(size, 0).Count);
        }

        [TestMethod]
        public void Blocks_are_wanted_one_after_another()
        {
            BlockPull pull = new BlockPull(Size, 0);
            string order = string.Empty;
            for (int staged = Block; !pull.IsComplete; staged += pull.NextLength)
            {
                pull.Asked(0);
                order += pull.Next + ":" + pull.NextLength + " ";
                pull.Written(staged, 0);
            }

            Assert.AreEqual("0:4096 1:4096 2:2048 ", order);
        }

        [TestMethod]
        public void Image_of_whole_blocks_ends_with_a_whole_one()
        {
            BlockPull pull = new BlockPull(2 * Block, Block);
            Assert.AreEqual(Block, pull.NextLength);
            pull.Written(2 * Block, 0);
            Assert.IsTrue(pull.IsComplete);
        }

        [TestMethod]
        public void First_block_is_asked_for_at_once()
        {
            Assert.IsTrue(new BlockPull(Size, 0).DueAt <= 0);
        }

        [TestMethod]
        public void Block_that_was_written_makes_the_next_due_at_once()
        {
            BlockPull pull = new BlockPull(Size, 0);
            pull.Asked(1000);
            pull.Written(Block, 3000);
            Assert.AreEqual("3000 1 0", pull.DueAt + " " + pull.Next + " " + pull.Unanswered);
        }

        [TestMethod]
        public void Patience_grows_from_ten_seconds_to_a_minute()
        {
            BlockPull pull = new BlockPull(Size, 0);
            string pauses = string.Empty;
            long now = 5;
            for (int i = 0; i < 6; i++)
            {
                pull.Asked(now);
                pauses += (pull.DueAt - now) + " " + pull.Unanswered + ", ";
                now = pull.DueAt;
            }

            Assert.AreEqual("10000 0, 20000 1, 40000 2, 60000 3, 60000 4, 60000 5, ", pauses);
        }

        [TestMethod]
        public void Answer_makes_patience_short_again()
        {
            BlockPull pull = new BlockPull(Size, 0);
            pull.Asked(0);
            pull.Asked(10000);
            pull.Written(Block, 10500);
            pull.Asked(10500);
            Assert.AreEqual(20500L, pull.DueAt);
        }

        [TestMethod]
        public void Pause_after_bad_blocks_grows_from_a_second_to_a_minute()
        {
            BlockPull pull = new BlockPull(Size, 0);
            string pauses = string.Empty;
            for (int i = 0; i < 9; i++)
            {
                pull.Asked(0);
                pull.Refused(100);
                pauses += (pull.DueAt - 100) + " ";
            }

            Assert.AreEqual("1000 2000 4000 8000 16000 32000 64000 64000 64000 ", pauses);
            Assert.AreEqual(9, pull.Bad);
        }

        [TestMethod]
        public void Bad_block_counts_as_an_answer()
        {
            BlockPull pull = new BlockPull(Size, 0);
            pull.Asked(0);
            pull.Asked(10000);
            pull.Refused(11000);
            Assert.AreEqual(0, pull.Unanswered);
        }

        [TestMethod]
        public void Right_block_ends_the_count_of_bad_ones()
        {
            BlockPull pull = new BlockPull(Size, 0);
            pull.Asked(0);
            pull.Refused(0);
            pull.Written(Block, 0);
            Assert.AreEqual(0, pull.Bad);
        }

        [TestMethod]
        public void Bad_blocks_that_nobody_asked_for_change_nothing()
        {
            BlockPull pull = new BlockPull(Size, 0);
            pull.Asked(0);
            pull.Refused(100);
            for (int i = 0; i < 50; i++)
            {
                pull.Refused(200);
            }

            Assert.AreEqual("1 1100", pull.Bad + " " + pull.DueAt);
        }

        [TestMethod]
        public void Bad_block_before_anything_was_asked_changes_nothing()
        {
            BlockPull pull = new BlockPull(Size, 0);
            pull.Refused(100);
            Assert.AreEqual("0 0", pull.Bad + " " + pull.DueAt);
        }

        [TestMethod]
        public void After_a_reconnection_it_is_asked_at_once_and_patiently_again()
        {
            BlockPull pull = new BlockPull(Size, 0);
            pull.Asked(0);
            pull.Asked(10000);
            pull.Reconnected(12000);
            Assert.AreEqual("12000 0", pull.DueAt + " " + pull.Unanswered);
            pull.Asked(12000);
            Assert.AreEqual("22000 0", pull.DueAt + " " + pull.Unanswered);
        }

        [TestMethod]
        public void Reconnection_does_not_shorten_the_pause_after_bad_blocks()
        {
            BlockPull pull = new BlockPull(Size, 0);
            for (int i = 0; i < 4; i++)
            {
                pull.Asked(0);
                pull.Refused(0);
            }

            pull.Reconnected(5000);
            Assert.AreEqual(8000L, pull.DueAt);
            pull.Reconnected(9000);
            Assert.AreEqual(9000L, pull.DueAt);
        }

        [TestMethod]
        public void Block_that_flash_did_not_take_is_asked_for_again_after_ten_seconds()
        {
            BlockPull pull = new BlockPull(Size, Block);
            pull.Asked(0);
            pull.NotWritten(Block + 100, 500);
            Assert.AreEqual("1 100 10500", pull.Next + " " + pull.Tail + " " + pull.DueAt);
        }

        [TestMethod]
        public void Rest_of_a_block_that_a_power_cut_tore_completes_it()
        {
            BlockPull pull = new BlockPull(Size, Block + 100);
            pull.Asked(0);
            pull.Written(2 * Block, 0);
            Assert.AreEqual("2 0", pull.Next + " " + pull.Tail);
        }
    }
}

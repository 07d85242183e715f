using Firmware.Updates;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Updates
{
    /// <summary>An image of two and a half blocks: 10240 bytes.</summary>
    [TestClass]
    public class ImageDownloadTests
    {
        private const int Size = 10240;
        private const int Block = Manifest.BlockSize;

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
        public void Bytes_on_flash_decide_what_is_wanted(int staged, int next, int length, int tail, bool isComplete)
        {
            DownloadRig rig = new DownloadRig(Size, staged);
            Assert.AreEqual(
                next + " " + length + " " + tail + " " + isComplete,
                rig.Download.Next + " " + rig.NextLength + " " + rig.Download.Tail + " " + rig.Download.IsComplete);
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
            Assert.AreEqual(count, new DownloadRig(size, 0).Download.Manifest.BlockCount);
        }

        [TestMethod]
        public void Blocks_are_wanted_one_after_another()
        {
            DownloadRig rig = new DownloadRig(Size, 0);
            ImageDownload download = rig.Download;
            string order = string.Empty;
            while (!download.IsComplete)
            {
                download.Requested(0);
                order += download.Next + ":" + rig.NextLength + " ";
                rig.Serve(0);
            }

            Assert.AreEqual("0:4096 1:4096 2:2048 ", order);
        }

        [TestMethod]
        public void Image_of_whole_blocks_ends_with_a_whole_one()
        {
            DownloadRig rig = new DownloadRig(2 * Block, Block);
            Assert.AreEqual(Block, rig.NextLength);
            Assert.AreEqual((int)DownloadResult.Complete, (int)rig.Serve(0));
            Assert.IsTrue(rig.Download.IsComplete);
        }

        [TestMethod]
        public void First_block_is_requested_at_once()
        {
            Assert.IsTrue(new DownloadRig(Size, 0).Download.DueAt <= 0);
        }

        [TestMethod]
        public void Block_that_was_written_makes_the_next_due_at_once()
        {
            DownloadRig rig = new DownloadRig(Size, 0);
            ImageDownload download = rig.Download;
            download.Requested(1000);
            rig.Serve(3000);
            Assert.AreEqual("3000 1 0", download.DueAt + " " + download.Next + " " + download.Unanswered);
        }

        [TestMethod]
        public void Timeout_grows_from_ten_seconds_to_a_minute()
        {
            DownloadRig rig = new DownloadRig(Size, 0);
            ImageDownload download = rig.Download;
            string pauses = string.Empty;
            long now = 5;
            for (int i = 0; i < 6; i++)
            {
                download.Requested(now);
                pauses += (download.DueAt - now) + " " + download.Unanswered + ", ";
                now = download.DueAt;
            }

            Assert.AreEqual("10000 0, 20000 1, 40000 2, 60000 3, 60000 4, 60000 5, ", pauses);
        }

        [TestMethod]
        public void Response_makes_the_timeout_short_again()
        {
            DownloadRig rig = new DownloadRig(Size, 0);
            ImageDownload download = rig.Download;
            download.Requested(0);
            download.Requested(10000);
            rig.Serve(10500);
            download.Requested(10500);
            Assert.AreEqual(20500L, download.DueAt);
        }

        [TestMethod]
        public void Pause_after_bad_blocks_grows_from_a_second_to_a_minute()
        {
            DownloadRig rig = new DownloadRig(Size, 0);
            ImageDownload download = rig.Download;
            string pauses = string.Empty;
            for (int i = 0; i < 9; i++)
            {
                download.Requested(0);
                rig.ServeBad(100);
                pauses += (download.DueAt - 100) + " ";
            }

            Assert.AreEqual("1000 2000 4000 8000 16000 32000 64000 64000 64000 ", pauses);
            Assert.AreEqual(9, download.Bad);
        }

        [TestMethod]
        public void Bad_block_counts_as_a_response()
        {
            DownloadRig rig = new DownloadRig(Size, 0);
            ImageDownload download = rig.Download;
            download.Requested(0);
            download.Requested(10000);
            rig.ServeBad(11000);
            Assert.AreEqual(0, download.Unanswered);
        }

        [TestMethod]
        public void Right_block_ends_the_count_of_bad_ones()
        {
            DownloadRig rig = new DownloadRig(Size, 0);
            ImageDownload download = rig.Download;
            download.Requested(0);
            rig.ServeBad(0);
            rig.Serve(0);
            Assert.AreEqual(0, download.Bad);
        }

        [TestMethod]
        public void Bad_blocks_that_were_not_requested_change_nothing()
        {
            DownloadRig rig = new DownloadRig(Size, 0);
            ImageDownload download = rig.Download;
            download.Requested(0);
            rig.ServeBad(100);
            for (int i = 0; i < 50; i++)
            {
                rig.ServeBad(200);
            }

            Assert.AreEqual("1 1100", download.Bad + " " + download.DueAt);
        }

        [TestMethod]
        public void Bad_block_before_any_request_changes_nothing()
        {
            DownloadRig rig = new DownloadRig(Size, 0);
            ImageDownload download = rig.Download;
            rig.ServeBad(100);
            Assert.AreEqual("0 0", download.Bad + " " + download.DueAt);
        }

        [TestMethod]
        public void After_a_reconnection_it_is_requested_at_once_and_with_the_first_timeout()
        {
            DownloadRig rig = new DownloadRig(Size, 0);
            ImageDownload download = rig.Download;
            download.Requested(0);
            download.Requested(10000);
            download.Reconnected(12000);
            Assert.AreEqual("12000 0", download.DueAt + " " + download.Unanswered);
            download.Requested(12000);
            Assert.AreEqual("22000 0", download.DueAt + " " + download.Unanswered);
        }

        [TestMethod]
        public void Reconnection_does_not_shorten_the_pause_after_bad_blocks()
        {
            DownloadRig rig = new DownloadRig(Size, 0);
            ImageDownload download = rig.Download;
            for (int i = 0; i < 4; i++)
            {
                download.Requested(0);
                rig.ServeBad(0);
            }

            download.Reconnected(5000);
            Assert.AreEqual(8000L, download.DueAt);
            download.Reconnected(9000);
            Assert.AreEqual(9000L, download.DueAt);
        }

        [TestMethod]
        public void Block_that_flash_did_not_take_is_requested_again_after_ten_seconds()
        {
            DownloadRig rig = new DownloadRig(Size, Block);
            ImageDownload download = rig.Download;
            download.Requested(0);
            rig.Slots.WriteFaults = 1;
            rig.Slots.WriteKeeps = 100;
            Assert.AreEqual((int)DownloadResult.NotWritten, (int)rig.Serve(500));
            Assert.AreEqual("1 100 10500", download.Next + " " + download.Tail + " " + download.DueAt);
        }

        [TestMethod]
        public void Rest_of_a_block_that_a_power_cut_left_completes_it()
        {
            DownloadRig rig = new DownloadRig(Size, Block + 100);
            ImageDownload download = rig.Download;
            download.Requested(0);
            rig.Serve(0);
            Assert.AreEqual("2 0", download.Next + " " + download.Tail);
        }
    }
}

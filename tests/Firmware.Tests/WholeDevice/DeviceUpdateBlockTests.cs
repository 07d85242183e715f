using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>Blocks of an update of two and a half blocks, right ones and others.</summary>
    [TestClass]
    public class DeviceUpdateBlockTests
    {
        [TestMethod]
        public void Blocks_are_requested_one_after_another()
        {
            UpdateRig rig = UpdateRig.Downloading();
            string asked = string.Empty;
            for (int i = 0; i < 3; i++)
            {
                asked += rig.LastGet;
                rig.Serve(Release.Two, i);
            }

            Assert.AreEqual("{'version':'0.2.0','block':0}{'version':'0.2.0','block':1}{'version':'0.2.0','block':2}", asked);
            Assert.AreEqual("3 10240", rig.Gets + " " + rig.Slots.Staged);
        }

        [TestMethod]
        public void Blocks_are_requested_without_acknowledgement_and_not_retained()
        {
            Publication get = UpdateRig.Downloading().Link.Last(UpdateRig.Get);
            Assert.AreEqual("m2m/esp32-020000000001/update/get 0 False", get.Topic + " " + get.Qos + " " + get.IsRetained);
        }

        [TestMethod]
        public void Blocks_are_on_flash_as_they_were_sent()
        {
            UpdateRig rig = UpdateRig.Downloading();
            byte[] flash = new byte[4096];
            for (int i = 0; i < 2; i++)
            {
                rig.Serve(Release.Two, i);
                rig.Slots.Read(i * 4096, flash);
                CollectionAssert.AreEqual(Release.Two.Block(i), flash);
            }
        }

        [TestMethod]
        public void Quarters_are_reported()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Serve(Release.Two, 0);
            Assert.AreEqual("waiting downloading downloading", rig.Story());
            Assert.Contains("'blocks':1,'of':3,'result':0", rig.Event("downloading"));
            rig.Serve(Release.Two, 1);
            Assert.Contains("'blocks':2,'of':3,'result':0", rig.Event("downloading"));
        }

        [TestMethod]
        public void Only_one_block_is_requested_at_a_time()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Rig.Run(9999);
            Assert.AreEqual(1, rig.Gets);
        }

        [TestMethod]
        public void Without_a_response_it_is_requested_again_after_growing_pauses()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Rig.Run(10000);
            Assert.AreEqual(2, rig.Gets);
            rig.Rig.Run(20000);
            Assert.AreEqual(3, rig.Gets);
            rig.Rig.Run(40000);
            Assert.AreEqual(4, rig.Gets);
            rig.Rig.Run(120000);
            Assert.AreEqual(6, rig.Gets);
            Assert.AreEqual("{'version':'0.2.0','block':0}", rig.LastGet);
        }

        [TestMethod]
        public void Late_answer_is_taken()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Rig.Run(25000);
            rig.Serve(Release.Two, 0);
            Assert.AreEqual("{'version':'0.2.0','block':1}", rig.LastGet);
        }

        [TestMethod]
        public void Bad_block_is_requested_again_and_counted()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Serve("0.2.0", 0, Release.Three.Block(0));
            Assert.AreEqual(1, rig.Gets);
            rig.Rig.Run(1000);
            Assert.AreEqual("{'version':'0.2.0','block':0,'bad':1}", rig.LastGet);
            rig.Serve("0.2.0", 0, Release.Three.Block(0));
            rig.Rig.Run(1999);
            Assert.AreEqual(2, rig.Gets);
            rig.Rig.Run(1);
            Assert.AreEqual("{'version':'0.2.0','block':0,'bad':2}", rig.LastGet);
            Assert.AreEqual("0 2", rig.Slots.Writes + " " + rig.Rig.Device.Counters.BadBlocks);
        }

        [TestMethod]
        public void After_a_bad_block_a_right_one_goes_on()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Serve("0.2.0", 0, Release.Three.Block(0));
            rig.Rig.Run(1000);
            rig.Serve(Release.Two, 0);
            Assert.AreEqual("{'version':'0.2.0','block':1}", rig.LastGet);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(4095)]
        [DataRow(4097)]
        [DataRow(6000)]
        public void Block_of_another_length_is_bad(int length)
        {
            UpdateRig rig = UpdateRig.Downloading();
            byte[] bytes = new byte[length];
            byte[] right = Release.Two.Block(0);
            for (int i = 0; i < length && i < right.Length; i++)
            {
                bytes[i] = right[i];
            }

            rig.Serve("0.2.0", 0, bytes);
            Assert.AreEqual("1 0 0", rig.Rig.Device.Counters.BadBlocks + " " + rig.Slots.Writes + " " + rig.Slots.Staged);
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(7)]
        [DataRow(8)]
        public void Block_with_a_wrong_bit_is_bad(int at)
        {
            UpdateRig rig = UpdateRig.Downloading();
            byte[] bytes = Release.Two.Block(0);
            bytes[at * 500] ^= 1;
            rig.Serve("0.2.0", 0, bytes);
            Assert.AreEqual("1 0", rig.Rig.Device.Counters.BadBlocks + " " + rig.Slots.Writes);
        }

        [TestMethod]
        public void Long_last_block_is_bad()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Serve(Release.Two, 0);
            rig.Serve(Release.Two, 1);
            rig.Serve("0.2.0", 2, new byte[4096]);
            Assert.AreEqual("1 8192", rig.Rig.Device.Counters.BadBlocks + " " + rig.Slots.Staged);
        }

        [TestMethod]
        public void Flood_of_bad_blocks_does_not_make_the_device_ask_more()
        {
            UpdateRig rig = UpdateRig.Downloading();
            for (int i = 0; i < 300; i++)
            {
                rig.Serve("0.2.0", 0, new byte[4096]);
                rig.Rig.Run(100);
            }

            // After 1, 2, 4, 8 and 16 s; each time one answer is looked at.
            Assert.AreEqual("5 5", rig.Gets + " " + rig.Digest.Calls);
            rig.Rig.Run(60000);
            rig.Serve(Release.Two, 0);
            Assert.AreEqual(4096, rig.Slots.Staged);
        }

        [TestMethod]
        [DataRow("0.2.0", 1)]
        [DataRow("0.2.0", 2)]
        [DataRow("0.2.0", 3)]
        [DataRow("0.3.0", 0)]
        public void Block_that_was_not_requested_is_ignored(string version, int block)
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Serve(version, block, Release.Two.Block(0));
            ExpectNothing(rig, 0);
        }

        [TestMethod]
        [DataRow("0/0")]
        [DataRow("0.2.0/0/0")]
        [DataRow("/0")]
        [DataRow("")]
        public void Block_of_a_foreign_version_is_ignored(string version)
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Serve(version, 0, Release.Two.Block(0));
            ExpectNothing(rig, 0);
        }

        [TestMethod]
        public void Block_that_comes_twice_is_taken_once()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Serve(Release.Two, 0);
            rig.Serve(Release.Two, 0);
            Assert.AreEqual("{'version':'0.2.0','block':1}", rig.LastGet);
            ExpectNothing(rig, 4096);
        }

        [TestMethod]
        public void Retained_block_is_ignored()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.ServeRetained(Release.Two, 0);
            ExpectNothing(rig, 0);
        }

        [TestMethod]
        public void Block_without_an_update_is_ignored()
        {
            UpdateRig rig = UpdateRig.Online();
            rig.Serve(Release.Two, 0);
            Assert.AreEqual("0 0", rig.Slots.Writes + " " + rig.Rig.Device.Counters.BadBlocks);
        }

        [TestMethod]
        public void Block_after_the_end_is_ignored()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Call("update.cancel");
            rig.Serve(Release.Two, 0);
            Assert.AreEqual("0 0", rig.Slots.Writes + " " + rig.Rig.Device.Counters.BadBlocks);
        }

        [TestMethod]
        public void Last_block_is_followed_by_the_installation()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Finish(Release.Two);
            Assert.AreEqual("3 3 0", rig.Gets + " " + rig.Slots.Writes + " " + rig.Rig.Device.Counters.BadBlocks);
            Assert.AreEqual("0.2.0 300", rig.Slots.Tested);
        }

        [TestMethod]
        public void Image_of_whole_blocks_is_downloaded_to_its_end()
        {
            UpdateRig rig = UpdateRig.Online();
            rig.Offer(Release.Three);
            rig.Rig.Settle();
            rig.Finish(Release.Three);
            Assert.AreEqual("2 0.3.0 300", rig.Gets + " " + rig.Slots.Tested);
        }

        [TestMethod]
        public void Readings_and_answers_go_on_meanwhile()
        {
            UpdateRig rig = UpdateRig.Downloading();
            int readings = rig.Rig.Device.Counters.Readings;
            rig.Rig.Run(10000);
            Assert.AreEqual(readings + 1, rig.Rig.Device.Counters.Readings);
            Assert.Contains("'result':{'uptime':", rig.Call("ping"));
        }

        private static void ExpectNothing(UpdateRig rig, int staged)
        {
            Assert.AreEqual(staged + " 0", rig.Slots.Staged + " " + rig.Rig.Device.Counters.BadBlocks);
            Assert.AreEqual(staged == 0 ? 1 : 2, rig.Gets);
        }
    }
}

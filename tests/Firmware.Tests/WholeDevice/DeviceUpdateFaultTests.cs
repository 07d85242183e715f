using Firmware.Connectivity;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>Updates that are disturbed: by flash, by the network, by restarts.</summary>
    [TestClass]
    public class DeviceUpdateFaultTests
    {
        [TestMethod]
        public void Block_that_flash_did_not_take_is_downloaded_again()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Slots.WriteFaults = 1;
            rig.Serve(Release.Two, 0);
            Assert.AreEqual("1 0 1", rig.Gets + " " + rig.Slots.Staged + " " + rig.Rig.Device.Counters.StorageFaults);
            rig.Rig.Run(10000);
            Assert.AreEqual("{'version':'0.2.0','block':0}", rig.LastGet);
            rig.Finish(Release.Two);
            Assert.AreEqual("0.2.0 300", rig.Slots.Tested);
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(4095)]
        public void Block_that_flash_took_in_part_is_completed(int kept)
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Serve(Release.Two, 0);
            rig.Slots.WriteFaults = 1;
            rig.Slots.WriteKeeps = kept;
            rig.Serve(Release.Two, 1);
            Assert.AreEqual(4096 + kept, rig.Slots.Staged);
            rig.Rig.Run(10000);
            rig.Finish(Release.Two);
            Assert.AreEqual("0.2.0 300 10240", rig.Slots.Tested + " " + rig.Slots.Staged);
        }

        [TestMethod]
        public void Flash_that_takes_nothing_ends_the_update()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Slots.WriteFaults = 1000;
            for (int i = 0; i < 60; i++)
            {
                rig.Serve(Release.Two, 0);
                rig.Rig.Run(60000);
            }

            Assert.Contains("'state':'failed','version':'0.2.0','blocks':0,'of':3,'result':2,'reason':'flash: a block could not be written 5 times, offer the update again'", rig.Event("failed"));
            Assert.IsTrue(rig.Slots.Writes <= 10);
        }

        [TestMethod]
        public void Lost_connection_in_the_middle_goes_on_where_it_was()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Serve(Release.Two, 0);
            rig.Rig.LoseLink();
            rig.Rig.Run(120000);
            while (rig.Rig.Device.Connection.State != ConnectionState.Joining)
            {
                rig.Rig.Run(1000);
            }

            Assert.AreEqual(2, rig.Gets);
            rig.Rig.GoOnline();
            Assert.AreEqual("3 {'version':'0.2.0','block':1}", rig.Gets + " " + rig.LastGet);
            rig.Finish(Release.Two);
            Assert.AreEqual("0.2.0 300 1", rig.Slots.Tested + " " + rig.Slots.Begins);
        }

        [TestMethod]
        public void Reconnection_does_not_wait_for_the_timeout_of_the_last_request()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Rig.Run(71000);
            int gets = rig.Gets;
            rig.Rig.LoseLink();
            rig.Rig.Run(16000);
            rig.Rig.GoOnline();
            Assert.AreEqual(gets + 1, rig.Gets);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(4096)]
        [DataRow(4097)]
        [DataRow(8191)]
        [DataRow(8192)]
        [DataRow(10239)]
        [DataRow(10240)]
        public void Restart_in_the_middle_goes_on_where_flash_is(int staged)
        {
            UpdateRig rig = UpdateRig.Downloading();
            for (int i = 0; i < 3; i++)
            {
                rig.Serve(Release.Two, i);
            }

            rig.Slots.Tear(staged);
            rig = Cut(rig);
            rig.Rig.GoOnline();
            if (staged < 10240)
            {
                Assert.AreEqual("1 {'version':'0.2.0','block':" + (staged / 4096) + "}", rig.Gets + " " + rig.LastGet);
                rig.Finish(Release.Two);
            }

            rig.Rig.Run(5000);
            Assert.AreEqual("0.2.0 300 1 10240", rig.Slots.Tested + " " + rig.Slots.Begins + " " + rig.Slots.Staged);
        }

        [TestMethod]
        public void Update_that_continues_after_a_restart_remembers_its_client()
        {
            UpdateRig rig = UpdateRig.Online();
            rig.Rig.Ask("{'jsonrpc':'2.0','id':'once','method':'update.offer','params':" + Release.Two.Offer + "}");
            rig = Cut(rig);
            rig.Rig.GoOnline();
            Assert.Contains("'version':'0.2.0','blocks':0,'of':3,'result':0,'request':'once','from':'any'", rig.Event("downloading"));
        }

        [TestMethod]
        public void Restart_in_the_middle_does_not_wait_for_the_delay_again()
        {
            UpdateRig rig = UpdateRig.Online("{'interval':10}");
            rig.Offer(Release.Two);
            rig.Rig.Run(61000);
            rig = Cut(rig);
            rig.Rig.GoOnline();
            Assert.AreEqual("{'version':'0.2.0','block':0}", rig.LastGet);
        }

        [TestMethod]
        public void Downloaded_blocks_that_are_gone_end_the_update()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Slots.Erase();
            rig = Cut(rig);
            rig.Rig.GoOnline();
            Assert.Contains("'state':'failed','version':'0.2.0','result':8,'reason':'flash: the downloaded blocks are gone, offer the update again','request':", rig.Event("failed"));
            Assert.Contains("'state':'idle'", rig.Status());
        }

        [TestMethod]
        public void Slot_that_holds_another_version_than_was_accepted_ends_the_update()
        {
            UpdateRig rig = UpdateRig.Online();
            rig.Offer(Release.Three);
            byte[] offer = rig.Slots.ReadOffer();
            rig.Call("update.cancel");
            rig.Offer(Release.Two);
            rig.Slots.Begin(offer);
            rig = Cut(rig);
            rig.Rig.GoOnline();
            Assert.AreEqual("0 1", rig.Gets + " " + rig.Events("failed"));
        }

        [TestMethod]
        public void Image_that_is_corrupt_on_flash_is_downloaded_again()
        {
            UpdateRig rig = Damaged(UpdateRig.Downloading());
            Assert.AreEqual("{'version':'0.2.0','block':0} 0", rig.LastGet + " " + rig.Slots.Staged);
            rig.Finish(Release.Two);
            Assert.AreEqual("0.2.0 300 2", rig.Slots.Tested + " " + rig.Slots.Begins);
        }

        [TestMethod]
        public void Image_that_is_corrupt_three_times_is_given_up()
        {
            UpdateRig rig = UpdateRig.Downloading();
            for (int i = 0; i < 3; i++)
            {
                Damaged(rig);
            }

            Assert.Contains("'state':'failed','version':'0.2.0','blocks':3,'of':3,'result':5,'reason':'flash: the image was corrupt 3 times, offer the update again','request':", rig.Event("failed"));
            Assert.AreEqual("9 False", rig.Gets + " " + rig.Slots.HasOffer);
            Assert.IsNull(rig.Slots.Tested);
            Assert.Contains("'state':'idle','lwm2mState':0,'version':'0.2.0','builtIn':'0.1.0','result':5,'outcome':'integrity check failure'", rig.Status());
        }

        [TestMethod]
        public void Slot_that_holds_too_much_is_downloaded_again()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Serve(Release.Two, 0);
            rig.Serve(Release.Two, 1);
            rig.Slots.Write(Release.Two.Block(2), 2048);
            rig.Slots.Write(new byte[100], 100);
            rig = Cut(rig);
            rig.Rig.GoOnline();
            rig.Rig.Settle();
            rig.Rig.Run(100);
            Assert.AreEqual("{'version':'0.2.0','block':0} 0", rig.LastGet + " " + rig.Slots.Staged);
        }

        [TestMethod]
        public void Slot_that_cannot_be_emptied_for_another_try_ends_the_update()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Slots.BeginFails = true;
            Damaged(rig);
            Assert.Contains("'state':'failed','version':'0.2.0','blocks':3,'of':3,'result':2,'reason':'flash: the update could not be stored, offer it again'", rig.Event("failed"));
            Assert.Contains("'state':'idle'", rig.Status());
        }

        [TestMethod]
        public void Failed_update_may_be_offered_again()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Slots.BeginFails = true;
            Damaged(rig);
            rig.Slots.BeginFails = false;
            Assert.Contains("'state':'downloading'", rig.Offer(Release.Two));
            rig.Rig.Settle();
            rig.Finish(Release.Two);
            Assert.AreEqual("0.2.0 300", rig.Slots.Tested);
        }

        // The device after a power cut, which its loader has nothing to do with.
        private static UpdateRig Cut(UpdateRig rig) => new UpdateRig(rig.Rig.Storage, rig.Slots, null, "power-on", 0);

        // Serves all, and damages what lies on flash before it is verified.
        private static UpdateRig Damaged(UpdateRig rig)
        {
            rig.Serve(Release.Two, 0);
            rig.Serve(Release.Two, 1);
            rig.Slots.Damage(5000);
            rig.Serve(Release.Two, 2);
            rig.Rig.Run(1000);
            return rig;
        }
    }
}

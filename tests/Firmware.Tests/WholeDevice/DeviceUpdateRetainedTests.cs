using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>Updates that the broker keeps as an offer to all boards of a kind.</summary>
    [TestClass]
    public class DeviceUpdateRetainedTests
    {
        private const string Manifest = "m2m/update/test-board/manifest";
        private const string Blocks = "m2m/esp32-020000000001/update/block/+/+";

        [TestMethod]
        public void Offers_and_blocks_are_subscribed_to()
        {
            string topics = string.Empty;
            foreach (string topic in UpdateRig.Online().Link.Topics)
            {
                topics += topic + " ";
            }

            Assert.Contains(" " + Blocks + " " + Manifest + " ", topics);
        }

        [TestMethod]
        public void Offer_to_all_is_accepted_without_a_client()
        {
            UpdateRig rig = UpdateRig.Online();
            rig.OfferToAll(Release.Two);
            Assert.AreEqual("{'type':'update','state':'waiting','version':'0.2.0','blocks':0,'of':3,'result':0}", rig.Event("waiting"));
            Assert.AreEqual("{'version':'0.2.0','block':0}", rig.LastGet);
        }

        [TestMethod]
        public void Offer_to_all_after_one_by_request_has_no_client()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.OfferToAll(Release.Three);
            Assert.AreEqual("{'type':'update','state':'waiting','version':'0.3.0','blocks':0,'of':2,'result':0}", rig.Event("waiting"));
        }

        [TestMethod]
        public void Offer_that_comes_again_changes_nothing()
        {
            UpdateRig rig = UpdateRig.Online();
            rig.OfferToAll(Release.Two);
            rig.Serve(Release.Two, 0);
            rig.Clock.Advance(60000);
            rig.OfferToAll(Release.Two);
            Assert.AreEqual("1 4096", rig.Slots.Begins + " " + rig.Slots.Staged);
        }

        [TestMethod]
        public void Newer_offer_takes_the_place_of_an_unfinished_one()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.OfferToAll(Release.Three);
            Assert.AreEqual("{'version':'0.3.0','block':0}", rig.LastGet);
        }

        [TestMethod]
        public void Older_offer_than_an_unfinished_one_changes_nothing()
        {
            UpdateRig rig = UpdateRig.Online();
            rig.Offer(Release.Three);
            rig.OfferToAll(Release.Two);
            Assert.AreEqual("{'version':'0.3.0','block':0}", rig.LastGet);
            Assert.AreEqual(0, rig.Events("refused"));
        }

        [TestMethod]
        public void Version_that_runs_is_ignored()
        {
            UpdateRig rig = UpdateRig.Online(UpdateRig.Settings, new FakeSlots { ImageVersion = "0.2.0" });
            rig.OfferToAll(Release.Two);
            rig.Rig.Run(60000);
            Assert.AreEqual("0 ", rig.Gets + " " + rig.Story());
        }

        [TestMethod]
        public void Offer_with_a_wrong_signature_is_refused_in_an_event()
        {
            UpdateRig rig = UpdateRig.Online();
            rig.OfferToAll(Release.Two.Forged());
            Assert.AreEqual("{'type':'update','state':'refused','result':5,'reason':'signature: not valid'}", rig.Event("refused"));
            Assert.AreEqual(0, rig.Slots.Begins);
        }

        [TestMethod]
        public void Offer_for_another_board_is_refused_in_an_event()
        {
            UpdateRig rig = UpdateRig.Online();
            rig.OfferToAll(Release.Two.With("test-board", "best-board"));
            Assert.AreEqual("{'type':'update','state':'refused','result':6,'reason':'manifest: for another product or board'}", rig.Event("refused"));
        }

        [TestMethod]
        [DataRow("x")]
        [DataRow("{}")]
        [DataRow("[]")]
        [DataRow("null")]
        [DataRow("{'manifest':'{}','signature':'AAAA'}")]
        public void Garbage_is_refused_in_an_event(string payload)
        {
            UpdateRig rig = UpdateRig.Online();
            rig.OfferToAll(SingleQuoted.Bytes(payload));
            Assert.Contains("'state':'refused','result':6,'reason':", rig.Event("refused"));
        }

        [TestMethod]
        public void Refusal_of_an_offer_does_not_touch_the_update_that_is_under_way()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.OfferToAll(Release.Three.Forged());
            Assert.Contains("'state':'downloading','lwm2mState':1,'version':'0.2.0','blocks':0,'of':3", rig.Status());
        }

        [TestMethod]
        public void Refused_offer_that_comes_again_is_not_reported_again()
        {
            UpdateRig rig = UpdateRig.Online();
            for (int i = 0; i < 3; i++)
            {
                rig.OfferToAll(Release.Two.Forged());
                rig.Rig.Run(60000);
            }

            Assert.AreEqual("1 1", rig.Events("refused") + " " + rig.Slots.Judged);
        }

        [TestMethod]
        public void Another_refused_offer_is_reported()
        {
            UpdateRig rig = UpdateRig.Online();
            rig.OfferToAll(Release.Two.Forged());
            rig.Rig.Run(60000);
            rig.OfferToAll(Release.Three.Forged());
            Assert.AreEqual(2, rig.Events("refused"));
        }

        [TestMethod]
        public void Flood_of_wrong_offers_is_verified_once_in_ten_seconds()
        {
            UpdateRig rig = UpdateRig.Online();
            for (int i = 0; i < 49; i++)
            {
                // Each is another one, so that none is known.
                rig.OfferToAll(Release.Two.With("'size':10240", "'size':" + (10241 + i)));
                rig.Rig.Run(1000);
            }

            Assert.AreEqual("5 5", rig.Slots.Judged + " " + rig.Events("refused"));
        }

        [TestMethod]
        public void Flood_of_a_right_offer_is_verified_once_in_ten_seconds()
        {
            UpdateRig rig = UpdateRig.Online();
            for (int i = 0; i < 49; i++)
            {
                rig.OfferToAll(Release.Two);
                rig.Rig.Run(1000);
            }

            Assert.AreEqual(5, rig.Slots.Judged);
        }

        [TestMethod]
        public void Flood_of_offers_costs_no_digests()
        {
            UpdateRig rig = UpdateRig.Online();
            for (int i = 0; i < 90; i++)
            {
                rig.OfferToAll(Release.Two.Forged());
                rig.Rig.Run(100);
            }

            Assert.IsTrue(rig.Digest.Calls <= 2);
        }

        [TestMethod]
        public void Right_offer_after_a_wrong_one_waits_for_its_turn()
        {
            UpdateRig rig = UpdateRig.Online();
            rig.OfferToAll(Release.Two.Forged());
            rig.OfferToAll(Release.Two);
            rig.Rig.Run(9999);
            Assert.AreEqual(0, rig.Events("waiting"));
            rig.Rig.Run(2);
            Assert.AreEqual(1, rig.Events("waiting"));
        }

        [TestMethod]
        public void Offer_that_was_withdrawn_is_none()
        {
            UpdateRig rig = UpdateRig.Online();
            rig.OfferToAll(Release.Two.Forged());
            rig.OfferToAll(Release.Two);
            rig.OfferToAll(new byte[0]);
            rig.Rig.Run(60000);
            Assert.AreEqual(0, rig.Slots.Begins);
        }

        [TestMethod]
        public void Empty_message_is_not_reported()
        {
            UpdateRig rig = UpdateRig.Online();
            rig.OfferToAll(new byte[0]);
            rig.Rig.Run(60000);
            Assert.AreEqual(string.Empty, rig.Story());
        }

        [TestMethod]
        public void Message_that_no_offer_is_as_long_as_is_ignored()
        {
            UpdateRig rig = UpdateRig.Online();
            rig.OfferToAll(SingleQuoted.Bytes("{" + Release.Two.Members + ",'more':'" + new string('x', 4096) + "'}"));
            rig.Rig.Run(60000);
            Assert.AreEqual("0 0 0", rig.Slots.Begins + " " + rig.Slots.Judged + " " + rig.Rig.Device.Counters.Exceptions);
        }

        [TestMethod]
        public void Offer_that_comes_during_a_trial_does_not_keep_the_loop_busy()
        {
            UpdateRig rig = UpdateRig.OnTrial(false);
            rig.Rig.GoOnline();
            rig.OfferToAll(Release.Three);
            rig.Rig.Run(60000);
            Assert.AreEqual(1, rig.Slots.Begins);
        }

        [TestMethod]
        public void Offer_that_came_during_a_trial_is_taken_after_it()
        {
            UpdateRig rig = UpdateRig.OnTrial();
            rig.Slots.ConfirmFaults = 1;
            rig.Rig.GoOnline();
            rig.OfferToAll(Release.Three);
            Assert.AreEqual(1, rig.Slots.Begins);
            rig.Rig.Run(20000);
            Assert.AreEqual("{'version':'0.3.0','block':0}", rig.LastGet);
        }

        [TestMethod]
        public void Offer_that_was_refused_before_a_revert_is_verified_again()
        {
            UpdateRig rig = UpdateRig.Online(UpdateRig.Settings, new FakeSlots { ImageVersion = "0.3.0" });
            rig.OfferToAll(Release.Two);
            Assert.AreEqual(1, rig.Events("refused"));
            rig.Call("update.revert");
            rig.Rig.Run(20000);
            rig = rig.Restarted();
            rig.Rig.GoOnline();
            rig.OfferToAll(Release.Two);
            Assert.AreEqual(1, rig.Events("waiting"));
        }
    }
}

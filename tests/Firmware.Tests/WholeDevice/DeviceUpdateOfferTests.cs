using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>Updates that a request offers.</summary>
    [TestClass]
    public class DeviceUpdateOfferTests
    {
        private const int NotAllowed = -32003;
        private const int Conflict = -32004;
        private const int InvalidParams = -32602;

        [TestMethod]
        public void Response_to_an_offer_has_the_new_state()
        {
            UpdateRig rig = UpdateRig.Online();
            Assert.Contains("'result':{'state':'downloading','version':'0.2.0'}", rig.Offer(Release.Two));
        }

        [TestMethod]
        public void Offer_leads_to_the_request_for_the_first_block()
        {
            Assert.AreEqual("{'version':'0.2.0','block':0}", UpdateRig.Downloading().LastGet);
        }

        [TestMethod]
        public void Offer_that_has_to_wait_is_answered_with_waiting()
        {
            UpdateRig rig = UpdateRig.Online("{'interval':10,'update':{'delay':0,'percent':0}}");
            Assert.Contains("'result':{'state':'waiting','version':'0.2.0'}", rig.Offer(Release.Two));
        }

        [TestMethod]
        public void Offer_is_reported_with_its_client()
        {
            UpdateRig rig = UpdateRig.Online();
            rig.Rig.Ask("{'jsonrpc':'2.0','id':'a\\'}b','from':'any','method':'update.offer','params':" + Release.Two.Offer + "}");
            rig.Rig.Settle();
            string client = ",'request':'a\\'}b','from':'any'}";
            Assert.AreEqual("{'type':'update','state':'waiting','version':'0.2.0','blocks':0,'of':3,'result':0" + client, rig.Event("waiting"));
            Assert.AreEqual("{'type':'update','state':'downloading','version':'0.2.0','blocks':0,'of':3,'result':0" + client, rig.Event("downloading"));
        }

        [TestMethod]
        public void Event_of_an_update_has_a_time()
        {
            UpdateRig rig = UpdateRig.Online();
            rig.Clock.Synchronize();
            rig.Offer(Release.Two);
            rig.Rig.Settle();
            Assert.EndsWith(",'from':'any','time':" + ManualClock.Now + "}", rig.Event("waiting"));
        }

        [TestMethod]
        [DataRow("{}", "manifest")]
        [DataRow("{'manifest':'{}'}", "signature")]
        [DataRow("{'manifest':7,'signature':''}", "manifest")]
        [DataRow("{'manifest':'','signature':''}", "manifest")]
        [DataRow("{'manifest':'{}','signature':'AAAA'}", "signature")]
        [DataRow("{'manifest':'{}','signature':'?'}", "signature")]
        [DataRow("{'manifest':'{}','signature':'AAAA','force':1}", "force")]
        [DataRow("{'manifest':'{}','signature':'AAAA','force':null}", "force")]
        [DataRow("{'manifest':'{}','signature':'AAAA','other':1}", "other")]
        public void Malformed_offer_is_refused(string parameters, string param)
        {
            UpdateRig rig = UpdateRig.Online();
            ExpectRefusal(rig, rig.Call("update.offer", parameters), InvalidParams, param);
        }

        [TestMethod]
        public void Malformed_manifest_is_refused()
        {
            UpdateRig rig = UpdateRig.Online();
            string answer = rig.Offer(Release.Two.With("'size':10240", "'size':'10240'"));
            ExpectRefusal(rig, answer, InvalidParams, "manifest");
            Assert.Contains("'reason':'size: must be an integer", answer);
        }

        [TestMethod]
        public void Wrong_signature_is_refused()
        {
            UpdateRig rig = UpdateRig.Online();
            ExpectRefusal(rig, rig.Offer(Release.Two.Forged()), NotAllowed, "signature");
        }

        [TestMethod]
        public void Wrong_signatures_are_one_event_and_counted()
        {
            UpdateRig rig = UpdateRig.Online();
            for (int i = 0; i < 5; i++)
            {
                rig.Offer(Release.Two.Forged());
            }

            rig.Rig.Settle();
            Assert.AreEqual(1, rig.Rig.Link.CountIn("/event", SingleQuoted.Text("{'type':'security','reason':'update-signature','detail':'not valid for version 0.2.0'")));
            Assert.Contains("\"security\":5,", rig.Rig.Info());
        }

        [TestMethod]
        public void Manifest_that_was_altered_is_refused()
        {
            UpdateRig rig = UpdateRig.Online();
            ExpectRefusal(rig, rig.Offer(Release.Two.With("'size':10240", "'size':10241")), NotAllowed, "signature");
        }

        [TestMethod]
        public void Offer_for_another_board_is_refused()
        {
            UpdateRig rig = UpdateRig.Online();
            ExpectRefusal(rig, rig.Offer(Release.Two.With("test-board", "best-board")), NotAllowed, "manifest");
        }

        [TestMethod]
        public void Older_version_is_refused()
        {
            UpdateRig rig = UpdateRig.Online();
            ExpectRefusal(rig, rig.Offer(Release.Two.With("0.2.0", "0.0.9")), Conflict, "manifest");
        }

        [TestMethod]
        public void Version_that_failed_twice_is_refused()
        {
            UpdateRig rig = UpdateRig.Online(UpdateRig.Settings, new FakeSlots { Failures = 2 });
            ExpectRefusal(rig, rig.Offer(Release.Two), NotAllowed, "manifest");
        }

        [TestMethod]
        public void Version_that_runs_is_installed_already()
        {
            UpdateRig rig = UpdateRig.Online(UpdateRig.Settings, new FakeSlots { ImageVersion = "0.2.0" });
            Assert.Contains("'result':{'state':'idle','version':'0.2.0','result':1,'reason':'installed already'}", rig.Offer(Release.Two));
            Assert.AreEqual("0 0", rig.Slots.Begins + " " + rig.Gets);
            Assert.AreEqual(string.Empty, rig.Story());
        }

        [TestMethod]
        public void Offer_that_comes_again_changes_nothing()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Serve(Release.Two, 0);
            Assert.Contains("'result':{'state':'downloading','version':'0.2.0'}", rig.Offer(Release.Two));
            Assert.AreEqual("1 4096", rig.Slots.Begins + " " + rig.Slots.Staged);
        }

        [TestMethod]
        public void Newer_version_takes_the_place_of_an_unfinished_one()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Serve(Release.Two, 0);
            Assert.Contains("'result':{'state':'downloading','version':'0.3.0'}", rig.Offer(Release.Three));
            rig.Rig.Settle();
            Assert.AreEqual("{'version':'0.3.0','block':0}", rig.LastGet);
            Assert.AreEqual("2 0", rig.Slots.Begins + " " + rig.Slots.Staged);
        }

        [TestMethod]
        public void Newer_version_that_took_the_place_is_installed()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Serve(Release.Two, 0);
            rig.Offer(Release.Three);
            rig.Rig.Settle();
            rig.Finish(Release.Three);
            Assert.AreEqual("0.3.0 300", rig.Slots.Tested);
        }

        [TestMethod]
        public void Older_version_than_an_unfinished_one_is_refused()
        {
            UpdateRig rig = UpdateRig.Online();
            rig.Offer(Release.Three);
            string answer = rig.Offer(Release.Two);
            Assert.Contains("'code':" + Conflict, answer);
            Assert.Contains("'param':'manifest','reason':'a newer version is in progress", answer);
            Assert.AreEqual(1, rig.Slots.Begins);
        }

        [TestMethod]
        public void Offer_that_cannot_be_stored_fails()
        {
            UpdateRig rig = UpdateRig.Online(UpdateRig.Settings, new FakeSlots { BeginFails = true });
            Assert.Contains("'code':-32603", rig.Offer(Release.Two));
            rig.Rig.Settle();
            Assert.Contains("'state':'failed','version':'0.2.0','result':2,'reason':'flash: the update could not be stored, offer it again'", rig.Event("failed"));
            Assert.Contains("'state':'idle'", rig.Status());
        }

        [TestMethod]
        public void Offer_that_cannot_be_remembered_fails()
        {
            UpdateRig rig = UpdateRig.Online();
            rig.Rig.Storage.WriteFails = true;
            Assert.Contains("'code':-32603", rig.Offer(Release.Two));
            rig.Rig.Run(20000);
            Assert.AreEqual("0 False", rig.Gets + " " + rig.Slots.HasOffer);
        }

        [TestMethod]
        public void Failure_to_store_a_newer_one_ends_both()
        {
            UpdateRig rig = UpdateRig.Downloading();
            rig.Serve(Release.Two, 0);
            rig.Slots.BeginFails = true;
            Assert.Contains("'code':-32603", rig.Offer(Release.Three));
            rig.Slots.BeginFails = false;
            Assert.Contains("'result':{'state':'downloading','version':'0.3.0'}", rig.Offer(Release.Three));
        }

        [TestMethod]
        public void Board_that_cannot_be_updated_knows_no_updates()
        {
            DeviceRig rig = DeviceRig.Online();
            Assert.Contains("-32601", rig.Ask("{'jsonrpc':'2.0','id':'u','method':'update.status'}"));
            Assert.DoesNotContains("\"update\":", rig.Info());
        }

        private static void ExpectRefusal(UpdateRig rig, string answer, int code, string param)
        {
            rig.Rig.Settle();
            Assert.Contains("'error':{'code':" + code + ",", answer);
            Assert.Contains("'param':'" + param + "'", answer);
            Assert.AreEqual("0 0 ", rig.Slots.Begins + " " + rig.Gets + " " + rig.Story());
        }
    }
}

using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary><c>update.status</c>, <c>update.cancel</c>, <c>update.confirm</c>, <c>update.revert</c> in each state, and <c>info</c>.</summary>
    [TestClass]
    public class DeviceUpdateCommandTests
    {
        private const string Idle = "idle";
        private const string Waiting = "waiting";
        private const string Downloading = "downloading";
        private const string Verifying = "verifying";
        private const string Installing = "installing";
        private const string Trial = "trial";

        private const string BuiltIn = ",'builtIn':'0.1.0','result':0}";

        [TestMethod]
        [DataRow(Idle, "{'state':'idle','lwm2mState':0" + BuiltIn)]
        [DataRow(Waiting, "{'state':'waiting','lwm2mState':0,'version':'0.2.0','blocks':0,'of':3,'gate':'canary'" + BuiltIn)]
        [DataRow(Downloading, "{'state':'downloading','lwm2mState':1,'version':'0.2.0','blocks':1,'of':3" + BuiltIn)]
        [DataRow(Verifying, "{'state':'verifying','lwm2mState':2,'version':'0.2.0','blocks':3,'of':3" + BuiltIn)]
        [DataRow(Installing, "{'state':'installing','lwm2mState':3,'version':'0.2.0','blocks':3,'of':3" + BuiltIn)]
        [DataRow(Trial, "{'state':'trial','lwm2mState':3,'version':'0.2.0','image':'0.2.0'" + BuiltIn)]
        public void Status_has_the_state(string state, string status)
        {
            Assert.Contains("'result':" + status + "}", In(state).Status());
        }

        [TestMethod]
        [DataRow(Idle)]
        [DataRow(Downloading)]
        [DataRow(Trial)]
        public void Info_has_the_same_status(string state)
        {
            UpdateRig rig = In(state);
            string status = rig.Status();
            int at = status.IndexOf("'result':") + 9;
            status = status.Substring(at, status.Length - at - 1);
            Assert.Contains("'update':" + status, rig.Call("info"));
        }

        [TestMethod]
        [DataRow(Waiting, 0)]
        [DataRow(Downloading, 1)]
        [DataRow(Verifying, 3)]
        public void Cancel_gives_up_what_is_under_way(string state, int blocks)
        {
            UpdateRig rig = In(state);
            Assert.Contains("'result':{'state':'idle','lwm2mState':0,'version':'0.2.0','builtIn':'0.1.0','result':10,'outcome':'cancelled','reason':'by request'}", rig.Call("update.cancel"));
            Acknowledge(rig);
            Assert.Contains("'state':'cancelled','version':'0.2.0','blocks':" + blocks + ",'of':3,'result':10,'reason':'by request','request':", rig.Event("cancelled"));
            int gets = rig.Gets;
            rig.Rig.Run(120000);
            Assert.AreEqual("False 0", rig.Slots.HasOffer + " " + (rig.Gets - gets));
            Assert.IsNull(rig.Slots.Tested);
        }

        [TestMethod]
        public void Cancelled_update_stays_cancelled_after_a_restart()
        {
            UpdateRig rig = In(Downloading);
            rig.Call("update.cancel");
            rig = rig.Restarted();
            rig.Rig.GoOnline();
            Assert.AreEqual("0 ", rig.Gets + " " + rig.Story());
        }

        [TestMethod]
        public void Cancelled_update_may_be_offered_again()
        {
            UpdateRig rig = In(Downloading);
            rig.Call("update.cancel");
            Assert.Contains("'state':'downloading'", rig.Offer(Release.Two));
            rig.Rig.Settle();
            Assert.AreEqual("{'version':'0.2.0','block':0}", rig.LastGet);
        }

        [TestMethod]
        public void Cancel_without_an_update_changes_nothing()
        {
            UpdateRig rig = In(Idle);
            Assert.Contains("'result':{'state':'idle','lwm2mState':0,'builtIn':'0.1.0','result':0}", rig.Call("update.cancel"));
            rig.Rig.Settle();
            Assert.AreEqual("0 ", rig.Slots.Erases + " " + rig.Story());
        }

        [TestMethod]
        [DataRow(Installing)]
        [DataRow(Trial)]
        public void Cancel_is_refused_when_it_is_too_late(string state)
        {
            UpdateRig rig = In(state);
            Assert.Contains("'code':-32004", rig.Call("update.cancel"));
            Assert.AreEqual(0, rig.Slots.Erases);
        }

        [TestMethod]
        [DataRow(Idle)]
        [DataRow(Waiting)]
        [DataRow(Downloading)]
        [DataRow(Verifying)]
        [DataRow(Installing)]
        public void Confirm_needs_a_trial(string state)
        {
            UpdateRig rig = In(state);
            Assert.Contains("'code':-32004", rig.Call("update.confirm"));
            Assert.AreEqual(0, rig.Slots.Confirms);
        }

        [TestMethod]
        public void Confirm_keeps_an_image_that_is_not_healthy()
        {
            UpdateRig rig = In(Trial);
            Assert.Contains("'result':{'state':'idle','lwm2mState':0,'version':'0.2.0','image':'0.2.0','builtIn':'0.1.0','result':1,'outcome':'success'}", rig.Call("update.confirm"));
            rig.Rig.Run(400000);
            Assert.AreEqual("1 0 False 1", rig.Slots.Confirms + " " + rig.Slots.Reverts + " " + rig.Slots.IsOnTrial + " " + rig.Events("confirmed"));
        }

        [TestMethod]
        public void Confirm_that_is_not_written_fails_and_is_tried_again()
        {
            UpdateRig rig = In(Trial);
            rig.Slots.ConfirmFaults = 1;
            Assert.Contains("'code':-32603", rig.Call("update.confirm"));
            rig.Rig.Run(10000);
            Assert.AreEqual("2 False", rig.Slots.Confirms + " " + rig.Slots.IsOnTrial);
        }

        [TestMethod]
        [DataRow(Waiting)]
        [DataRow(Downloading)]
        [DataRow(Verifying)]
        [DataRow(Installing)]
        public void Revert_needs_an_end_of_what_is_under_way(string state)
        {
            UpdateRig rig = In(state);
            Assert.Contains("'code':-32004", rig.Call("update.revert"));
            Assert.AreEqual(0, rig.Slots.Reverts);
        }

        [TestMethod]
        public void Revert_of_the_built_in_application_is_refused()
        {
            UpdateRig rig = In(Idle);
            Assert.Contains("'code':-32004", rig.Call("update.revert"));
            rig.Rig.Run(10000);
            Assert.AreEqual(0, rig.Rig.Power.Restarts);
        }

        [TestMethod]
        public void Revert_goes_back_from_a_confirmed_image()
        {
            UpdateRig rig = UpdateRig.OnTrial();
            rig.Rig.GoOnline();
            Assert.Contains("'result':{'state':'", rig.Call("update.revert"));
            rig.Rig.Run(10000);
            Assert.AreEqual("1 1 1", rig.Slots.Reverts + " " + rig.Rig.Power.Restarts + " " + rig.Events("rolled-back"));
            Assert.Contains("'version':'0.2.0','result':8,'reason':'by request'", rig.Event("rolled-back"));
            rig = rig.Restarted();
            rig.Rig.GoOnline();
            Assert.IsNull(rig.Slots.ImageVersion);
            Assert.AreEqual(0, rig.Events("rolled-back"));
        }

        [TestMethod]
        public void Revert_that_is_requested_twice_is_reported_once()
        {
            UpdateRig rig = UpdateRig.OnTrial();
            rig.Rig.GoOnline();
            rig.Link.Acknowledges = false;
            rig.Call("update.revert");
            Assert.Contains("'code':-32004", rig.Call("update.revert"));
            Assert.AreEqual(1, rig.Slots.Reverts);
        }

        [TestMethod]
        public void Restart_that_waits_for_an_answer_to_a_group_waits_without_work()
        {
            UpdateRig rig = UpdateRig.OnTrial();
            rig.Rig.GoOnline();
            rig.Rig.Inbox.Post(new LinkEvent(LinkEventKind.Message, rig.Link.Attempt)
            {
                Topic = "m2m/group/all/request",
                Payload = SingleQuoted.Bytes("{'jsonrpc':'2.0','id':'g','method':'ping','params':{'spread':300}}"),
            });
            rig.Call("update.revert");
            rig.Rig.Run(310000);
            Assert.AreEqual(1, rig.Rig.Power.Restarts);
        }

        [TestMethod]
        public void Reverted_version_is_taken_again_by_request_only()
        {
            UpdateRig rig = UpdateRig.OnTrial();
            rig.Rig.GoOnline();
            rig.Call("update.revert");
            rig.Rig.Run(10000);
            rig = rig.Restarted();
            rig.Rig.GoOnline();
            rig.OfferToAll(Release.Two);
            rig.Rig.Run(1000);
            Assert.AreEqual(0, rig.Gets);
            rig.Offer(Release.Two);
            Assert.AreEqual(1, rig.Gets);
        }

        [TestMethod]
        public void Revert_during_a_trial_ends_it()
        {
            UpdateRig rig = In(Trial);
            Assert.Contains("'result':{'state':'installing','lwm2mState':3,'version':'0.2.0'", rig.Call("update.revert"));
            rig.Rig.Run(10000);
            Assert.AreEqual("1 1 by request", rig.Slots.Reverts + " " + rig.Rig.Power.Restarts + " " + rig.Slots.FailedReason);
            rig = rig.Restarted();
            rig.Rig.GoOnline();
            Assert.Contains("'state':'rolled-back','version':'0.2.0','result':8,'reason':'by request'", rig.Event("rolled-back"));
        }

        [TestMethod]
        [DataRow("update.status")]
        [DataRow("update.cancel")]
        [DataRow("update.confirm")]
        [DataRow("update.revert")]
        public void Commands_have_no_params(string method)
        {
            Assert.Contains("'code':-32602", In(Trial).Call(method, "{'seconds':1}"));
        }

        // A device in a state that does not move on: nothing is acknowledged, and on trial it measures nothing.
        private static UpdateRig In(string state)
        {
            if (state == Trial)
            {
                UpdateRig trial = UpdateRig.OnTrial(false);
                trial.Rig.GoOnline();
                return trial;
            }

            UpdateRig rig = UpdateRig.Online(state == Waiting ? "{'interval':10,'update':{'delay':0,'percent':0}}" : UpdateRig.Settings);
            if (state != Idle)
            {
                rig.Offer(Release.Two);
                rig.Rig.Settle();
                rig.Link.Acknowledges = state == Waiting;
            }

            if (state != Idle && state != Waiting)
            {
                rig.Serve(Release.Two, 0);
            }

            if (state == Verifying || state == Installing)
            {
                rig.Serve(Release.Two, 1);
                rig.Serve(Release.Two, 2);
                for (int i = 0; i < 3 && state == Installing; i++)
                {
                    rig.Rig.Device.Step();
                }
            }

            return rig;
        }

        private static void Acknowledge(UpdateRig rig)
        {
            rig.Link.Acknowledges = true;
            rig.Rig.Run(30000);
        }
    }
}

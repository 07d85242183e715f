using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging
{
    /// <summary>Requests that come more than once.</summary>
    [TestClass]
    public class RequestRouterReplayTests
    {
        [TestMethod]
        public void Repeated_request_is_not_carried_out_again()
        {
            RouterRig rig = new RouterRig();
            rig.Count("1");
            rig.Count("1");
            Assert.AreEqual(1, rig.Method.Calls);
        }

        // A broker that had no acknowledgement sends it again at the next connection, which may be hours later.
        [TestMethod]
        [DataRow(true, 1)]
        [DataRow(false, 2)]
        public void Request_that_the_broker_repeats_is_not_carried_out_again_however_late(bool isDuplicate, int calls)
        {
            RouterRig rig = new RouterRig();
            string first = rig.Count("1");
            rig.Clock.Advance(3600000);
            rig.IsDuplicate = isDuplicate;
            string second = rig.Count("1");
            Assert.AreEqual(calls + " " + isDuplicate, rig.Method.Calls + " " + (first == second));
        }

        [TestMethod]
        public void Request_that_the_broker_repeats_is_carried_out_when_it_did_not_arrive_before()
        {
            RouterRig rig = new RouterRig { IsDuplicate = true };
            rig.Count("1");
            Assert.AreEqual(1, rig.Method.Calls);
        }

        [TestMethod]
        public void Repetition_that_does_no_harm_is_carried_out_again()
        {
            RouterRig rig = new RouterRig(new CountingMethod());
            rig.Count("1");
            rig.Count("1");
            Assert.AreEqual(2, rig.Method.Calls);
        }

        [TestMethod]
        public void Repeated_request_is_answered_again()
        {
            RouterRig rig = new RouterRig();
            string first = rig.Count("1");
            Assert.AreEqual(first, rig.Count("1"));
        }

        [TestMethod]
        public void Repeated_request_is_answered_to_its_client()
        {
            RouterRig rig = new RouterRig();
            rig.CountWith("'from':'a'");
            rig.CountWith("'from':'a'");
            Assert.AreEqual("a", rig.Client);
        }

        [TestMethod]
        public void Same_id_from_another_client_is_another_request()
        {
            RouterRig rig = new RouterRig();
            rig.CountWith("'from':'a'");
            rig.CountWith("'from':'b'");
            Assert.AreEqual(2, rig.Method.Calls);
        }

        [TestMethod]
        public void Another_id_is_another_request()
        {
            RouterRig rig = new RouterRig();
            rig.Count("1");
            rig.Count("2");
            Assert.AreEqual(2, rig.Method.Calls);
        }

        [TestMethod]
        public void Same_id_with_other_params_is_another_request()
        {
            RouterRig rig = new RouterRig();
            rig.CountWith("'params':{'step':1}");
            rig.CountWith("'params':{'step':2}");
            rig.CountWith("'params':{'step':1}");
            Assert.AreEqual(2, rig.Method.Calls);
        }

        [TestMethod]
        public void Text_and_number_are_different_ids()
        {
            RouterRig rig = new RouterRig();
            rig.Count("1");
            rig.Count("'1'");
            Assert.AreEqual(2, rig.Method.Calls);
        }

        [TestMethod]
        public void Repeated_request_that_failed_is_not_carried_out_again()
        {
            RouterRig rig = new RouterRig();
            rig.Method.Throws = true;
            rig.Count("1");
            rig.Count("1");
            Assert.AreEqual(1, rig.Method.Calls);
        }

        [TestMethod]
        public void Repeated_request_is_answered_after_its_deadline()
        {
            RouterRig rig = new RouterRig();
            rig.Clock.Synchronize();
            string first = rig.CountWith("'deadline':1795366430");
            rig.Clock.Advance(59000);
            Assert.AreEqual(first, rig.CountWith("'deadline':1795366430"));
        }

        [TestMethod]
        [DataRow(59999, 1)]
        [DataRow(60000, 2)]
        public void Request_may_be_repeated_after_a_minute(int milliseconds, int calls)
        {
            RouterRig rig = new RouterRig();
            rig.Count("1");
            rig.Clock.Advance(milliseconds);
            rig.Count("1");
            Assert.AreEqual(calls, rig.Method.Calls);
        }

        [TestMethod]
        public void Request_that_was_repeated_is_remembered_again()
        {
            RouterRig rig = new RouterRig();
            rig.Count("1");
            rig.Clock.Advance(60000);
            rig.Count("1");
            rig.Clock.Advance(59999);
            rig.Count("1");
            Assert.AreEqual(2, rig.Method.Calls);
        }

        [TestMethod]
        [DataRow(7, 8)]
        [DataRow(8, 10)]
        public void Eight_responses_are_remembered(int others, int calls)
        {
            RouterRig rig = new RouterRig();
            rig.Count("100");
            for (int i = 0; i < others; i++)
            {
                rig.Count(i.ToString());
            }

            rig.Count("100");
            Assert.AreEqual(calls, rig.Method.Calls);
        }

        [TestMethod]
        public void Long_responses_replace_older_ones()
        {
            RouterRig rig = new RouterRig();
            rig.Count("1");
            rig.Method.Letters = 2500;
            rig.Count("2");
            rig.Count("3");
            rig.Count("2");
            Assert.AreEqual(4, rig.Method.Calls);
        }

        [TestMethod]
        public void Repeated_request_is_not_counted_as_carried_out()
        {
            RouterRig rig = new RouterRig();
            rig.Count("1");
            rig.Count("1");
            Assert.AreEqual(1, rig.Counters.Requests);
        }

        [TestMethod]
        public void Refusal_is_not_remembered()
        {
            RouterRig rig = new RouterRig();
            rig.CountWith("'params':{'x':1}");
            Assert.AreEqual(0, RouterRig.CodeOf(rig.Count("1")));
        }
    }
}

using Firmware.Messaging;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging
{
    /// <summary>The topic of those who may only view.</summary>
    [TestClass]
    public class QueryTests
    {
        private const string Count = "{'jsonrpc':'2.0','id':1,'method':'count','from':'viewer'}";

        [TestMethod]
        public void Method_that_reads_is_carried_out()
        {
            Assert.AreEqual(SingleQuoted.Text("{'jsonrpc':'2.0','id':1,'result':1}"), new RouterRig(new CountingQuery()).Query(Count));
        }

        [TestMethod]
        [DataRow(1, "{'jsonrpc':'2.0','id':1,'result':2}", 2)]
        [DataRow(2, "{'jsonrpc':'2.0','id':1,'error':{'code':-32603,'message':'Internal error','data':{'reason':'the method failed: OutOfMemoryException'}}}", 2)]
        public void Method_that_reads_is_tried_again_when_there_was_no_memory(int times, string response, int calls)
        {
            RouterRig rig = new RouterRig(new CountingQuery());
            rig.Method.WithoutMemory = times;
            Assert.AreEqual(SingleQuoted.Text(response), rig.Query(Count));
            Assert.AreEqual(calls + " " + times, rig.Method.Calls + " " + rig.Counters.Exceptions);
        }

        [TestMethod]
        public void Method_that_changes_something_is_not_tried_again()
        {
            RouterRig rig = new RouterRig(new CountingMethod());
            rig.Method.WithoutMemory = 1;
            Assert.AreEqual(RpcError.InternalErrorCode, RouterRig.CodeOf(rig.Ask(Count)));
            Assert.AreEqual(1, rig.Method.Calls);
        }

        [TestMethod]
        public void Method_that_changes_something_is_refused()
        {
            RouterRig rig = new RouterRig(new CountingMethod());
            string expected = "{'jsonrpc':'2.0','id':1,'error':{'code':-32003,'message':'Not allowed',"
                + "'data':{'param':'method','reason':'a query topic takes only methods that read'}}}";
            Assert.AreEqual(SingleQuoted.Text(expected), rig.Query(Count));
            Assert.AreEqual("0 viewer 0 1", rig.Method.Calls + " " + rig.Client + " " + rig.Counters.Requests + " " + rig.Counters.Refused);
        }

        [TestMethod]
        public void Response_that_a_client_got_is_not_given_to_one_who_may_only_view()
        {
            RouterRig rig = new RouterRig(new CountingOnce());
            rig.Ask(Count);
            Assert.AreEqual(RpcError.NotAllowedCode, RouterRig.CodeOf(rig.Query(Count)));
        }

        [TestMethod]
        public void Notification_of_a_method_that_changes_something_gets_no_response()
        {
            RouterRig rig = new RouterRig(new CountingMethod());
            Assert.IsNull(rig.Query("{'jsonrpc':'2.0','method':'count'}"));
            Assert.AreEqual("0 1", rig.Method.Calls + " " + rig.Counters.Refused);
        }

        [TestMethod]
        public void Unknown_method_is_not_found_there_either()
        {
            RouterRig rig = new RouterRig();
            Assert.AreEqual(RpcError.MethodNotFoundCode, RouterRig.CodeOf(rig.Query("{'jsonrpc':'2.0','id':1,'method':'other'}")));
            Assert.AreEqual(0, rig.Counters.Security);
        }

        [TestMethod]
        public void Refusal_is_a_security_event_with_method_and_client()
        {
            RouterRig rig = new RouterRig(new CountingMethod());
            EventQueue events = new EventQueue(rig.Clock, rig.Counters);
            rig.Router.Events = events;
            rig.Query(Count);
            Assert.AreEqual(
                SingleQuoted.Text("{'type':'security','reason':'request-refused','detail':'count from viewer'}"), Utf8.Text(events.Peek()));
        }

        [TestMethod]
        public void Refusals_count_against_the_rate_of_their_client()
        {
            RouterRig rig = new RouterRig(new CountingMethod());
            int refused = 0;
            for (int i = 0; i < 30; i++)
            {
                refused += RouterRig.CodeOf(rig.Query(Count)) == RpcError.NotAllowedCode ? 1 : 0;
            }

            Assert.AreEqual("20 -32000", refused + " " + RouterRig.CodeOf(rig.Query(Count)));
        }

        [TestMethod]
        public void Request_after_a_query_is_carried_out()
        {
            RouterRig rig = new RouterRig(new CountingMethod());
            rig.Query(Count);
            rig.Ask(Count);
            Assert.AreEqual(1, rig.Method.Calls);
        }
    }
}

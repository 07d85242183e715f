using Firmware.Messaging;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging
{
    [TestClass]
    public class RateLimitTests
    {
        private const string Busy = ",\"error\":{\"code\":-32000,\"message\":\"Busy\",\"data\":{\"reason\":\"too many requests\",\"retryAfter\":1}}}";

        [TestMethod]
        public void Burst_of_one_client_is_accepted_up_to_the_limit()
        {
            Assert.AreEqual(RateLimit.Burst, Taken(new RateLimit(), "a", 5000));
        }

        [TestMethod]
        [DataRow(499, 0)]
        [DataRow(500, 1)]
        [DataRow(1000, 2)]
        [DataRow(3600000, 20)]
        public void Requests_are_accepted_again_with_time(int elapsed, int count)
        {
            RateLimit limit = new RateLimit();
            Taken(limit, "a", 0);
            Assert.AreEqual(count, Taken(limit, "a", elapsed));
        }

        [TestMethod]
        public void Refused_client_is_accepted_after_the_reported_time()
        {
            RateLimit limit = new RateLimit();
            Taken(limit, "a", 0);
            int seconds = limit.Check("a", 1);
            Assert.AreEqual("1 0", seconds + " " + limit.Check("a", 1 + (seconds * 1000)));
        }

        [TestMethod]
        public void Limit_of_one_client_does_not_affect_another()
        {
            RateLimit limit = new RateLimit();
            Taken(limit, "a", 0);
            Assert.AreEqual(0, limit.Check("b", 0));
        }

        [TestMethod]
        public void Limit_of_a_client_holds_among_many_clients()
        {
            RateLimit limit = new RateLimit();
            Taken(limit, "a", 0);
            int taken = 0;
            for (int i = 0; i < 100; i++)
            {
                limit.Check("other" + i, 1);
                taken += limit.Check("a", 1) == 0 ? 1 : 0;
            }

            Assert.AreEqual(0, taken);
        }

        [TestMethod]
        public void Request_beyond_the_limit_is_answered_with_busy_and_not_carried_out()
        {
            RouterRig rig = Exhausted();
            Assert.AreEqual("{\"jsonrpc\":\"2.0\",\"id\":99" + Busy + " 20", rig.Count("99") + " " + rig.Method.Calls);
        }

        [TestMethod]
        public void Request_that_was_busy_is_carried_out_when_it_comes_again()
        {
            RouterRig rig = Exhausted();
            rig.Count("99");
            rig.Clock.Advance(1000);
            rig.Count("99");
            Assert.AreEqual(21, rig.Method.Calls);
        }

        [TestMethod]
        public void Notification_beyond_the_limit_is_dropped_and_counted()
        {
            RouterRig rig = Exhausted();
            Assert.AreEqual(" 1 20", rig.Ask("{'jsonrpc':'2.0','method':'count'}") + " " + rig.Counters.Refused + " " + rig.Method.Calls);
        }

        [TestMethod]
        public void Invalid_request_beyond_the_limit_is_answered_like_any_other()
        {
            RouterRig rig = new RouterRig();
            string answer = null;
            for (int i = 0; i < 11; i++)
            {
                answer = rig.Ask("{'jsonrpc':'2.0','id':7,'method':7}");
            }

            Assert.AreEqual(SingleQuoted.Text("{'jsonrpc':'2.0','id':7,'error':{'code':-32000,'message':'Busy','data':{'reason':'too many requests','retryAfter':1}}}"), answer);
        }

        [TestMethod]
        public void Malformed_messages_cost_no_client_its_requests()
        {
            RouterRig rig = new RouterRig();
            for (int i = 0; i < 1000; i++)
            {
                rig.Ask("{");
            }

            Assert.AreEqual(0, RouterRig.CodeOf(rig.Count("1")));
        }

        [TestMethod]
        public void Garbage_beyond_the_limit_is_not_answered()
        {
            RouterRig rig = new RouterRig();
            for (int i = 0; i < 10; i++)
            {
                Assert.IsNotNull(rig.Ask("garbage"));
            }

            Assert.IsNull(rig.Ask("garbage"));
        }

        private static RouterRig Exhausted()
        {
            RouterRig rig = new RouterRig();
            for (int i = 0; i < RateLimit.Burst; i++)
            {
                rig.Count(i.ToString());
            }

            return rig;
        }

        private static int Taken(RateLimit limit, string from, long now)
        {
            int taken = 0;
            while (limit.Check(from, now) == 0)
            {
                taken++;
            }

            return taken;
        }
    }
}

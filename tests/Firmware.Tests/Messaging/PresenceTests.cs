using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging
{
    [TestClass]
    public class PresenceTests
    {
        private const string Start = "{'state':'";
        private const string Rest = "','id':'esp32-020000000001','version':'0.1.0','boot':12";

        [TestMethod]
        public void Online_says_where_the_count_goes_on()
        {
            Assert.AreEqual(Json(Start + "online" + Rest + ",'seq':41,'time':1795366425}"), Text(Create(Synchronized()), PresenceState.Online));
        }

        [TestMethod]
        public void Online_has_no_time_while_the_clock_is_not_synchronized()
        {
            Assert.AreEqual(Json(Start + "online" + Rest + ",'seq':41}"), Text(Create(new ManualClock()), PresenceState.Online));
        }

        [TestMethod]
        public void Only_online_tells_of_health()
        {
            ManualClock clock = new ManualClock();
            Presence presence = Create(clock);
            presence.Members = new IStatusMember[] { new HealthRig(clock, new FakeNetwork(), new Counters()).Health };
            string health = ",'health':{'heap':40000,'heapLow':40000,'step':0,'stepAt':0,'outbox':0,'signal':-61,'reconnects':0,'dropped':0,'uptime':0}}";
            Assert.AreEqual(Json(Start + "online" + Rest + ",'seq':41" + health), Text(presence, PresenceState.Online));
            Assert.AreEqual(Json(Start + "offline" + Rest + "}"), Text(presence, PresenceState.Offline));
            Assert.AreEqual(Json(Start + "lost" + Rest + "}"), presence.Lost());
        }

        [TestMethod]
        public void Offline_has_a_time()
        {
            Assert.AreEqual(Json(Start + "offline" + Rest + ",'time':1795366425}"), Text(Create(Synchronized()), PresenceState.Offline));
        }

        [TestMethod]
        public void Will_has_no_time()
        {
            Assert.AreEqual(Json(Start + "lost" + Rest + "}"), Create(Synchronized()).Lost());
        }

        private static BoardIdentity Identity => new BoardIdentity("b", new byte[] { 2, 0, 0, 0, 0, 1 }, "timer");

        private static string Json(string text) => SingleQuoted.Text(text);

        private static ManualClock Synchronized()
        {
            ManualClock clock = new ManualClock();
            clock.Synchronize();
            return clock;
        }

        private static string Text(Presence presence, PresenceState state)
        {
            JsonWriter writer = new JsonWriter(64, 1024);
            presence.Write(writer, state, 0);
            return Utf8.Text(writer.ToArray());
        }

        private static Presence Create(ManualClock clock) => new Presence(Identity, clock, "0.1.0", 12) { FirstSequence = 41 };
    }
}

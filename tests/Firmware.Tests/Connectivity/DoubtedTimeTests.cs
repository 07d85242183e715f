using Firmware.Connectivity;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Connectivity
{
    /// <summary>Times of a server that cannot be, or that differ too much from a clock that was right.</summary>
    [TestClass]
    public class DoubtedTimeTests
    {
        private const long Day = 86400;
        private const long TenYears = 315576000;

        [TestMethod]
        public void Plausible_time_is_believed_at_once()
        {
            ManualClock clock = new ManualClock();
            Assert.IsNull(Respond(Create(clock), clock, ManualClock.Now));
            Assert.AreEqual("True " + ManualClock.Now, clock.IsSynchronized + " " + clock.UtcSeconds);
        }

        [TestMethod]
        [DataRow(0L)]
        [DataRow((TimeSync.Earliest / 1000) - 1)]
        [DataRow((TimeSync.Earliest / 1000) + TenYears + 1)]
        [DataRow(2085978496L)] // the end of the first era of NTP
        public void Time_that_cannot_be_is_doubted_and_the_other_server_asked(long seconds)
        {
            ManualClock clock = new ManualClock();
            TimeSync sync = Create(clock);
            Assert.Contains(seconds + " is ", Respond(sync, clock, seconds));
            Assert.AreEqual("False 2 two", clock.IsSynchronized + " " + clock.Asked + " " + clock.Servers[0]);
        }

        [TestMethod]
        [DataRow(Day + 1)]
        [DataRow(-Day - 1)]
        public void Jump_of_a_clock_that_was_right_is_doubted(long jump)
        {
            ManualClock clock = new ManualClock();
            TimeSync sync = Create(clock);
            Respond(sync, clock, ManualClock.Now);
            clock.Advance(1000);
            Assert.Contains("is far off the clock", Respond(sync, clock, ManualClock.Now + 1 + jump));
            Assert.AreEqual(ManualClock.Now + 1, clock.UtcSeconds);
        }

        [TestMethod]
        [DataRow(Day - 1)]
        [DataRow(-Day + 1)]
        public void Smaller_jump_is_believed(long jump)
        {
            ManualClock clock = new ManualClock();
            TimeSync sync = Create(clock);
            Respond(sync, clock, ManualClock.Now);
            Assert.IsNull(Respond(sync, clock, ManualClock.Now + jump));
            Assert.AreEqual(ManualClock.Now + jump, clock.UtcSeconds);
        }

        [TestMethod]
        public void Second_answer_that_agrees_is_believed()
        {
            ManualClock clock = new ManualClock();
            TimeSync sync = Create(clock);
            Respond(sync, clock, 5000);
            clock.Advance(3600000);
            Assert.IsNull(Respond(sync, clock, 5000 + 3600 + 59));
            Assert.AreEqual(5000 + 3600 + 59, clock.UtcSeconds);
        }

        [TestMethod]
        public void Second_answer_that_does_not_agree_is_doubted_too()
        {
            ManualClock clock = new ManualClock();
            TimeSync sync = Create(clock);
            Respond(sync, clock, 5000);
            Assert.IsNotNull(Respond(sync, clock, 5061));
            Assert.IsFalse(clock.IsSynchronized);
        }

        [TestMethod]
        public void Plausible_answer_ends_the_doubt()
        {
            ManualClock clock = new ManualClock();
            TimeSync sync = Create(clock);
            Respond(sync, clock, 5000);
            Assert.IsNull(Respond(sync, clock, ManualClock.Now));
            Assert.AreEqual(clock.Uptime + TimeSync.Lifetime, sync.DueAt);
        }

        [TestMethod]
        public void Server_that_stays_wrong_is_not_asked_in_a_loop()
        {
            ManualClock clock = new ManualClock();
            TimeSync sync = Create(clock);
            for (int i = 0; i < 100; i++)
            {
                Respond(sync, clock, i * 1000);
            }

            Assert.AreEqual(2, clock.Asked);
        }

        [TestMethod]
        public void Readings_wait_for_a_time_that_is_believed()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Clock.Respond(5000);
            rig.Run(20000);
            Assert.AreEqual(1, rig.Link.CountIn("/event", "\"type\":\"time-doubted\""));
            Assert.AreEqual(0, rig.Link.CountIn("/telemetry", "\"bt\""));
            rig.Clock.Respond(ManualClock.Now);
            rig.Run(10000);
            Assert.Contains("\"bt\":17953664", rig.Link.Last("/telemetry").Text);
        }

        private static TimeSync Create(ManualClock clock)
        {
            TimeSync sync = new TimeSync(clock, new[] { "one", "two" }, new Jitter(1));
            sync.Tick(true);
            return sync;
        }

        private static string Respond(TimeSync sync, ManualClock clock, long seconds)
        {
            clock.Advance(1);
            clock.Respond(seconds);
            return sync.Take(true);
        }
    }
}

using Firmware.Connectivity;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Connectivity
{
    [TestClass]
    public class TimeSyncTests
    {
        private const long Day = 86400000;

        [TestMethod]
        public void Nothing_is_asked_without_a_network()
        {
            ManualClock clock = new ManualClock();
            Create(clock).Tick(false);
            Assert.AreEqual(0, clock.Asked);
        }

        [TestMethod]
        public void Nothing_is_asked_without_a_server()
        {
            ManualClock clock = new ManualClock();
            TimeSync sync = new TimeSync(clock, new string[0], new Jitter(1));
            sync.Tick(true);
            Assert.AreEqual("0 " + long.MaxValue, clock.Asked + " " + sync.DueAt);
        }

        [TestMethod]
        public void Servers_are_asked_as_soon_as_there_is_a_network()
        {
            ManualClock clock = new ManualClock();
            Create(clock).Tick(true);
            CollectionAssert.AreEqual(new[] { "one", "two" }, clock.Servers);
        }

        [TestMethod]
        public void Time_server_has_time_to_respond()
        {
            ManualClock clock = new ManualClock();
            TimeSync sync = Create(clock);
            sync.Tick(true);
            clock.Advance(14999);
            sync.Tick(true);
            Assert.AreEqual(1, clock.Asked);
        }

        [TestMethod]
        public void Question_is_asked_again_with_growing_pauses_until_it_is_answered()
        {
            ManualClock clock = new ManualClock();
            TimeSync sync = Create(clock);
            sync.Tick(true);
            for (int i = 0; i < 50; i++)
            {
                clock.Uptime = sync.DueAt;
                sync.Tick(true);
            }

            // 41 pauses of up to 5 minutes: 2.5 minutes each in the mean, and 15 s.
            Assert.AreEqual("51 True", clock.Asked + " " + (clock.Uptime > 3600000 && clock.Uptime < 50 * 315000));
        }

        [TestMethod]
        public void Clock_is_set_again_after_a_day()
        {
            ManualClock clock = new ManualClock();
            TimeSync sync = Synchronized(clock);
            clock.Advance(Day - 1);
            sync.Tick(true);
            int before = clock.Asked;
            clock.Advance(1);
            sync.Tick(true);
            Assert.AreEqual("1 2", before + " " + clock.Asked);
        }

        [TestMethod]
        public void Next_synchronization_is_due_in_a_day()
        {
            ManualClock clock = new ManualClock();
            clock.Advance(1000);
            Assert.AreEqual(1000 + Day, Synchronized(clock).DueAt);
        }

        [TestMethod]
        public void Clock_that_was_set_today_is_not_set_again_when_the_network_returns()
        {
            ManualClock clock = new ManualClock();
            TimeSync sync = Synchronized(clock);
            sync.Tick(false);
            sync.Tick(true);
            Assert.AreEqual(1, clock.Asked);
        }

        [TestMethod]
        public void Question_that_was_not_answered_is_asked_again_when_the_network_returns()
        {
            ManualClock clock = new ManualClock();
            TimeSync sync = Create(clock);
            sync.Tick(true);
            sync.Tick(false);
            sync.Tick(true);
            Assert.AreEqual(2, clock.Asked);
        }

        [TestMethod]
        public void Synchronization_missed_without_a_network_is_made_up_for()
        {
            ManualClock clock = new ManualClock();
            TimeSync sync = Synchronized(clock);
            sync.Tick(false);
            clock.Advance(2 * Day);
            sync.Tick(true);
            Assert.AreEqual(2, clock.Asked);
        }

        [TestMethod]
        public void Offered_time_sets_a_clock_that_was_not_set()
        {
            ManualClock clock = new ManualClock();
            clock.Advance(5000);
            TimeSync sync = Create(clock);
            Assert.IsNull(sync.Offer((ManualClock.Now * 1000) + 250));
            Assert.AreEqual((ManualClock.Now * 1000) + 250, clock.UtcMilliseconds);
            Assert.AreEqual(5000L, clock.SynchronizedAt);
            sync.Tick(true);
            Assert.AreEqual(1, clock.Asked, "a time server knows better");
        }

        [TestMethod]
        [DataRow(-400000L)]
        [DataRow(250000000L)]
        public void Time_server_wins_over_an_offered_time(long seconds)
        {
            ManualClock clock = new ManualClock();
            TimeSync sync = Create(clock);
            Assert.IsNull(sync.Offer((ManualClock.Now + seconds) * 1000));
            sync.Tick(true);
            clock.Respond(ManualClock.Now);
            Assert.IsNull(sync.Take(true));
            Assert.AreEqual(ManualClock.Now, clock.UtcSeconds);
            sync.Tick(true);
            Assert.AreEqual("1 " + Day, clock.Asked + " " + sync.DueAt);
        }

        [TestMethod]
        [DataRow(5, 5L * Day / 16, true)]
        [DataRow(5, -5L * Day / 16, true)]
        [DataRow(1, (Day / 16) + 1, false)]
        [DataRow(1, -(Day / 16) - 1, false)]
        [DataRow(30, Day, true)]
        [DataRow(30, Day + 1, false)]
        public void Offered_time_differs_by_no_more_than_a_clock_drifts(int days, long difference, bool isTaken)
        {
            ManualClock clock = new ManualClock();
            TimeSync sync = Synchronized(clock);
            clock.Advance(days * Day);
            Assert.AreEqual(isTaken, sync.Offer(clock.UtcMilliseconds + difference) == null);
        }

        [TestMethod]
        public void Offered_time_sets_the_clock_once_a_day()
        {
            ManualClock clock = new ManualClock();
            TimeSync sync = Synchronized(clock);
            clock.Advance(Day - 1);
            Assert.IsNull(sync.Offer(clock.UtcMilliseconds + 2000));
            Assert.AreEqual(0L, clock.SynchronizedAt);
            clock.Advance(1);
            long utc = clock.UtcMilliseconds + 2000;
            Assert.IsNull(sync.Offer(utc));
            Assert.AreEqual(utc, clock.UtcMilliseconds);
            Assert.AreEqual(Day, clock.SynchronizedAt);
        }

        [TestMethod]
        [DataRow(1176000000L, "1176000000 is before this firmware")]
        [DataRow(2400000000L, "2400000000 is ten years after this firmware")]
        public void Offered_time_that_cannot_be_is_doubted_however_often_it_comes(long utc, string reason)
        {
            ManualClock clock = new ManualClock();
            TimeSync sync = Create(clock);
            for (int i = 0; i < 3; i++)
            {
                Assert.AreEqual(reason, sync.Offer((utc * 1000) + i));
                clock.Advance(1000);
            }

            Assert.IsFalse(clock.IsSynchronized);
        }

        [TestMethod]
        public void Offered_time_a_day_off_the_clock_is_doubted()
        {
            ManualClock clock = new ManualClock();
            TimeSync sync = Synchronized(clock);
            clock.Advance(2 * Day);
            Assert.Contains("is far off the clock", sync.Offer(clock.UtcMilliseconds + (2 * Day)));
            Assert.AreEqual(0L, clock.SynchronizedAt);
        }

        [TestMethod]
        public void Offered_time_confirms_one_of_a_server_that_is_doubted()
        {
            ManualClock clock = new ManualClock();
            TimeSync sync = Synchronized(clock);
            sync.Take(true);
            clock.Advance(2 * Day);
            clock.Respond(clock.UtcSeconds + 1000000);
            Assert.Contains("asked again", sync.Take(true));
            clock.Advance(3000);
            Assert.IsNull(sync.Offer(clock.UtcMilliseconds + 1000000000));
            Assert.AreEqual(ManualClock.Now + (2 * 86400) + 3 + 1000000, clock.UtcSeconds);
        }

        private static TimeSync Create(ManualClock clock) => new TimeSync(clock, new[] { "one", "two" }, new Jitter(1));

        private static TimeSync Synchronized(ManualClock clock)
        {
            TimeSync sync = Create(clock);
            sync.Tick(true);
            clock.Synchronize();
            sync.Tick(true);
            return sync;
        }
    }
}

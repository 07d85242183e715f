using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Connectivity
{
    [TestClass]
    public class ClockAccuracyTests
    {
        [TestMethod]
        public void Accuracy_is_unknown_before_the_clock_was_set()
        {
            ManualClock clock = new ManualClock();
            Assert.AreEqual("-1 -1", ClockAccuracy.AgeSeconds(clock) + " " + ClockAccuracy.ErrorSeconds(clock));
        }

        [TestMethod]
        [DataRow(0L, 0L, 1L)]
        [DataRow(999L, 0L, 1L)]
        [DataRow(49999L, 49L, 1L)]
        [DataRow(50000L, 50L, 2L)]
        [DataRow(86400000L, 86400L, 3L)]
        [DataRow(864000000L, 864000L, 19L)]
        public void Error_is_a_second_and_twenty_millionths_of_the_age(long elapsed, long age, long error)
        {
            ManualClock clock = new ManualClock();
            clock.Advance(5000);
            clock.Synchronize();
            clock.Advance(elapsed);
            Assert.AreEqual(age + " " + error, ClockAccuracy.AgeSeconds(clock) + " " + ClockAccuracy.ErrorSeconds(clock));
        }
    }
}

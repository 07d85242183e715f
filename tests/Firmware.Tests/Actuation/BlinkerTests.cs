using Firmware.Actuation;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Actuation
{
    [TestClass]
    public class BlinkerTests
    {
        [TestMethod]
        public void Led_blinks_twice_a_second_and_ends_dark()
        {
            FakePin led = new FakePin(false);
            Run(led, 1, 250);
            Assert.AreEqual("LHLHLL", led.History);
        }

        [TestMethod]
        public void Blinker_has_no_due_time_before_and_after_blinking()
        {
            ManualClock clock = new ManualClock();
            Blinker blinker = new Blinker(new FakePin(false), clock);
            long before = blinker.DueAt;
            blinker.Start(10);
            clock.Advance(10000);
            blinker.Tick(clock.Uptime);
            Assert.IsTrue(before == long.MaxValue && blinker.DueAt == long.MaxValue);
        }

        [TestMethod]
        public void Led_is_dark_after_a_late_tick()
        {
            FakePin led = new FakePin(false);
            Run(led, 1, 100000);
            Assert.IsFalse(led.IsHigh);
        }

        [TestMethod]
        public void Second_request_prolongs_the_blinking()
        {
            ManualClock clock = new ManualClock();
            Blinker blinker = new Blinker(new FakePin(false), clock);
            blinker.Start(1);
            clock.Advance(900);
            blinker.Start(1);
            clock.Advance(900);
            blinker.Tick(clock.Uptime);
            Assert.IsTrue(blinker.DueAt != long.MaxValue);
        }

        [TestMethod]
        public void Led_whose_driver_throws_is_darkened_when_it_works_again()
        {
            FakePin led = new FakePin(false);
            ManualClock clock = new ManualClock();
            Blinker blinker = new Blinker(led, clock);
            blinker.Start(1);
            led.Throws = true;
            Advance(blinker, clock, 3000);
            led.Throws = false;
            Advance(blinker, clock, 1000);
            Assert.IsTrue(!led.IsHigh && blinker.DueAt == long.MaxValue);
        }

        private static void Run(FakePin led, int seconds, long step)
        {
            ManualClock clock = new ManualClock();
            Blinker blinker = new Blinker(led, clock);
            blinker.Start(seconds);
            while (blinker.DueAt != long.MaxValue)
            {
                clock.Advance(step);
                blinker.Tick(clock.Uptime);
            }
        }

        private static void Advance(Blinker blinker, ManualClock clock, int milliseconds)
        {
            for (int i = 0; i < milliseconds; i += 50)
            {
                clock.Advance(50);
                blinker.Tick(clock.Uptime);
            }
        }
    }
}

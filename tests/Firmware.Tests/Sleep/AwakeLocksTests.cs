using Firmware.Sleep;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sleep
{
    [TestClass]
    public class AwakeLocksTests
    {
        [TestMethod]
        public void Nothing_holds_at_first()
        {
            Assert.IsFalse(new AwakeLocks().IsHeld(0));
        }

        [TestMethod]
        [DataRow((int)AwakeHold.WithinCap)]
        [DataRow((int)AwakeHold.Trial)]
        [DataRow((int)AwakeHold.LongCap)]
        public void Hold_lasts_until_it_is_released(int hold)
        {
            AwakeLocks locks = new AwakeLocks { Held = (AwakeHold)hold };
            bool isHeld = locks.IsHeld(long.MaxValue);
            locks.Held = AwakeHold.None;
            Assert.AreEqual("True False", isHeld + " " + locks.IsHeld(0));
        }

        [TestMethod]
        public void Combined_holds_are_distinguished()
        {
            AwakeLocks locks = new AwakeLocks { Held = AwakeHold.WithinCap | AwakeHold.Trial };
            Assert.AreEqual("True True False", locks.Has(AwakeHold.WithinCap) + " " + locks.Has(AwakeHold.Trial) + " " + locks.Has(AwakeHold.LongCap));
        }

        [TestMethod]
        [DataRow(59999L, true)]
        [DataRow(60000L, false)]
        public void Device_stays_awake_for_its_time(long now, bool isHeld)
        {
            AwakeLocks locks = new AwakeLocks { StaysUntil = 60000 };
            Assert.AreEqual(isHeld, locks.IsHeld(now));
        }

        [TestMethod]
        public void Time_to_stay_awake_can_be_ended()
        {
            AwakeLocks locks = new AwakeLocks { StaysUntil = 60000 };
            locks.StaysUntil = 0;
            Assert.IsFalse(locks.IsHeld(0));
        }
    }
}

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
        [DataRow((int)AwakeLock.Requests)]
        [DataRow((int)AwakeLock.Responses)]
        [DataRow((int)AwakeLock.Trial)]
        [DataRow((int)AwakeLock.Update)]
        public void Lock_holds_until_it_is_released(int name)
        {
            AwakeLocks locks = new AwakeLocks();
            locks.Set((AwakeLock)name, true);
            bool isHeld = locks.IsHeld(long.MaxValue);
            locks.Set((AwakeLock)name, false);
            Assert.AreEqual("True False", isHeld + " " + locks.IsHeld(0));
        }

        [TestMethod]
        public void Lock_that_is_held_twice_is_released_once()
        {
            AwakeLocks locks = new AwakeLocks();
            locks.Set(AwakeLock.Responses, true);
            locks.Set(AwakeLock.Responses, true);
            locks.Set(AwakeLock.Responses, false);
            Assert.IsFalse(locks.Any);
        }

        [TestMethod]
        public void Locks_do_not_release_each_other()
        {
            AwakeLocks locks = new AwakeLocks();
            locks.Set(AwakeLock.Responses, true);
            locks.Set(AwakeLock.Trial, true);
            locks.Set(AwakeLock.Trial, false);
            Assert.IsTrue(locks.Has(AwakeLock.Responses));
        }

        [TestMethod]
        [DataRow(59999L, true)]
        [DataRow(60000L, false)]
        public void Device_stays_awake_for_its_time(long now, bool isHeld)
        {
            AwakeLocks locks = new AwakeLocks();
            locks.StayAwake(60000);
            Assert.AreEqual(isHeld, locks.IsHeld(now));
        }

        [TestMethod]
        public void Time_to_stay_awake_can_be_ended()
        {
            AwakeLocks locks = new AwakeLocks();
            locks.StayAwake(60000);
            locks.StayAwake(0);
            Assert.IsFalse(locks.IsHeld(0));
        }
    }
}

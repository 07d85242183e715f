using Firmware.Messaging.Methods;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging.Methods
{
    [TestClass]
    public class PingMethodTests
    {
        [TestMethod]
        public void Ping_says_uptime_and_time()
        {
            ManualClock clock = new ManualClock { Uptime = 12999 };
            clock.Synchronize();
            Assert.AreEqual("{\"uptime\":12,\"time\":1795366425}", new MethodRig(new PingMethod(clock)).Call());
        }

        [TestMethod]
        public void Ping_says_no_time_while_the_clock_is_not_synchronized()
        {
            Assert.AreEqual("{\"uptime\":0}", new MethodRig(new PingMethod(new ManualClock())).Call());
        }
    }
}

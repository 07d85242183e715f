using Firmware.Messaging;
using Firmware.Sleep;
using Firmware.Sleep.Methods;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sleep
{
    [TestClass]
    public class SleepMethodTests
    {
        [TestMethod]
        [DataRow("0")]
        [DataRow("120")]
        [DataRow("600")]
        public void Stay_awake_is_passed_on(string seconds)
        {
            Awake awake = new Awake(true);
            string result = new MethodRig(new StayAwakeMethod(awake)).Call("{'seconds':" + seconds + "}");
            Assert.AreEqual("{\"sleeps\":true,\"seconds\":" + seconds + "} " + seconds, result + " " + awake.Seconds);
        }

        [TestMethod]
        [DataRow("{}")]
        [DataRow("{'seconds':-1}")]
        [DataRow("{'seconds':601}")]
        [DataRow("{'seconds':1.5}")]
        [DataRow("{'seconds':'60'}")]
        [DataRow("{'seconds':null}")]
        [DataRow("{'seconds':9223372036854775807}")]
        [DataRow("{'seconds':[60]}")]
        public void Seconds_that_cannot_be_are_refused(string parameters)
        {
            Awake awake = new Awake(true);
            MethodRig rig = new MethodRig(new StayAwakeMethod(awake));
            rig.Call(parameters);
            Assert.AreEqual(RpcError.InvalidParamsCode + " seconds -1", rig.Code + " " + rig.Error.Param + " " + awake.Seconds);
        }

        [TestMethod]
        public void Device_that_does_not_sleep_says_so()
        {
            Awake awake = new Awake(false);
            Assert.AreEqual("{\"sleeps\":false,\"seconds\":60}", new MethodRig(new StayAwakeMethod(awake)).Call("{'seconds':60}"));
            Assert.AreEqual(-1, awake.Seconds);
        }

        [TestMethod]
        public void End_of_queue_is_passed_on()
        {
            Awake awake = new Awake(true);
            Assert.AreEqual("{\"sleeps\":true} 1", new MethodRig(new EndOfQueueMethod(awake)).Call() + " " + awake.Ends);
        }

        private sealed class Awake : IAwake
        {
            public Awake(bool sleeps)
            {
                Sleeps = sleeps;
            }

            public bool Sleeps { get; }

            public int Seconds { get; private set; } = -1;

            public int Ends { get; private set; }

            public void StayAwake(int seconds) => Seconds = seconds;

            public void EndOfQueue() => Ends++;
        }
    }
}

using Firmware.Actuation;
using Firmware.Actuation.Methods;
using Firmware.Messaging;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Actuation.Methods
{
    [TestClass]
    public class IdentifyMethodTests
    {
        [TestMethod]
        [DataRow("{}", 10)]
        [DataRow("{'seconds':1}", 1)]
        [DataRow("{'seconds':60}", 60)]
        public void Identify_returns_its_duration(string parameters, int seconds)
        {
            Assert.AreEqual("{\"seconds\":" + seconds + "}", Create(new FakePin(false)).Call(parameters));
        }

        [TestMethod]
        public void Led_is_lit_at_once()
        {
            FakePin led = new FakePin(false);
            Create(led).Call();
            Assert.IsTrue(led.IsHigh);
        }

        [TestMethod]
        [DataRow("0")]
        [DataRow("-1")]
        [DataRow("61")]
        [DataRow("1.5")]
        [DataRow("'10'")]
        [DataRow("null")]
        [DataRow("true")]
        [DataRow("[10]")]
        [DataRow("{}")]
        [DataRow("9223372036854775808")]
        public void Seconds_out_of_range_are_invalid(string seconds)
        {
            FakePin led = new FakePin(false);
            MethodRig method = Create(led);
            method.Call("{'seconds':" + seconds + "}");
            Assert.AreEqual("-32602 L", method.Code + " " + led.History);
        }

        [TestMethod]
        public void Board_without_an_led_cannot_blink()
        {
            MethodRig method = Create(null);
            method.Call();
            Assert.AreEqual(RpcError.NotAvailableCode, method.Code);
        }

        [TestMethod]
        public void Led_whose_driver_throws_is_not_available()
        {
            MethodRig method = Create(new FakePin { Throws = true });
            method.Call();
            Assert.AreEqual(RpcError.NotAvailableCode, method.Code);
        }

        private static MethodRig Create(FakePin led) => new MethodRig(new IdentifyMethod(new Blinker(led, new ManualClock())));
    }
}

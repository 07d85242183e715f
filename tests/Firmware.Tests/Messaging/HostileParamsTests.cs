using Firmware.Actuation;
using Firmware.Actuation.Methods;
using Firmware.Messaging;
using Firmware.Messaging.Methods;
using Firmware.Outputs;
using Firmware.Outputs.Methods;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging
{
    /// <summary>The methods for sensors, actuators and the history behind the router, as any client on the network reaches them.</summary>
    [TestClass]
    public class HostileParamsTests
    {
        private static readonly string[] Names =
        {
            "'name'", "'on'", "'level'", "'ms'", "'seconds'", "'channel'", "'reference'", "'offset'", "'gain'", "'from'", "'to'", "'channels'", "'limit'", "'after'", "'x'",
        };

        private static readonly string[] Values =
        {
            "'relay'", "'lamp'", "'fan'", "'door'", "true", "false", "null", "0", "-1", "1", "60", "86400", "1e18", "-9223372036854775808", "1e-7", "1e999", "21.5",
            "'temperature'", "['temperature']", "[]", "{}", "[[[[]]]]", "''", "'\\u0000'", "'\\ud83d\\ude00'", "'bme280@76'", "253402300799", "-253402300799",
        };

        [TestMethod]
        [DataRow("actuators.list")]
        [DataRow("actuators.set")]
        [DataRow("identify")]
        [DataRow("sensors.list")]
        [DataRow("sensors.calibrate")]
        [DataRow("history.read")]
        public void Extra_param_is_refused(string method)
        {
            string answer = Ask(Create(new ActuatorRig(new ActuatorRule("relay", 5))), method, "'extra':1", 1);
            Assert.AreEqual(RpcError.InvalidParamsCode, RouterRig.CodeOf(answer));
            Assert.Contains("\"param\":\"extra\"", answer);
        }

        [TestMethod]
        public void Random_params_get_a_result_or_a_typed_error()
        {
            string[] methods = { "actuators.list", "actuators.set", "identify", "sensors.list", "sensors.calibrate", "history.read" };
            ActuatorRig rig = new ActuatorRig(
                new ActuatorRule("relay", 5), new ActuatorRule("lamp", 99), new ActuatorRule("fan", 6) { Kind = ActuatorRule.Level }, new ActuatorRule("door", 7) { Kind = ActuatorRule.Pulse });
            RequestRouter router = Create(rig);
            uint seed = 1234567;
            for (int i = 0; i < 6000; i++)
            {
                string parameters = string.Empty;
                for (int count = (int)(Next(ref seed) % 4); count > 0; count--)
                {
                    parameters += (parameters.Length == 0 ? string.Empty : ",")
                        + Names[(int)(Next(ref seed) % (uint)Names.Length)] + ":" + Values[(int)(Next(ref seed) % (uint)Values.Length)];
                }

                string answer = Ask(router, methods[(int)(Next(ref seed) % (uint)methods.Length)], parameters, i);
                int code = RouterRig.CodeOf(answer);
                bool isTyped = code == RpcError.InvalidParamsCode || code == RpcError.NotAvailableCode || code == RpcError.BusyCode || code == RpcError.ConflictCode;
                Assert.IsTrue(isTyped || answer.IndexOf("\"result\":{") > 0, answer);
                rig.Advance(Next(ref seed) % 2000);
            }

            Assert.AreEqual(0, rig.Counters.Exceptions);
        }

        private static RequestRouter Create(ActuatorRig rig)
        {
            CalibrationRig calibration = new CalibrationRig("{}");
            History history = new History(900);
            calibration.Sensors.Sampler.Measure();
            history.Add(calibration.Sensors.Sampler.Channels);
            IMethod[] methods =
            {
                new ActuatorsListMethod(rig.Actuators, rig.Clock),
                new ActuatorsSetMethod(rig.Actuators, rig.Clock),
                new IdentifyMethod(new Blinker(new FakePin(false), rig.Clock)),
                new SensorsListMethod(calibration.Sensors.Sampler, rig.Clock),
                new SensorsCalibrateMethod(calibration.Sensors.Sampler, calibration),
                new HistoryReadMethod(history, calibration.Sensors.Sampler, rig.Clock, "urn:dev:mac:020000fffe000001_"),
            };
            return new RequestRouter(new FixedMethods(methods), rig.Clock, rig.Counters);
        }

        private static string Ask(RequestRouter router, string method, string parameters, int id)
        {
            string text = "{'jsonrpc':'2.0','id':" + id + ",'method':'" + method + "','params':{" + parameters + "}}";
            return Utf8.Text(router.Handle(SingleQuoted.Bytes(text), false, false, false, false).Payload);
        }

        private static uint Next(ref uint seed)
        {
            seed = (seed * 1664525) + 1013904223;
            return seed >> 8;
        }
    }
}

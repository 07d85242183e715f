using Firmware.Diagnostics;
using Firmware.Diagnostics.Methods;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Diagnostics.Methods
{
    [TestClass]
    public class LogReadMethodTests
    {
        [TestMethod]
        public void Empty_log_has_no_lines()
        {
            Assert.AreEqual("{\"lines\":[]}", new MethodRig(new LogReadMethod(new DeviceLog(new ManualClock(), 2048))).Call());
        }

        [TestMethod]
        public void Newest_come_first_and_the_rest_on_the_next_page()
        {
            MethodRig rig = Create(5, "x");
            Assert.AreEqual(SingleQuoted.Text("{'lines':[" + Line(5) + "," + Line(4) + "],'next':4}"), rig.Call("{'limit':2}"));
            Assert.AreEqual(SingleQuoted.Text("{'lines':[" + Line(3) + "," + Line(2) + "],'next':2}"), rig.Call("{'limit':2,'before':4}"));
            Assert.AreEqual(SingleQuoted.Text("{'lines':[" + Line(1) + "]}"), rig.Call("{'limit':2,'before':2}"));
            Assert.AreEqual("{\"lines\":[]}", rig.Call("{'before':1}"));
        }

        [TestMethod]
        public void Twenty_lines_are_returned_by_default()
        {
            Assert.Contains("\"n\":11,", Create(30, "x").Call());
            Assert.DoesNotContains("\"n\":10,", Create(30, "x").Call());
            Assert.EndsWith("],\"next\":11}", Create(30, "x").Call());
            Assert.EndsWith("]}", Create(20, "x").Call());
        }

        [TestMethod]
        public void Long_lines_make_short_pages_and_none_is_lost()
        {
            string text = new string('\u20AC', 160);
            MethodRig rig = Create(16, text);
            int seen = 0;
            string next = "2147483647";
            while (next != null)
            {
                string answer = rig.Call("{'limit':50,'before':" + next + "}");
                Assert.IsTrue(Utf8.Bytes(answer).Length < 3600);
                for (int at = answer.IndexOf("\"n\":"); at >= 0; at = answer.IndexOf("\"n\":", at + 1))
                {
                    seen++;
                }

                int mark = answer.IndexOf("],\"next\":");
                next = mark < 0 ? null : answer.Substring(mark + 9, answer.Length - mark - 10);
            }

            Assert.AreEqual(16, seen);
        }

        [TestMethod]
        public void Lines_below_the_requested_level_are_left_out()
        {
            DeviceLog log = new DeviceLog(new ManualClock(), 2048);
            log.Write(LogLevel.Error, "a");
            log.Write(LogLevel.Information, "b");
            log.Write(LogLevel.Warning, "c");
            MethodRig rig = new MethodRig(new LogReadMethod(log));
            Assert.DoesNotContains("information", rig.Call("{'level':'warning'}"));
            Assert.Contains("\"n\":3,", rig.Call("{'level':'warning'}"));
            Assert.AreEqual(SingleQuoted.Text("{'lines':[{'n':1,'level':'error','uptime':0,'text':'a'}]}"), rig.Call("{'level':'error','limit':1}"));
            Assert.Contains("\"n\":2,", rig.Call("{'level':'debug'}"));
        }

        [TestMethod]
        public void Lines_that_were_not_published_are_counted()
        {
            DeviceLog log = new DeviceLog(new ManualClock(), 2048) { Published = LogLevel.Error };
            for (int i = 0; i < 10; i++)
            {
                log.Write(LogLevel.Error, "x");
            }

            Assert.EndsWith("],\"unpublished\":2}", new MethodRig(new LogReadMethod(log)).Call());
        }

        [TestMethod]
        [DataRow("{'level':'off'}", "level")]
        [DataRow("{'level':'Error'}", "level")]
        [DataRow("{'level':''}", "level")]
        [DataRow("{'level':1}", "level")]
        [DataRow("{'level':null}", "level")]
        [DataRow("{'level':['error']}", "level")]
        [DataRow("{'level':'\\u0000'}", "level")]
        [DataRow("{'limit':0}", "limit")]
        [DataRow("{'limit':51}", "limit")]
        [DataRow("{'limit':-1}", "limit")]
        [DataRow("{'limit':1.5}", "limit")]
        [DataRow("{'limit':'5'}", "limit")]
        [DataRow("{'limit':{}}", "limit")]
        [DataRow("{'limit':1e400}", "limit")]
        [DataRow("{'before':0}", "before")]
        [DataRow("{'before':-9223372036854775808}", "before")]
        [DataRow("{'before':2147483648}", "before")]
        [DataRow("{'before':true}", "before")]
        [DataRow("{'before':[1]}", "before")]
        public void Wrong_params_are_refused(string parameters, string param)
        {
            MethodRig rig = Create(3, "x");
            Assert.IsNull(rig.Call(parameters));
            Assert.AreEqual(RpcError.InvalidParamsCode, rig.Code);
            Assert.AreEqual(param, rig.Error.Param);
        }

        private static string Line(int number) => "{'n':" + number + ",'level':'warning','uptime':0,'text':'x'}";

        private static MethodRig Create(int lines, string text)
        {
            DeviceLog log = new DeviceLog(new ManualClock(), 8192);
            for (int i = 0; i < lines; i++)
            {
                log.Write(LogLevel.Warning, text);
            }

            return new MethodRig(new LogReadMethod(log));
        }
    }
}

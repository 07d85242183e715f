using Firmware.Json;
using Firmware.Messaging;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging
{
    /// <summary>What is not JSON, too long, or too late.</summary>
    [TestClass]
    public class RequestRouterLimitsTests
    {
        private const string Request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"count\"}";

        [TestMethod]
        [DataRow("")]
        [DataRow(" ")]
        [DataRow("{")]
        [DataRow("hello")]
        [DataRow("{'jsonrpc':'2.0','id':1,'method':'count'")]
        [DataRow("{'jsonrpc':'2.0','id':1,'method':'count'}}")]
        [DataRow("{'jsonrpc':'2.0','id':01,'method':'count'}")]
        [DataRow("{'jsonrpc':'2.0','id':1,'method':'count',}")]
        [DataRow("[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]")]
        public void What_is_not_json_is_a_parse_error(string request)
        {
            Assert.StartsWith("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,", new RouterRig().Ask(request));
        }

        [TestMethod]
        public void Bytes_that_are_not_utf8_are_a_parse_error()
        {
            Assert.AreEqual(RpcError.ParseErrorCode, RouterRig.CodeOf(new RouterRig().Ask(new byte[] { (byte)'"', 0xFF, (byte)'"' }, false)));
        }

        [TestMethod]
        public void Parse_error_is_answered_to_any()
        {
            RouterRig rig = new RouterRig();
            rig.Ask("{'from':'dashboard'");
            Assert.AreEqual("any", rig.Client);
        }

        [TestMethod]
        public void Parse_error_is_counted()
        {
            RouterRig rig = new RouterRig();
            rig.Ask("{");
            Assert.AreEqual(1, rig.Counters.Refused);
        }

        [TestMethod]
        public void Next_request_is_carried_out_after_a_parse_error()
        {
            RouterRig rig = new RouterRig();
            rig.Ask("{");
            Assert.AreEqual(0, RouterRig.CodeOf(rig.Count("1")));
        }

        [TestMethod]
        public void Request_of_4096_bytes_is_carried_out()
        {
            Assert.AreEqual(0, RouterRig.CodeOf(new RouterRig().Ask(Utf8.Bytes(Request.PadRight(4096)), false)));
        }

        [TestMethod]
        public void Request_of_4097_bytes_is_refused()
        {
            string answer = new RouterRig().Ask(Utf8.Bytes(Request.PadRight(4097)), false);
            Assert.AreEqual(RpcError.InvalidRequestCode, RouterRig.CodeOf(answer));
        }

        [TestMethod]
        public void Request_that_is_too_long_is_answered_to_any()
        {
            RouterRig rig = new RouterRig();
            rig.Ask(new byte[5000], false);
            Assert.AreEqual("any", rig.Client);
        }

        [TestMethod]
        public void Result_that_is_too_long_is_an_internal_error()
        {
            RouterRig rig = new RouterRig();
            rig.Method.Letters = 5000;
            Assert.AreEqual(RpcError.InternalErrorCode, RouterRig.CodeOf(rig.Count("1")));
        }

        [TestMethod]
        public void Next_request_is_carried_out_after_a_result_that_was_too_long()
        {
            RouterRig rig = new RouterRig();
            rig.Method.Letters = 5000;
            rig.Count("1");
            rig.Method.Letters = 0;
            Assert.AreEqual(0, RouterRig.CodeOf(rig.Count("2")));
        }

        // Around the letters are 36 bytes: {"jsonrpc":"2.0","id":1,"result":"..."}.
        [TestMethod]
        [DataRow(4059)]
        [DataRow(4060)]
        [DataRow(4061)]
        [DataRow(4062)]
        [DataRow(4063)]
        public void Response_about_as_long_as_allowed_is_json(int letters)
        {
            RouterRig rig = new RouterRig();
            rig.Method.Letters = letters;
            Assert.IsTrue(IsJson(rig.Count("1")));
        }

        [TestMethod]
        [DataRow(3800)]
        [DataRow(3990)]
        [DataRow(4020)]
        public void Refusal_of_a_param_with_a_long_name_is_json(int letters)
        {
            string answer = new RouterRig().CountWith("'params':{'" + new string('x', letters) + "':1}");
            Assert.IsTrue(IsJson(answer));
        }

        // Four bytes of UTF-8 each: wherever the name is cut, it may not be within one.
        [TestMethod]
        [DataRow(157)]
        [DataRow(158)]
        [DataRow(159)]
        [DataRow(160)]
        public void Refusal_of_a_param_with_letters_beyond_the_basic_plane_is_json(int letters)
        {
            string name = new string('x', letters) + "\U0001F600\U0001F600";
            Assert.IsTrue(IsJson(new RouterRig().CountWith("'params':{'" + name + "':1}")));
        }

        [TestMethod]
        public void Refusal_with_a_long_reason_is_json()
        {
            RouterRig rig = new RouterRig();
            rig.Method.Error = RpcError.NotAvailable("pump", new string('x', 4090));
            Assert.IsTrue(IsJson(rig.Count("1")));
        }

        [TestMethod]
        [DataRow("1795366425")]
        [DataRow("1795366426")]
        [DataRow("9999999999")]
        [DataRow("1795366425.25")]
        public void Request_before_its_deadline_is_carried_out(string deadline)
        {
            RouterRig rig = Synchronized();
            Assert.AreEqual(0, RouterRig.CodeOf(rig.CountWith("'deadline':" + deadline)));
        }

        [TestMethod]
        [DataRow("1795366424")]
        [DataRow("1795366424.999")]
        [DataRow("0")]
        [DataRow("-1")]
        public void Request_after_its_deadline_is_refused(string deadline)
        {
            RouterRig rig = Synchronized();
            Assert.AreEqual(RpcError.DeadlinePassedCode, RouterRig.CodeOf(rig.CountWith("'deadline':" + deadline)));
        }

        [TestMethod]
        public void Request_after_its_deadline_is_not_carried_out()
        {
            RouterRig rig = Synchronized();
            rig.CountWith("'deadline':1795366424");
            Assert.AreEqual(0, rig.Method.Calls);
        }

        [TestMethod]
        public void Request_with_a_deadline_is_refused_while_the_clock_is_not_synchronized()
        {
            Assert.AreEqual(RpcError.BusyCode, RouterRig.CodeOf(new RouterRig().CountWith("'deadline':1795366430")));
        }

        [TestMethod]
        public void Request_that_was_refused_for_the_clock_is_carried_out_when_it_is_tried_again()
        {
            RouterRig rig = new RouterRig();
            rig.CountWith("'deadline':1795366430");
            rig.Clock.Synchronize();
            Assert.AreEqual(0, RouterRig.CodeOf(rig.CountWith("'deadline':1795366430")));
        }

        private static RouterRig Synchronized()
        {
            RouterRig rig = new RouterRig();
            rig.Clock.Synchronize();
            return rig;
        }

        private static bool IsJson(string text)
        {
            byte[] bytes = Utf8.Bytes(text);
            return new JsonReader(8192).TryParse(bytes, 0, bytes.Length);
        }
    }
}

using Firmware.Json;
using Firmware.Messaging;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging
{
    [TestClass]
    public class RequestTests
    {
        private const string Start = "{'jsonrpc':'2.0','method':'m'";

        [TestMethod]
        [DataRow("{'jsonrpc':'2.0','method':'m'}")]
        [DataRow("{'method':'m','jsonrpc':'2.0','id':7,'params':{},'from':'a','deadline':1}")]
        [DataRow("{'jsonrpc':'2.0','method':'m','further':[{'a':1}]}")]
        [DataRow("{'jsonrpc':'2.0','method':''}")]
        public void Request_is_accepted(string request)
        {
            Assert.IsNull(Error(request));
        }

        [TestMethod]
        [DataRow("7")]
        [DataRow("'m'")]
        [DataRow("null")]
        [DataRow("[]")]
        [DataRow("[{'jsonrpc':'2.0','id':1,'method':'m'}]")]
        [DataRow("{}")]
        [DataRow("{'method':'m'}")]
        [DataRow("{'jsonrpc':'1.0','method':'m'}")]
        [DataRow("{'jsonrpc':2.0,'method':'m'}")]
        [DataRow("{'jsonrpc':null,'method':'m'}")]
        [DataRow("{'jsonrpc':'2.0'}")]
        [DataRow("{'jsonrpc':'2.0','method':7}")]
        [DataRow("{'jsonrpc':'2.0','method':null}")]
        public void What_is_not_a_request_is_invalid(string request)
        {
            Assert.AreEqual(RpcError.InvalidRequestCode, CodeOf(request));
        }

        [TestMethod]
        [DataRow("7")]
        [DataRow("-7")]
        [DataRow("0")]
        [DataRow("9223372036854775807")]
        [DataRow("-9223372036854775808")]
        [DataRow("''")]
        [DataRow("'7'")]
        [DataRow("'550e8400-e29b-41d4-a716-446655440000'")]
        public void Id_is_a_string_or_an_integer(string id)
        {
            Assert.IsNull(Error(Start + ",'id':" + id + "}"));
        }

        [TestMethod]
        [DataRow("null")]
        [DataRow("1.5")]
        [DataRow("1e2")]
        [DataRow("true")]
        [DataRow("{}")]
        [DataRow("[1]")]
        public void Id_of_another_type_is_invalid(string id)
        {
            Assert.AreEqual("id", ParamOf(Start + ",'id':" + id + "}"));
        }

        [TestMethod]
        [DataRow(64, true)]
        [DataRow(65, false)]
        public void Id_has_at_most_64_bytes(int length, bool accepted)
        {
            Assert.AreEqual(accepted, Error(Start + ",'id':'" + new string('x', length) + "'}") == null);
        }

        [TestMethod]
        public void Id_is_absent_in_a_notification()
        {
            Assert.AreEqual(JsonReader.None, Read(Start + "}").Id);
        }

        [TestMethod]
        public void From_is_any_by_default()
        {
            Assert.AreEqual("any", Read(Start + "}").From);
        }

        [TestMethod]
        [DataRow("a")]
        [DataRow("Dash_board-1")]
        [DataRow("12345678901234567890123456789012")]
        public void From_names_the_client(string from)
        {
            Assert.AreEqual(from, Read(Start + ",'from':'" + from + "'}").From);
        }

        [TestMethod]
        [DataRow("''")]
        [DataRow("'123456789012345678901234567890123'")]
        [DataRow("'a/b'")]
        [DataRow("'../x'")]
        [DataRow("'+'")]
        [DataRow("'#'")]
        [DataRow("'a b'")]
        [DataRow("'a\\u002fb'")]
        [DataRow("'a\\u0000'")]
        [DataRow("7")]
        [DataRow("null")]
        [DataRow("['a']")]
        public void From_that_could_leave_its_topic_is_invalid(string from)
        {
            Assert.AreEqual("from", ParamOf(Start + ",'from':" + from + "}"));
        }

        [TestMethod]
        public void Invalid_from_names_no_client()
        {
            Assert.AreEqual("any", Read(Start + ",'from':'a/b'}").From);
        }

        [TestMethod]
        public void Id_is_kept_when_from_is_invalid()
        {
            Assert.AreNotEqual(JsonReader.None, Read(Start + ",'id':7,'from':'a/b'}").Id);
        }

        [TestMethod]
        public void From_is_kept_when_the_id_is_invalid()
        {
            Assert.AreEqual("a", Read(Start + ",'id':null,'from':'a'}").From);
        }

        [TestMethod]
        [DataRow("0", 0L)]
        [DataRow("1795366430", 1795366430L)]
        [DataRow("1795366430.5", 1795366430L)]
        [DataRow("1795366430.123", 1795366430L)]
        [DataRow("-1", -1L)]
        [DataRow("1.795366430e9", 1795366430L)]
        public void Deadline_is_epoch_seconds(string deadline, long seconds)
        {
            Assert.AreEqual(seconds, Read(Start + ",'deadline':" + deadline + "}").Deadline);
        }

        // What Python's time.time() + 5 prints.
        [TestMethod]
        public void Deadline_may_have_microseconds()
        {
            Assert.AreEqual(1795366430L, Read(Start + ",'deadline':1795366430.1234567}").Deadline);
        }

        [TestMethod]
        [DataRow("'1795366430'")]
        [DataRow("null")]
        [DataRow("true")]
        [DataRow("1e400")]
        [DataRow("99999999999999999999999")]
        [DataRow("[]")]
        public void Deadline_of_another_type_is_invalid(string deadline)
        {
            Assert.AreEqual("deadline", ParamOf(Start + ",'deadline':" + deadline + "}"));
        }

        [TestMethod]
        public void Deadline_is_optional()
        {
            Assert.IsFalse(Read(Start + "}").HasDeadline);
        }

        [TestMethod]
        [DataRow("['temperature']")]
        [DataRow("7")]
        [DataRow("'a'")]
        public void Params_other_than_an_object_are_invalid(string parameters)
        {
            Assert.AreEqual(RpcError.InvalidParamsCode, CodeOf(Start + ",'params':" + parameters + "}"));
        }

        [TestMethod]
        [DataRow("[]")]
        [DataRow("null")]
        public void Params_may_be_an_empty_array_or_null(string parameters)
        {
            Assert.IsNull(Error(Start + ",'params':" + parameters + "}"));
        }

        // Section 7 of the specification.
        [TestMethod]
        [DataRow("{'jsonrpc':'2.0','method':1,'params':'bar'}")]
        [DataRow("{'jsonrpc':'2.0','params':'bar','method':1}")]
        [DataRow("{'method':1,'params':'bar'}")]
        [DataRow("{'params':'bar'}")]
        [DataRow("{'method':'a','params':'bar'}")]
        [DataRow("{'jsonrpc':'2.0','method':'a','params':'bar','id':{}}")]
        [DataRow("[]")]
        [DataRow("[1,2,3]")]
        public void What_is_no_request_is_that_whatever_its_params_are(string request)
        {
            Assert.AreEqual(RpcError.InvalidRequestCode, CodeOf(request));
        }

        [TestMethod]
        [DataRow(19, true)]
        [DataRow(64, true)]
        [DataRow(65, false)]
        public void Integer_id_has_at_most_64_digits_and_comes_back_as_it_was(int digits, bool accepted)
        {
            string id = new string('9', digits);
            string answer = new RouterRig().Count(id);
            Assert.StartsWith(SingleQuoted.Text("{'jsonrpc':'2.0','id':" + (accepted ? id : "null") + ","), answer);
        }

        [TestMethod]
        public void Last_of_several_members_of_a_name_counts()
        {
            Assert.AreEqual("b", Read("{'jsonrpc':'2.0','method':'a','method':'b'}").Method);
        }

        private static Request Read(string text)
        {
            Request request = New(text);
            request.Read();
            return request;
        }

        private static RpcError Error(string text) => New(text).Read();

        private static int CodeOf(string request)
        {
            RpcError error = Error(request);
            return error == null ? 0 : error.Code;
        }

        private static string ParamOf(string request)
        {
            RpcError error = Error(request);
            return error == null ? null : error.Param;
        }

        private static Request New(string text)
        {
            JsonReader reader = new JsonReader(4096);
            byte[] bytes = SingleQuoted.Bytes(text);
            Assert.IsTrue(reader.TryParse(bytes, 0, bytes.Length));
            return new Request(reader, bytes);
        }
    }
}

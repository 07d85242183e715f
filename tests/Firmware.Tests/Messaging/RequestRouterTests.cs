using Firmware.Messaging;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging
{
    [TestClass]
    public class RequestRouterTests
    {
        private const string Notification = "{'jsonrpc':'2.0','method':'count'}";

        [TestMethod]
        public void Result_of_a_method_is_in_the_response()
        {
            Assert.AreEqual(Json("{'jsonrpc':'2.0','id':'7','result':1}"), new RouterRig().Count("'7'"));
        }

        [TestMethod]
        public void Response_goes_to_the_client()
        {
            RouterRig rig = new RouterRig();
            rig.CountWith("'from':'dashboard-1'");
            Assert.AreEqual("dashboard-1", rig.Client);
        }

        [TestMethod]
        public void Response_goes_to_any_when_the_client_has_no_name()
        {
            RouterRig rig = new RouterRig();
            rig.Count("1");
            Assert.AreEqual("any", rig.Client);
        }

        [TestMethod]
        [DataRow("7")]
        [DataRow("-7")]
        [DataRow("0")]
        [DataRow("9223372036854775807")]
        [DataRow("'7'")]
        [DataRow("''")]
        [DataRow("'\\u0041\\\\ \\/'")]
        [DataRow("'\u00FC\u20AC'")]
        public void Id_comes_back_as_it_was(string id)
        {
            Assert.AreEqual(Json("{'jsonrpc':'2.0','id':" + id + ",'result':1}"), new RouterRig().Count(id));
        }

        [TestMethod]
        public void Id_comes_back_as_it_was_with_blanks_around()
        {
            string answer = new RouterRig().Ask(" {\n'id' : 7 , 'jsonrpc' : '2.0' , 'method' : 'count' }\r\n");
            Assert.AreEqual(Json("{'jsonrpc':'2.0','id':7,'result':1}"), answer);
        }

        [TestMethod]
        [DataRow("null")]
        [DataRow("1.5")]
        [DataRow("{'a':1}")]
        public void Invalid_id_comes_back_as_null(string id)
        {
            string expected = "{'jsonrpc':'2.0','id':null,'error':{'code':-32600,'message':'Invalid request',"
                + "'data':{'param':'id','reason':'must be a string or an integer of at most 64 bytes'}}}";
            Assert.AreEqual(Json(expected), new RouterRig().Count(id));
        }

        [TestMethod]
        public void Request_that_was_carried_out_is_counted()
        {
            RouterRig rig = new RouterRig();
            rig.Count("1");
            Assert.AreEqual(1, rig.Counters.Requests);
        }

        [TestMethod]
        public void Notification_is_carried_out()
        {
            RouterRig rig = new RouterRig();
            rig.Ask(Notification);
            Assert.AreEqual(1, rig.Method.Calls);
        }

        [TestMethod]
        public void Notification_gets_no_response()
        {
            Assert.IsNull(new RouterRig().Ask(Notification));
        }

        [TestMethod]
        public void Notification_that_comes_twice_is_carried_out_twice()
        {
            RouterRig rig = new RouterRig();
            rig.Ask(Notification);
            rig.Ask(Notification);
            Assert.AreEqual(2, rig.Method.Calls);
        }

        [TestMethod]
        [DataRow("{'jsonrpc':'2.0','method':'unknown'}")]
        [DataRow("{'jsonrpc':'2.0','method':'count','params':[1]}")]
        [DataRow("{'jsonrpc':'2.0','method':'count','params':{'x':1}}")]
        [DataRow("{'jsonrpc':'2.0','method':'count','deadline':'x'}")]
        [DataRow("{'jsonrpc':'2.0','method':'count','from':'a/b'}")]
        [DataRow("{'jsonrpc':'2.0','method':'count','deadline':1}")]
        public void Notification_that_is_refused_gets_no_response(string notification)
        {
            Assert.IsNull(new RouterRig().Ask(notification));
        }

        [TestMethod]
        public void Notification_that_is_refused_is_counted()
        {
            RouterRig rig = new RouterRig();
            rig.Ask("{'jsonrpc':'2.0','method':'unknown'}");
            Assert.AreEqual(1, rig.Counters.Refused);
        }

        [TestMethod]
        public void Notification_whose_method_throws_gets_no_response()
        {
            RouterRig rig = new RouterRig();
            rig.Method.Throws = true;
            Assert.IsNull(rig.Ask(Notification));
        }

        [TestMethod]
        public void Unknown_method_gets_method_not_found()
        {
            string answer = new RouterRig().Ask("{'jsonrpc':'2.0','id':'7','method':'Count'}");
            Assert.StartsWith(Json("{'jsonrpc':'2.0','id':'7','error':{'code':-32601,'message':'Method not found'"), answer);
        }

        [TestMethod]
        public void Request_with_a_known_param_is_accepted()
        {
            Assert.AreEqual(0, RouterRig.CodeOf(new RouterRig().CountWith("'params':{'step':1}")));
        }

        [TestMethod]
        public void Request_without_params_is_accepted()
        {
            Assert.AreEqual(0, RouterRig.CodeOf(new RouterRig().CountWith("'params':{}")));
        }

        [TestMethod]
        public void Unknown_param_is_named_in_the_error()
        {
            string expected = "{'jsonrpc':'2.0','id':1,'error':{'code':-32602,'message':'Invalid params',"
                + "'data':{'param':'stride','reason':'not a param of this method'}}}";
            Assert.AreEqual(Json(expected), new RouterRig().CountWith("'params':{'step':1,'stride':2}"));
        }

        [TestMethod]
        public void Unknown_param_is_not_carried_out()
        {
            RouterRig rig = new RouterRig();
            rig.CountWith("'params':{'stride':2}");
            Assert.AreEqual(0, rig.Method.Calls);
        }

        [TestMethod]
        public void Name_inside_the_value_of_a_param_is_no_param()
        {
            Assert.AreEqual(0, RouterRig.CodeOf(new RouterRig().CountWith("'params':{'step':{'stride':[1,{'x':2}]}}")));
        }

        [TestMethod]
        public void Array_of_params_is_refused()
        {
            Assert.AreEqual(RpcError.InvalidParamsCode, RouterRig.CodeOf(new RouterRig().CountWith("'params':[1]")));
        }

        [TestMethod]
        public void Batch_is_refused()
        {
            string answer = new RouterRig().Ask("[{'jsonrpc':'2.0','id':1,'method':'count'}]");
            string expected = "{'jsonrpc':'2.0','id':null,'error':{'code':-32600,'message':'Invalid request',"
                + "'data':{'reason':'must be a JSON object'}}}";
            Assert.AreEqual(Json(expected), answer);
        }

        [TestMethod]
        public void Request_from_an_invalid_name_is_answered_to_any()
        {
            RouterRig rig = new RouterRig();
            rig.CountWith("'from':'a/b'");
            Assert.AreEqual("any", rig.Client);
        }

        [TestMethod]
        public void Request_from_an_invalid_name_is_answered_with_its_id()
        {
            Assert.Contains("\"id\":1,\"error\":{\"code\":-32600,", new RouterRig().CountWith("'from':'a/b'"));
        }

        [TestMethod]
        public void Error_of_a_method_replaces_what_it_wrote()
        {
            RouterRig rig = new RouterRig();
            rig.Method.Error = RpcError.NotAvailable("pump", "stuck");
            string expected = "{'jsonrpc':'2.0','id':1,'error':{'code':-32002,'message':'Not available',"
                + "'data':{'param':'pump','reason':'stuck'}}}";
            Assert.AreEqual(Json(expected), rig.Count("1"));
        }

        [TestMethod]
        public void Error_of_a_method_is_counted_as_refused()
        {
            RouterRig rig = new RouterRig();
            rig.Method.Error = RpcError.NotAvailable("pump", "stuck");
            rig.Count("1");
            Assert.AreEqual(1, rig.Counters.Refused);
        }

        [TestMethod]
        public void Exception_of_a_method_is_an_internal_error()
        {
            RouterRig rig = new RouterRig();
            rig.Method.Throws = true;
            Assert.AreEqual(RpcError.InternalErrorCode, RouterRig.CodeOf(rig.Count("1")));
        }

        [TestMethod]
        public void Exception_of_a_method_is_counted()
        {
            RouterRig rig = new RouterRig();
            rig.Method.Throws = true;
            rig.Count("1");
            Assert.AreEqual(1, rig.Counters.Exceptions);
        }

        [TestMethod]
        public void Next_request_is_carried_out_after_an_exception()
        {
            RouterRig rig = new RouterRig();
            rig.Method.Throws = true;
            rig.Count("1");
            rig.Method.Throws = false;
            Assert.AreEqual(Json("{'jsonrpc':'2.0','id':2,'result':2}"), rig.Count("2"));
        }

        [TestMethod]
        public void Retained_request_is_refused()
        {
            byte[] request = SingleQuoted.Bytes("{'jsonrpc':'2.0','id':1,'method':'count'}");
            Assert.AreEqual(RpcError.InvalidRequestCode, RouterRig.CodeOf(new RouterRig().Ask(request, true)));
        }

        [TestMethod]
        public void Retained_request_is_not_carried_out()
        {
            RouterRig rig = new RouterRig();
            rig.Ask(SingleQuoted.Bytes("{'jsonrpc':'2.0','id':1,'method':'count'}"), true);
            Assert.AreEqual(0, rig.Method.Calls);
        }

        [TestMethod]
        public void Retained_notification_is_not_carried_out()
        {
            RouterRig rig = new RouterRig();
            rig.Ask(SingleQuoted.Bytes(Notification), true);
            Assert.AreEqual(0, rig.Method.Calls);
        }

        private static string Json(string text) => SingleQuoted.Text(text);
    }
}

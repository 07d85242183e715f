using Firmware.Messaging;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging
{
    [TestClass]
    public class GroupRequestTests
    {
        private const string Start = "{'jsonrpc':'2.0','id':1,'method':'count'";

        [TestMethod]
        [DataRow("}", 2)]
        [DataRow(",'params':{}}", 2)]
        [DataRow(",'params':{'spread':0}}", 0)]
        [DataRow(",'params':{'step':1,'spread':300}}", 300)]
        public void Response_to_a_group_is_spread(string rest, int seconds)
        {
            RouterRig rig = new RouterRig();
            rig.AskGroup(Start + rest);
            Assert.AreEqual("1 " + seconds, rig.Method.Calls + " " + rig.Spread);
        }

        [TestMethod]
        [DataRow("-1")]
        [DataRow("301")]
        [DataRow("1.5")]
        [DataRow("'2'")]
        [DataRow("null")]
        [DataRow("[]")]
        public void Spread_that_cannot_be_is_refused(string spread)
        {
            RouterRig rig = new RouterRig();
            string answer = rig.AskGroup(Start + ",'params':{'spread':" + spread + "}}");
            Assert.AreEqual(RpcError.InvalidParamsCode + " 0", RouterRig.CodeOf(answer) + " " + rig.Method.Calls);
        }

        [TestMethod]
        public void Error_to_a_group_is_spread_too()
        {
            RouterRig rig = new RouterRig();
            rig.AskGroup("garbage");
            Assert.AreEqual(2, rig.Spread);
        }

        [TestMethod]
        public void Response_to_a_request_to_the_device_is_not_spread()
        {
            RouterRig rig = new RouterRig();
            rig.Ask(Start + "}");
            Assert.AreEqual(0, rig.Spread);
        }

        [TestMethod]
        public void Spread_is_no_param_of_a_request_to_the_device_itself()
        {
            RouterRig rig = new RouterRig();
            Assert.AreEqual(RpcError.InvalidParamsCode, RouterRig.CodeOf(rig.Ask(Start + ",'params':{'spread':0}}")));
        }
    }
}

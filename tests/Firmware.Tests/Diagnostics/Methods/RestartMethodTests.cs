using Firmware.Diagnostics.Methods;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Shutdown;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Diagnostics.Methods
{
    [TestClass]
    public class RestartMethodTests
    {
        [TestMethod]
        public void Restart_is_asked_for_and_accepted()
        {
            ShutdownModule restart = new ShutdownModule(new FakePower());
            Assert.AreEqual("{\"restart\":\"accepted\"}", new MethodRig(new RestartMethod(restart)).Call());
            Assert.AreEqual("restart", restart.RestartCause);
        }

        [TestMethod]
        public void Restart_is_not_available_on_a_board_that_cannot()
        {
            MethodRig rig = new MethodRig(new RestartMethod(new ShutdownModule(null)));
            Assert.IsNull(rig.Call());
            Assert.AreEqual(RpcError.NotAvailableCode, rig.Code);
        }

        [TestMethod]
        public void Extra_params_are_refused_before_anything_happens()
        {
            ShutdownModule restart = new ShutdownModule(new FakePower());
            RequestRouter router = new RequestRouter(new FixedMethods(new RestartMethod(restart)), new ManualClock(), new Counters());
            byte[] request = SingleQuoted.Bytes("{'jsonrpc':'2.0','id':1,'method':'restart','params':{'delay':1}}");
            Assert.Contains("-32602", Utf8.Text(router.Handle(request, false, false, false, false).Payload));
            Assert.IsNull(restart.RestartCause);
        }
    }
}

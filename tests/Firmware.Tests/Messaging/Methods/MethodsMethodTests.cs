using Firmware.Messaging;
using Firmware.Messaging.Methods;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging.Methods
{
    [TestClass]
    public class MethodsMethodTests
    {
        [TestMethod]
        public void Methods_are_listed_with_their_params()
        {
            IMethod[] methods = new IMethod[2];
            methods[0] = new CountingMethod();
            methods[1] = new MethodsMethod(new FixedMethods(methods));
            string expected = SingleQuoted.Text("{'count':{'step':'ignored'},'methods':{}}");
            Assert.AreEqual(expected, new MethodRig(methods[1]).Call());
        }
    }
}

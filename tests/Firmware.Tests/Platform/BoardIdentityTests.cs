using Firmware.Platform;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Platform
{
    [TestClass]
    public class BoardIdentityTests
    {
        [TestMethod]
        public void Device_id_is_the_mac_in_lower_case_hex()
        {
            BoardIdentity identity = new BoardIdentity("b", new byte[] { 0x02, 0xAB, 0x0F, 0xF0, 0x00, 0xFF }, "timer");
            Assert.AreEqual("esp32-02ab0ff000ff", identity.DeviceId);
        }

        [TestMethod]
        public void Senml_base_name_is_the_urn_of_the_eui64()
        {
            BoardIdentity identity = new BoardIdentity("b", new byte[] { 2, 0, 0, 0, 0, 1 }, "timer");
            Assert.AreEqual("urn:dev:mac:020000fffe000001_", identity.SenmlBaseName);
        }

        [TestMethod]
        public void Identity_has_the_board()
        {
            Assert.AreEqual("native-sim", new BoardIdentity("native-sim", new byte[6], "timer").Board);
        }

        [TestMethod]
        public void Identity_has_the_wake_cause()
        {
            Assert.AreEqual("timer", new BoardIdentity("native-sim", new byte[6], "timer").WakeCause);
        }
    }
}

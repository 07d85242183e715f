using Firmware.Updates;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Updates
{
    [TestClass]
    public class CanaryTests
    {
        // CRC-32 of "dev-1/0.2.0" and so on, modulo 100, made with another implementation.
        [TestMethod]
        [DataRow("dev-1", "0.2.0", 58)]
        [DataRow("dev-2", "0.2.0", 75)]
        [DataRow("dev-1", "0.3.0", 21)]
        [DataRow("020000000001", "1.0.0", 85)]
        [DataRow("A-_z", "65535.0.1", 94)]
        public void Device_has_its_place_by_the_checksum(string deviceId, string version, int place)
        {
            Assert.IsFalse(UpdateGates.Includes(deviceId, version, place));
            Assert.IsTrue(UpdateGates.Includes(deviceId, version, place + 1));
        }

        [TestMethod]
        [DataRow(0, 0, 0)]
        [DataRow(10, 60, 140)]
        [DataRow(50, 420, 580)]
        [DataRow(100, 1000, 1000)]
        public void Share_of_the_fleet_is_about_the_percentage(int percent, int least, int most)
        {
            int members = 0;
            for (int i = 0; i < 1000; i++)
            {
                members += UpdateGates.Includes("esp32-" + i.ToString(), "0.2.0", percent) ? 1 : 0;
            }

            Assert.IsTrue(members >= least && members <= most, members.ToString());
        }

        [TestMethod]
        public void Every_version_has_other_members()
        {
            int same = 0;
            for (int i = 0; i < 1000; i++)
            {
                string id = "esp32-" + i.ToString();
                same += UpdateGates.Includes(id, "0.2.0", 50) == UpdateGates.Includes(id, "0.3.0", 50) ? 1 : 0;
            }

            Assert.IsTrue(same > 350 && same < 650, same.ToString());
        }
    }
}

using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.HomeAssistant
{
    /// <summary>What was announced is not forgotten, whenever the power is cut.</summary>
    [TestClass]
    public class DiscoveryPowerCutTests
    {
        [TestMethod]
        public void All_is_announced_in_the_end_though_the_power_is_cut_after_any_message()
        {
            for (int messages = 0; messages <= DiscoveryRig.Messages + 1; messages++)
            {
                DiscoveryRig next = Cut(messages, false).CutPower();
                next.Enable("relay");
                next.Drain();
                Assert.AreEqual(DiscoveryRig.Messages + 1, next.Kept);
            }
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void All_is_removed_in_the_end_though_the_power_is_cut_after_any_message(bool isAcknowledged)
        {
            for (int messages = 0; messages <= DiscoveryRig.Messages + 1; messages++)
            {
                DiscoveryRig next = Cut(messages, !isAcknowledged).CutPower();
                next.Disable();
                next.Drain();
                Assert.AreEqual(0, next.Kept);
            }
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void All_is_announced_again_after_a_removal_that_the_power_cut_short(bool isAcknowledged)
        {
            for (int messages = 0; messages <= DiscoveryRig.Messages + 1; messages++)
            {
                DiscoveryRig rig = Cut(DiscoveryRig.Messages + 1, false);
                rig.Disable();
                Send(rig, messages, !isAcknowledged);
                DiscoveryRig next = rig.CutPower();
                next.Enable("relay");
                next.Drain();
                Assert.AreEqual(DiscoveryRig.Messages + 1, next.Kept);
            }
        }

        [TestMethod]
        public void Nothing_is_announced_that_cannot_be_remembered()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Storage.WriteFails = true;
            rig.Enable();
            Assert.AreEqual(0, rig.Drain());
            Assert.AreEqual(1, rig.Counters.StorageFaults);
        }

        [TestMethod]
        public void Announcement_is_tried_again_a_minute_after_storage_failed()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Storage.WriteFails = true;
            rig.Enable();
            rig.Drain();
            rig.Storage.WriteFails = false;
            Assert.AreEqual(0, rig.Drain());
            rig.Clock.Advance(60000);
            Assert.AreEqual(DiscoveryRig.Messages, rig.Drain());
        }

        [TestMethod]
        public void Storage_that_fails_at_the_end_makes_the_next_run_announce_again()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable();
            rig.Send();
            rig.Storage.WriteFails = true;
            rig.Acknowledge();
            rig.Drain();
            Assert.AreEqual(1, rig.Counters.StorageFaults);
            rig.Storage.WriteFails = false;
            DiscoveryRig next = rig.CutPower();
            next.Enable();
            Assert.AreEqual(DiscoveryRig.Messages, next.Drain());
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("\n\n")]
        [DataRow("homeassistant/sensor/esp32-020000000001/temperature/config")]
        [DataRow("homeassistant/sensor/esp32-020000000001/temperature/config x\n")]
        [DataRow("homeassistant/sensor/esp32-020000000001/temperature/config 99999999999999999999\n")]
        [DataRow("homeassistant/sensor/esp32-0200000")]
        public void Damaged_file_makes_the_device_announce_again(string file)
        {
            DiscoveryRig rig = new DiscoveryRig();
            CheckedFile.Replace(rig.Storage, DiscoveryRig.File, Utf8.Bytes(file));
            rig.Enable();
            Assert.AreEqual(DiscoveryRig.Messages, rig.Drain());
        }

        [TestMethod]
        [DataRow("other/topic 7\n")]
        [DataRow("homeassistant/sensor/esp32-020000000002/temperature/config 7\n")]
        [DataRow("/esp32-020000000001/ 7\n")]
        public void Topic_of_something_else_is_never_removed(string file)
        {
            DiscoveryRig rig = new DiscoveryRig();
            CheckedFile.Replace(rig.Storage, DiscoveryRig.File, Utf8.Bytes(file));
            rig.Disable();
            Assert.AreEqual(0, rig.Drain());
        }

        private static DiscoveryRig Cut(int messages, bool isLastLost)
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable("relay");
            Send(rig, messages, isLastLost);
            return rig;
        }

        private static void Send(DiscoveryRig rig, int messages, bool isLastLost)
        {
            for (int i = 0; i < messages; i++)
            {
                rig.Send();
                if (!isLastLost || i < messages - 1)
                {
                    rig.Acknowledge();
                }
            }
        }
    }
}

using Firmware.HomeAssistant;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.HomeAssistant
{
    [TestClass]
    public class DiscoveryTests
    {
        [TestMethod]
        public void Everything_is_announced_when_it_is_enabled()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable("relay");
            Assert.AreEqual(DiscoveryRig.Messages + 1, rig.Drain());
            Assert.IsNotNull(rig.On(DiscoveryRig.Topic("sensor", "temperature")));
            Assert.IsNotNull(rig.On(DiscoveryRig.Topic("sensor", "health-signal")));
            Assert.IsNotNull(rig.On(DiscoveryRig.Topic("switch", "relay")));
            Assert.IsNotNull(rig.On(DiscoveryRig.Topic("binary_sensor", "status")));
        }

        [TestMethod]
        public void Nothing_is_announced_before_there_are_settings()
        {
            DiscoveryRig rig = new DiscoveryRig();
            Assert.AreEqual(0, rig.Drain());
        }

        [TestMethod]
        public void Nothing_is_sent_or_written_while_it_is_disabled()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Disable();
            Assert.AreEqual(0, rig.Drain());
            Assert.AreEqual(0, rig.Storage.Writes);
        }

        [TestMethod]
        public void Next_message_waits_for_the_acknowledgement()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable();
            rig.Send();
            Assert.IsFalse(rig.Send());
            rig.Acknowledge();
            Assert.IsTrue(rig.Send());
        }

        [TestMethod]
        public void Message_without_an_acknowledgement_is_sent_again()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable();
            rig.Send();
            rig.Clock.Advance(20000);
            Assert.IsTrue(rig.Send());
            string[] topics = rig.Log.Split('\n');
            Assert.AreEqual(topics[0], topics[1]);
        }

        [TestMethod]
        public void Message_that_the_link_did_not_take_is_sent_again()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable();
            rig.Link.TakesMessages = false;
            rig.Send();
            rig.Link.TakesMessages = true;
            rig.Clock.Advance(1000);
            Assert.AreEqual(DiscoveryRig.Messages, rig.Drain());
        }

        [TestMethod]
        public void Acknowledgement_of_another_message_is_not_taken()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable();
            Assert.IsFalse(rig.Acknowledge(0));
            rig.Send();
            Assert.IsFalse(rig.Acknowledge(99));
            Assert.IsTrue(rig.Acknowledge());
            Assert.IsFalse(rig.Acknowledge());
        }

        [TestMethod]
        public void Next_run_announces_nothing_that_did_not_change()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable("relay");
            rig.Drain();
            DiscoveryRig next = rig.CutPower();
            next.Enable("relay");
            int writes = rig.Storage.Writes;
            Assert.AreEqual(0, next.Drain());
            Assert.AreEqual(writes, rig.Storage.Writes);
        }

        [TestMethod]
        public void Renewal_announces_everything_and_writes_nothing()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable();
            rig.Drain();
            DiscoveryRig next = rig.CutPower();
            next.Enable();
            next.Discovery.Renew();
            int writes = rig.Storage.Writes;
            Assert.AreEqual(DiscoveryRig.Messages, next.Drain());
            Assert.AreEqual(writes, rig.Storage.Writes);
            Assert.AreEqual(0, next.Drain());
        }

        [TestMethod]
        public void Renewal_that_new_settings_interrupt_begins_again()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable();
            rig.Drain();
            rig.Discovery.Renew();
            rig.Send();
            rig.Acknowledge();
            rig.Enable();
            Assert.AreEqual(DiscoveryRig.Messages, rig.Drain());
        }

        [TestMethod]
        public void First_announcement_takes_two_writes()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable("relay");
            rig.Drain();
            Assert.AreEqual(2, rig.Storage.Writes);
        }

        [TestMethod]
        public void Everything_is_removed_when_it_is_disabled()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable("relay");
            rig.Drain();
            rig.Disable();
            Assert.AreEqual(DiscoveryRig.Messages + 1, rig.Drain());
            Assert.AreEqual(0, rig.Kept);
            Assert.IsNull(rig.Storage.Read(DiscoveryRig.File));
        }

        [TestMethod]
        public void Everything_is_removed_when_it_was_disabled_while_the_device_was_off()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable("relay");
            rig.Drain();
            DiscoveryRig next = rig.CutPower();
            next.Disable();
            next.Drain();
            Assert.AreEqual(0, rig.Kept);
        }

        [TestMethod]
        public void Actuator_that_is_gone_is_removed()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable("relay lamp");
            rig.Drain();
            rig.Enable("lamp");
            Assert.AreEqual(1, rig.Drain());
            Assert.IsNull(rig.On(DiscoveryRig.Topic("switch", "relay")));
            Assert.IsNotNull(rig.On(DiscoveryRig.Topic("switch", "lamp")));
        }

        [TestMethod]
        public void Channel_that_comes_later_is_announced_alone()
        {
            DiscoveryRig rig = new DiscoveryRig();
            Channel[] all = rig.Channels;
            rig.Channels = new[] { all[0] };
            rig.Enable();
            rig.Drain();
            rig.Channels = all;
            Assert.AreEqual(2, rig.Drain());
        }

        [TestMethod]
        public void Sensor_that_does_not_answer_at_the_start_keeps_its_channels_for_an_hour()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable();
            rig.Drain();
            DiscoveryRig next = rig.CutPower();
            next.Channels = new Channel[0];
            next.Enable();
            Assert.AreEqual(0, next.Drain());
            next.Clock.Advance(3600000);
            Assert.AreEqual(3, next.Drain());
            Assert.AreEqual(DiscoveryRig.Messages - 3, rig.Kept);
            Assert.AreEqual(0, next.Drain());
        }

        [TestMethod]
        public void Missing_channels_are_removed_at_once_when_it_is_disabled()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable();
            rig.Drain();
            DiscoveryRig next = rig.CutPower();
            next.Channels = new Channel[0];
            next.Disable();
            Assert.AreEqual(DiscoveryRig.Messages, next.Drain());
        }

        [TestMethod]
        public void Change_of_the_format_announces_everything_again()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable();
            rig.Drain();
            rig.Discovery.Use(DiscoveryRig.Options(true, TelemetryFormat.Json, "homeassistant", string.Empty));
            Assert.AreEqual(DiscoveryRig.Messages, rig.Drain());
        }

        [TestMethod]
        public void Another_name_of_the_device_announces_everything_again_once()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable();
            rig.Drain();
            DiscoveryOptions named = DiscoveryRig.Options(true, TelemetryFormat.Senml, "homeassistant", string.Empty);
            named.DeviceName = "Cellar";
            rig.Discovery.Use(named);
            Assert.AreEqual(DiscoveryRig.Messages, rig.Drain());
            rig.Discovery.Use(named);
            Assert.AreEqual(0, rig.Drain());
        }

        [TestMethod]
        public void Another_version_announces_everything_again()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable();
            rig.Drain();
            rig.Update("0.2.0");
            rig.Enable();
            Assert.AreEqual(DiscoveryRig.Messages, rig.Drain());
            Assert.Contains("\"sw\":\"0.2.0\"", rig.On(DiscoveryRig.Topic("sensor", "temperature")));
        }

        [TestMethod]
        public void Change_of_a_heartbeat_announces_its_channel_alone()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable();
            rig.Drain();
            string rules = "{'humidity':{'deadband':1,'heartbeat':60}}";
            rig.Channels = new SamplerRig(ScriptedSensor.Bme280(), null, rules).Sampler.Channels;
            Assert.AreEqual(1, rig.Drain());
            Assert.Contains("\"exp_aft\":210,", rig.On(DiscoveryRig.Topic("sensor", "humidity")));
        }

        [TestMethod]
        public void Change_of_the_discovery_prefix_removes_everything_under_the_old_one_first()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable();
            rig.Drain();
            rig.Discovery.Use(DiscoveryRig.Options(true, TelemetryFormat.Senml, "ha/test", string.Empty));
            Assert.AreEqual(2 * DiscoveryRig.Messages, rig.Drain());
            Assert.AreEqual(DiscoveryRig.Messages, rig.Kept);
            Assert.IsNotNull(rig.On("ha/test/sensor/esp32-020000000001/temperature/config"));
            Assert.IsTrue(rig.Log.IndexOf("ha/test") > rig.Log.IndexOf("-homeassistant/binary_sensor"), rig.Log);
        }

        [TestMethod]
        public void Change_of_the_settings_in_between_ends_as_the_last_ones_want()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable("relay");
            rig.Send();
            rig.Acknowledge();
            rig.Send();
            rig.Disable();
            rig.Drain();
            Assert.AreEqual(0, rig.Kept);
        }

        [TestMethod]
        public void Lost_connection_sends_the_message_again()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable();
            rig.Send();
            rig.Lose();
            Assert.IsFalse(rig.Acknowledge());
            Assert.AreEqual(DiscoveryRig.Messages, rig.Drain());
        }

        [TestMethod]
        public void Broker_that_ends_the_connection_at_each_announcement_is_left_alone_for_an_hour()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable();
            for (int i = 0; i < 3; i++)
            {
                Assert.IsTrue(rig.Send());
                rig.Lose();
            }

            Assert.IsFalse(rig.Send());
            rig.Clock.Advance(3600000);
            Assert.AreEqual(DiscoveryRig.Messages, rig.Drain());
        }

        [TestMethod]
        public void Connection_that_is_lost_between_messages_does_not_count()
        {
            DiscoveryRig rig = new DiscoveryRig();
            rig.Enable();
            for (int i = 0; i < 5; i++)
            {
                rig.Lose();
            }

            Assert.AreEqual(DiscoveryRig.Messages, rig.Drain());
        }
    }
}

using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>Readings that are pushed.</summary>
    [TestClass]
    public class DeviceTests
    {
        private const string Telemetry = "/telemetry";

        [TestMethod]
        public void Sensors_are_measured_before_there_is_a_connection()
        {
            DeviceRig rig = Started();
            rig.Device.Step();
            Assert.AreEqual(1, rig.Slot76.Sensor.Reads);
        }

        [TestMethod]
        public void Nothing_is_published_before_there_is_a_connection()
        {
            DeviceRig rig = Started();
            rig.Run(25000);
            Assert.AreEqual(0, rig.Link.Count);
        }

        [TestMethod]
        public void Nothing_is_published_before_the_announcement()
        {
            DeviceRig rig = Started();
            rig.GoSubscribing();
            rig.Run(9000);
            Assert.AreEqual(0, rig.Link.Count);
        }

        [TestMethod]
        public void First_telemetry_follows_at_once_on_coming_online()
        {
            Assert.AreEqual(1, DeviceRig.Online().Link.CountOf(Telemetry));
        }

        [TestMethod]
        public void First_telemetry_comes_after_the_announcement()
        {
            DeviceRig rig = DeviceRig.Online();
            Assert.AreEqual("m2m/esp32-020000000001/status m2m/esp32-020000000001/event m2m/esp32-020000000001/telemetry", rig.Link[0].Topic + " " + rig.Link[1].Topic + " " + rig.Link[2].Topic);
        }

        [TestMethod]
        public void Telemetry_is_a_senml_pack()
        {
            string expected = "[{'bn':'urn:dev:mac:020000fffe000001_','n':'seq','v':1},{'n':'temperature','u':'Cel','v':21.37},"
                + "{'n':'humidity','u':'%RH','v':45.2},{'n':'pressure','u':'Pa','v':101325}]";
            Assert.AreEqual(SingleQuoted.Text(expected), DeviceRig.Online().Link.Last(Telemetry).Text);
        }

        [TestMethod]
        public void Telemetry_is_not_retained()
        {
            Assert.IsFalse(DeviceRig.Online().Link.Last(Telemetry).IsRetained);
        }

        [TestMethod]
        public void Telemetry_follows_each_interval()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Run(30000);
            Assert.AreEqual(4, rig.Link.CountOf(Telemetry));
        }

        [TestMethod]
        public void Telemetry_waits_for_the_interval_to_end()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Run(9999);
            Assert.AreEqual(1, rig.Link.CountOf(Telemetry));
        }

        [TestMethod]
        public void Telemetry_is_numbered()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Run(20000);
            Assert.Contains("\"n\":\"seq\",\"v\":3}", rig.Link.Last(Telemetry).Text);
        }

        [TestMethod]
        public void Interval_of_the_settings_counts()
        {
            DeviceRig rig = new DeviceRig("{'interval':60}");
            rig.Device.Start();
            rig.GoOnline();
            rig.Run(120000);
            Assert.AreEqual(3, rig.Link.CountOf(Telemetry));
        }

        [TestMethod]
        public void Rhythm_is_kept_when_a_step_comes_late()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Clock.Advance(10300);
            rig.Device.Step();
            rig.Run(9700);
            Assert.AreEqual(3, rig.Link.CountOf(Telemetry));
        }

        [TestMethod]
        public void Missed_measurements_are_not_caught_up_on()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Clock.Advance(65000);
            rig.Run(9999);
            Assert.AreEqual(2, rig.Link.CountOf(Telemetry));
        }

        [TestMethod]
        public void Loop_pauses_until_the_next_measurement()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Slot77.Sensor = ScriptedSensor.Bmp280();
            rig.Run(4000);
            Assert.AreEqual(6000, rig.Device.Step());
        }

        [TestMethod]
        public void Loop_pauses_until_the_next_probe()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Run(3000);
            Assert.AreEqual(4000, rig.Device.Step());
        }

        [TestMethod]
        public void Loop_pauses_until_the_next_try_to_connect()
        {
            DeviceRig rig = new DeviceRig("{'interval':3600,'reconnect':{'spread':1}}");
            rig.Slot77.Sensor = ScriptedSensor.Bmp280();
            rig.Device.Start();
            rig.GoOnline();
            rig.Post(LinkEventKind.LinkDown);
            int pause = rig.Device.Step();
            Assert.IsTrue(pause <= 1000);
            rig.Clock.Advance(pause);
            rig.Device.Step();
            Assert.AreEqual(2, rig.Network.Joins);
        }

        [TestMethod]
        public void Loop_does_not_pause_while_a_signal_waits()
        {
            DeviceRig rig = DeviceRig.Online();
            for (int i = 0; i < 100; i++)
            {
                rig.Acknowledge(i);
            }

            Assert.AreEqual(0, rig.Device.Step());
        }

        [TestMethod]
        public void Loop_pauses_a_minute_at_most()
        {
            DeviceRig rig = new DeviceRig("{'interval':86400}");
            rig.Slot77.Sensor = ScriptedSensor.Bmp280();
            rig.Device.Start();
            int longest = 0;
            for (int i = 0; i < 40; i++)
            {
                rig.Inbox.Post(new LinkEvent(LinkEventKind.JoinFailed, rig.Network.Attempt));
                int pause = rig.Device.Step();
                longest = pause > longest ? pause : longest;
                rig.Clock.Advance(pause);
            }

            Assert.AreEqual(60000, longest);
        }

        [TestMethod]
        public void Sensor_that_is_found_after_the_measurement_is_not_dated_back()
        {
            DeviceRig rig = new DeviceRig("{'interval':3600}");
            rig.Clock.Synchronize();
            rig.Device.Start();
            rig.Run(0);
            rig.Clock.Advance(1800000);
            rig.Slot77.Sensor = ScriptedSensor.Bmp280();
            rig.Device.Step();
            rig.Run(1000);
            rig.GoOnline();
            Assert.DoesNotContains("temperature-77", rig.Link.Last(Telemetry).Text);
            rig.Run(1799000);
            Assert.Contains("\"bt\":1795370025,", rig.Link.Last(Telemetry).Text);
            Assert.Contains(SingleQuoted.Text("{'n':'temperature-77'"), rig.Link.Last(Telemetry).Text);
        }

        [TestMethod]
        public void No_telemetry_is_sent_without_a_plausible_value()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Slot76.Sensor.Values[0] = 9999;
            rig.Slot76.Sensor.Values[1] = 10001;
            rig.Slot76.Sensor.Values[2] = 0;
            rig.Run(20000);
            Assert.AreEqual(1, rig.Link.CountOf(Telemetry));
        }

        [TestMethod]
        public void Numbers_go_on_where_the_announcement_says_after_a_power_cut()
        {
            MemoryStorage storage = DeviceRig.Online().Storage;
            DeviceRig next = new DeviceRig(storage, null);
            next.Device.Start();
            next.GoOnline();
            Assert.Contains("\"seq\":61,", next.Link[0].Text);
            Assert.Contains("\"n\":\"seq\",\"v\":61}", next.Link.Find(Telemetry, 0).Text);
        }

        private static DeviceRig Started()
        {
            DeviceRig rig = new DeviceRig();
            rig.Device.Start();
            return rig;
        }
    }
}

using Firmware.Inputs;
using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Inputs
{
    /// <summary>A meter whose pulses wake a device that sleeps: each wake is a rig on the storage of the one before.</summary>
    [TestClass]
    public class PulseSleepTests
    {
        private const int Pin = 4;
        private const int High = 1 << Pin;
        private const string Power = "'interval':3600,'sntp':[],'power':{'mode':'deep-sleep','wakePin':4}";
        private const string Meter = "{" + Power + ",'inputs':{'meter':{'kind':'pulse','pin':4,'pull':'none','unit':'l'}}}";

        [TestMethod]
        public void Pulse_that_wakes_is_counted_without_measuring_and_without_radio()
        {
            DeviceRig rig = Wake(Slept(Meter), "pin", High, 100);
            rig.Run(1000);
            Assert.AreEqual("0 0 True", rig.Network.Joins + " " + rig.Slot76.Probes + " " + (rig.Power.Slept > 0));
            Assert.AreEqual("1", Total(rig));
        }

        [TestMethod]
        public void Sleep_goes_on_to_the_measurement_that_was_planned()
        {
            DeviceRig rig = Slept(Meter);
            long planned = rig.Clock.UtcMilliseconds + rig.Power.Slept;
            rig = Wake(rig, "pin", High, 100);
            rig.Run(1000);
            Assert.AreEqual(planned, rig.Clock.UtcMilliseconds + rig.Power.Slept);
            rig = Wake(rig, "pin", 0, 1000);
            rig.Run(1000);
            Assert.AreEqual(planned, rig.Clock.UtcMilliseconds + rig.Power.Slept);
        }

        [TestMethod]
        public void Pulse_that_is_longer_than_the_wake_is_counted_once()
        {
            DeviceRig rig = Slept(Meter);
            Assert.AreEqual("4 True True", Armed(rig));
            rig = Wake(rig, "pin", High, 100);
            rig.Run(1000);
            Assert.AreEqual("4 False True", Armed(rig), "its end wakes");
            rig = Wake(rig, "pin", 0, 10);
            rig.Run(1000);
            Assert.AreEqual("4 True True", Armed(rig));
            Assert.AreEqual("1", Total(rig));
        }

        [TestMethod]
        public void Pulse_that_is_over_before_the_start_is_counted()
        {
            DeviceRig rig = Wake(Slept(Meter), "pin", 0, 100);
            rig.Run(1000);
            Assert.AreEqual("4 True True", Armed(rig));
            Assert.AreEqual("1", Total(rig));
        }

        [TestMethod]
        public void Pulse_that_begins_while_the_device_starts_is_counted()
        {
            DeviceRig rig = Wake(Slept(Meter), "timer", High, 0);
            rig.Run(1);
            rig.GoOnline();
            rig.Run(10000);
            Assert.AreEqual("4 False True", Armed(rig));
            Assert.AreEqual("1", Total(rig));
        }

        [TestMethod]
        public void Pulse_that_begins_after_the_end_of_one_has_waked_is_counted()
        {
            DeviceRig rig = Wake(Slept(Meter), "pin", High, 100);
            rig.Run(1000);
            rig = Wake(rig, "pin", High, 10);
            rig.Run(1000);
            Assert.AreEqual("2", Total(rig));
        }

        [TestMethod]
        public void Pulse_over_the_planned_measurement_is_counted_once()
        {
            DeviceRig rig = Wake(Slept(Meter), "pin", High, 100);
            rig.Run(1000);
            rig = Wake(rig, "timer", High, 0);
            rig.Run(1);
            rig.GoOnline();
            rig.Run(10000);
            Assert.AreEqual("4 False True", Armed(rig));
            Assert.AreEqual("1", Total(rig));
        }

        [TestMethod]
        public void Pulses_while_awake_are_counted_as_ever()
        {
            DeviceRig before = Slept(Meter);
            FakeInputPins pins = new FakeInputPins();
            DeviceRig rig = Boot(before.Storage, null, "timer", pins, before.Clock.UtcMilliseconds + before.Power.Slept);
            rig.Run(1);
            rig.GoOnline();
            for (int i = 0; i < 3; i++)
            {
                pins.At(Pin).Set(true);
                rig.Run(50);
                pins.At(Pin).Set(false);
                rig.Run(50);
            }

            rig.Run(10000);
            Assert.AreEqual("3", Total(rig));
        }

        [TestMethod]
        public void Pulse_near_the_planned_measurement_begins_it()
        {
            DeviceRig rig = Slept(Meter);
            rig = Wake(rig, "pin", High, (rig.Power.Slept / 1000) - 5);
            rig.Run(1);
            Assert.AreEqual("1 1", rig.Network.Joins + " " + rig.Slot76.Probes);
        }

        [TestMethod]
        public void Low_pulses_are_those_of_an_inverted_input()
        {
            DeviceRig rig = Slept("{" + Power + ",'inputs':{'meter':{'kind':'pulse','pin':4,'pull':'none','inverted':true}}}", High);
            Assert.AreEqual("4 False True", Armed(rig));
            rig = Wake(rig, "pin", 0, 100);
            rig.Run(1000);
            Assert.AreEqual("4 True True", Armed(rig));
            Assert.AreEqual("1", Total(rig));
        }

        [TestMethod]
        public void Power_cut_leaves_all_that_a_sleep_has_kept()
        {
            DeviceRig rig = Slept(Meter);
            for (int i = 0; i < 5; i++)
            {
                rig = Wake(rig, "pin", 0, 50);
                rig.Run(1000);
            }

            Assert.IsTrue(rig.Storage.Read("totals0") == null && rig.Storage.Read("totals1") == null, "a file for each pulse");
            Assert.AreEqual("5", Total(rig));
            rig = Wake(rig, "timer", 0, 0);
            rig.Run(1);
            rig.GoOnline();
            Assert.Contains("\"n\":\"meter\",\"u\":\"l\",\"v\":5", rig.Link.Last("/telemetry").Text);
        }

        [TestMethod]
        public void Lost_record_costs_the_pulses_since_the_last_measurement()
        {
            DeviceRig rig = Slept(Meter);
            for (int i = 0; i < 2; i++)
            {
                rig = Wake(rig, "pin", 0, 100);
                rig.Run(1000);
                rig = Wake(rig, "timer", 0, 0);
                rig.Run(1);
                rig.GoOnline();
                rig.Run(10000);
            }

            rig = Wake(rig, "pin", 0, 100);
            rig.Run(1000);
            rig.Storage.Put("wake", "damaged");
            Assert.AreEqual("2", Total(rig));
        }

        [TestMethod]
        public void Rate_counts_the_sleeps()
        {
            DeviceRig rig = Wake(Slept(Meter), "timer", 0, 0);
            rig.Run(1);
            rig.GoOnline();
            rig.Run(10000);
            for (int i = 0; i < 6; i++)
            {
                rig = Wake(rig, "pin", 0, 300);
                rig.Run(1000);
            }

            rig = Wake(rig, "timer", 0, 0);
            rig.Run(1);
            rig.GoOnline();
            string text = rig.Link.Last("/telemetry").Text;
            Assert.Contains("\"n\":\"meter-rate\",\"u\":\"l/h\",\"v\":5.4", text);
        }

        [TestMethod]
        public void Meter_whose_pin_does_not_wake_says_that_its_pulses_are_lost()
        {
            DeviceRig rig = Slept("{'interval':3600,'sntp':[],'power':{'mode':'deep-sleep'},'inputs':{'meter':{'kind':'pulse','pin':4}}}");
            Assert.AreEqual(1, rig.Link.CountIn("/event", "pulses are not counted while the device sleeps: set power.wakePin to 4"));
            rig = Wake(rig, "timer", 0, 0);
            rig.Run(1);
            rig.GoOnline();
            Assert.Contains("\"countsAsleep\":false", List(rig));
            rig.Run(10000);
            Assert.AreEqual(0, rig.Link.CountIn("/event", "pulses are not counted"), "once");
        }

        [TestMethod]
        public void Medians_go_on_over_a_pulse()
        {
            DeviceRig rig = Slept(Meter.Substring(0, Meter.Length - 1) + ",'channels':{'temperature':{'median':3}}}");
            rig = Wake(rig, "timer", 0, 0);
            rig.Run(1);
            rig.GoOnline();
            rig.Run(10000);
            rig = Wake(rig, "pin", 0, 100);
            rig.Run(1000);
            rig = Wake(rig, "timer", 0, 0);
            ((ScriptedSensor)rig.Slot76.Sensor).Values[0] = 3000;
            rig.Run(1);
            rig.GoOnline();
            Assert.Contains("\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.37", rig.Link.Last("/telemetry").Text);
        }

        [TestMethod]
        public void Contact_at_the_wake_pin_measures_and_sends_as_ever()
        {
            DeviceRig rig = Slept("{" + Power + ",'inputs':{'door':{'pin':4,'pull':'none'}}}");
            rig = Wake(rig, "pin", High, 100);
            rig.Run(1);
            Assert.AreEqual("1 1", rig.Network.Joins + " " + rig.Slot76.Probes);
        }

        private static string Armed(DeviceRig rig) => rig.Power.WakePin + " " + rig.Power.WakesHigh + " " + rig.Power.WakesAtOnce;

        private static string List(DeviceRig rig) => rig.Ask("{'jsonrpc':'2.0','id':'l" + rig.Clock.Uptime + "','method':'inputs.list'}");

        // After a power cut: what is on flash.
        private static string Total(DeviceRig before)
        {
            DeviceRig rig = Boot(before.Storage, null, "power-on", 0, 0);
            rig.Run(1);
            rig.GoOnline();
            string list = List(rig);
            int at = list.IndexOf("\"pulses\":") + 9;
            return list.Substring(at, list.IndexOf(",", at) - at);
        }

        private static DeviceRig Slept(string settings) => Slept(settings, 0);

        private static DeviceRig Slept(string settings, int high)
        {
            DeviceRig rig = Boot(new MemoryStorage(), settings, "power-on", high, 0);
            rig.Run(1);
            rig.GoOnline();
            rig.Run(10000);
            Assert.IsTrue(rig.Power.Slept > 0);
            return rig;
        }

        // The chip's clock goes on in the sleep.
        private static DeviceRig Wake(DeviceRig before, string cause, int high, long seconds)
        {
            long slept = cause == "timer" ? before.Power.Slept : seconds * 1000;
            return Boot(before.Storage, null, cause, high, before.Clock.UtcMilliseconds + slept);
        }

        private static DeviceRig Boot(MemoryStorage storage, string settings, string cause, int high, long utc) =>
            Boot(storage, settings, cause, new FakeInputPins { High = high }, utc);

        private static DeviceRig Boot(MemoryStorage storage, string settings, string cause, FakeInputPins pins, long utc)
        {
            DeviceRig rig = new DeviceRig(storage, settings, cause, 0, new Module[] { new InputModule(pins, null) });
            pins.Sink = rig.Inbox;
            rig.Clock.Synchronize();
            if (utc != 0)
            {
                rig.Clock.SetUtc(utc, false);
            }

            rig.Device.Start();
            return rig;
        }
    }
}

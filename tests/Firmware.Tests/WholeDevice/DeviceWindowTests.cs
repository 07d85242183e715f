using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>A device that measures every 10 s and sends the aggregates of a minute.</summary>
    [TestClass]
    public class DeviceWindowTests
    {
        private const string Telemetry = "/telemetry";

        [TestMethod]
        [DataRow("", "'v':21.04}")]
        [DataRow("'aggregate':'mean'", "'v':21.04}")]
        [DataRow("'aggregate':'min'", "'v':21}")]
        [DataRow("'aggregate':'max'", "'v':21.1}")]
        [DataRow("'aggregate':'last'", "'v':21.05}")]
        [DataRow("'aggregate':'mean min max last'", "'v':21.04} temperature-min='v':21} temperature-max='v':21.1} temperature-last='v':21.05}")]
        public void Aggregates_of_a_window_are_sent_once_it_is_over(string aggregate, string expected)
        {
            DeviceRig rig = Start("'window':60" + (aggregate.Length == 0 ? string.Empty : "," + aggregate));
            Measure(rig, 2100, 2101, 2110, 2102, 2103, 2105);
            Assert.AreEqual(0, Values(rig));
            Measure(rig, 9);
            Assert.AreEqual("temperature=" + expected, Last(rig));
        }

        [TestMethod]
        public void Count_has_no_unit()
        {
            DeviceRig rig = Start("'window':60,'aggregate':'mean count'");
            Measure(rig, 1, 2, 3, 4, 5, 6, 7);
            Assert.Contains("{'n':'temperature-count','v':6}", Quotes.Single(rig.Link.Last(Telemetry).Text));
        }

        [TestMethod]
        [DataRow(2100, 2101, 2101)]
        [DataRow(-2100, -2101, -2101)]
        [DataRow(8500, 8500, 8500)]
        [DataRow(-1, 0, -1)]
        [DataRow(-1, 2, 1)]
        public void Half_is_rounded_away_from_zero(int first, int second, int mean)
        {
            DeviceRig rig = Start("'window':20");
            Measure(rig, first, second, 7);
            Assert.Contains("'v':" + Firmware.Json.FixedPoint.ToText(mean, 2) + "}", Last(rig));
        }

        [TestMethod]
        public void Value_that_is_not_valid_does_not_count()
        {
            DeviceRig rig = Start("'window':30,'aggregate':'mean count'");
            Measure(rig, 2000);
            rig.Slot76.Sensor.Valid[0] = false;
            Measure(rig, 9999);
            rig.Slot76.Sensor.Valid[0] = true;
            Measure(rig, 2020, 9);
            Assert.AreEqual("temperature='v':20.1} temperature-count='v':2}", Last(rig));
        }

        [TestMethod]
        public void Window_without_a_value_sends_nothing_and_the_next_is_sent_in_spite_of_its_deadband()
        {
            DeviceRig rig = Start("'window':20,'deadband':1,'heartbeat':86400");
            Measure(rig, 2000, 2000, 2000, 2000);
            rig.Slot76.Sensor.Valid[0] = false;
            Measure(rig, 1, 1, 1);
            Assert.AreEqual(1, Values(rig));
            rig.Slot76.Sensor.Valid[0] = true;
            Measure(rig, 2000, 2000, 2000);
            Assert.AreEqual(2, Values(rig));
        }

        [TestMethod]
        public void Deadband_counts_for_the_aggregate()
        {
            DeviceRig rig = Start("'window':20,'deadband':0.5,'heartbeat':86400");
            Measure(rig, 2000, 2000, 3000, 1100, 2100, 2100, 2100);
            Assert.AreEqual("2 temperature='v':21}", Values(rig) + " " + Last(rig));
        }

        [TestMethod]
        public void Beginning_and_end_of_an_alarm_are_sent_at_once()
        {
            DeviceRig rig = Start("'window':600,'high':30");
            Measure(rig, 2000, 3100, 3200);
            Assert.AreEqual("1 temperature='v':31}", Values(rig) + " " + Last(rig));
            Measure(rig, 2500);
            Assert.AreEqual("2 temperature='v':25}", Values(rig) + " " + Last(rig));
        }

        [TestMethod]
        public void Alarm_at_the_end_of_a_window_is_sent_beside_its_aggregate()
        {
            DeviceRig rig = Start("'window':20,'high':30");
            Measure(rig, 2000, 2000, 3100);
            Assert.AreEqual(1, rig.Link.CountIn(Telemetry, "\"n\":\"temperature\",\"u\":\"Cel\",\"v\":20}"));
            Assert.AreEqual("2 temperature='v':31}", Values(rig) + " " + Last(rig));
        }

        [TestMethod]
        public void Value_has_the_time_of_the_end_of_its_window()
        {
            DeviceRig rig = Start("'window':25");
            Measure(rig, 2000, 2000, 2000, 2000);
            Assert.AreEqual(1, rig.Link.CountIn(Telemetry, "\"bt\":" + (ManualClock.Now + 25) + ","));
        }

        [TestMethod]
        public void Read_and_history_have_live_values()
        {
            DeviceRig rig = Start("'window':60,'aggregate':'mean max'");
            Measure(rig, 2000, 2100, 2200, 2300, 2400, 2500, 2600);
            string read = rig.Ask("{'jsonrpc':'2.0','id':1,'method':'read','params':{'maxAge':60},'from':'any'}");
            Assert.Contains("'v':26}", Quotes.Single(read));
            Assert.IsFalse(read.IndexOf("temperature-max") >= 0);
            string history = Quotes.Single(rig.Ask("{'jsonrpc':'2.0','id':2,'method':'history.read','from':'any'}"));
            Assert.Contains("'v':25,'t':50}", history);
            Assert.IsFalse(history.IndexOf("temperature-max") >= 0);
        }

        [TestMethod]
        public void Further_aggregate_can_be_read_once_a_window_is_over()
        {
            DeviceRig rig = Start("'window':60,'aggregate':'mean max'");
            const string Read = ",'method':'read','params':{'channels':['temperature-max'],'maxAge':60},'from':'any'}";
            Measure(rig, 1900);
            Assert.Contains("\"reason\":\"no window with a value is over\"", rig.Ask("{'jsonrpc':'2.0','id':1" + Read));
            Measure(rig, 2000, 2100, 2500, 2300, 2400, 2600);
            Assert.Contains("'v':25}", Quotes.Single(rig.Ask("{'jsonrpc':'2.0','id':2" + Read)));
        }

        [TestMethod]
        public void Changed_setting_begins_another_window()
        {
            DeviceRig rig = Start("'window':60");
            Measure(rig, 2000, 2100, 2200);
            rig.Ask("{'jsonrpc':'2.0','id':1,'method':'settings.set','params':{'values':{'channels.temperature.window':20}},'from':'any'}");
            Measure(rig, 2300, 2400, 9);
            Assert.AreEqual("1 temperature='v':23.5}", Values(rig) + " " + Last(rig));
        }

        [TestMethod]
        public void Channels_without_a_window_are_sent_as_before()
        {
            DeviceRig rig = Start("'window':60");
            rig.Slot76.Sensor.Values[1] = 5000;
            Measure(rig, 2000);
            Assert.Contains("'n':'humidity','u':'%RH','v':50}", Quotes.Single(rig.Link.Last(Telemetry).Text));
        }

        private static DeviceRig Start(string rule)
        {
            DeviceRig rig = new DeviceRig("{'reconnect':{'spread':1},'interval':10,'telemetry':{'check':false},'channels':{'temperature':{" + rule + "}}}");
            rig.Clock.Synchronize();
            rig.Device.Start();
            return rig;
        }

        // The first measurement is at the start.
        private static void Measure(DeviceRig rig, params int[] temperatures)
        {
            for (int i = 0; i < temperatures.Length; i++)
            {
                rig.Slot76.Sensor.Values[0] = temperatures[i];
                if (rig.Clock.Uptime == 0)
                {
                    rig.Run(1);
                    rig.GoOnline();
                    rig.Run(9);
                }
                else
                {
                    rig.Run(10000);
                }
            }

            rig.Settle();
        }

        private static int Values(DeviceRig rig) => rig.Link.CountIn(Telemetry, "\"n\":\"temperature\"");

        // The last values of temperature and what is derived from it, by their names.
        private static string Last(DeviceRig rig)
        {
            string text = string.Empty;
            for (int i = rig.Link.CountOf(Telemetry) - 1; i >= 0 && text.Length == 0; i--)
            {
                text = Values(Quotes.Single(rig.Link.Find(Telemetry, i).Text));
            }

            return text;
        }

        private static string Values(string message)
        {
            const string Name = "'n':'temperature";
            string text = string.Empty;
            for (int at = message.IndexOf(Name); at >= 0; at = message.IndexOf(Name, at + 1))
            {
                int name = at + 5;
                int end = message.IndexOf('\'', name);
                int value = message.IndexOf("'v':", end);
                string found = message.Substring(name, end - name);
                text = (found == "temperature" ? string.Empty : text + " ") + found + "=" + message.Substring(value, message.IndexOf('}', value) + 1 - value);
            }

            return text;
        }
    }
}

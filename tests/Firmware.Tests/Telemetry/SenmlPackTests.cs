using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Telemetry
{
    [TestClass]
    public class SenmlPackTests
    {
        private const string BaseName = "urn:dev:mac:020000fffe000001_";

        [TestMethod]
        public void Telemetry_is_as_the_protocol_shows_it()
        {
            ManualClock clock = Synchronized();
            string expected = "[{'bn':'urn:dev:mac:020000fffe000001_','bt':1795366425,'n':'seq','v':41},"
                + "{'n':'temperature','u':'Cel','v':21.37},"
                + "{'n':'humidity','u':'%RH','v':45.2},"
                + "{'n':'pressure','u':'Pa','v':101325}]";
            string actual = Telemetry(clock, 41, MeasuredChannels.Of(ScriptedSensor.Bme280(), clock), 0);
            Assert.AreEqual(SingleQuoted.Text(expected), actual);
        }

        [TestMethod]
        public void Base_time_is_absent_while_the_clock_is_not_synchronized()
        {
            Assert.DoesNotContains("bt", Telemetry(new ManualClock(), 1, MeasuredChannels.Of(5, 0), 0));
        }

        [TestMethod]
        public void Base_time_is_that_of_the_measurement()
        {
            ManualClock clock = Synchronized();
            clock.Advance(65000);
            Assert.Contains("\"bt\":1795366425,", Telemetry(clock, 1, MeasuredChannels.Of(5, 0), 0));
        }

        [TestMethod]
        public void Base_time_of_a_measurement_from_before_the_synchronization_is_right()
        {
            ManualClock clock = new ManualClock { Uptime = 90000 };
            clock.Synchronize();
            Assert.Contains("\"bt\":1795366365,", Telemetry(clock, 1, MeasuredChannels.Of(5, 0), 30000));
        }

        [TestMethod]
        [DataRow(2137, 2, "21.37")]
        [DataRow(2130, 2, "21.3")]
        [DataRow(2100, 2, "21")]
        [DataRow(2107, 2, "21.07")]
        [DataRow(0, 2, "0")]
        [DataRow(5, 2, "0.05")]
        [DataRow(-5, 2, "-0.05")]
        [DataRow(-525, 2, "-5.25")]
        [DataRow(-4000, 2, "-40")]
        [DataRow(1013255, 1, "101325.5")]
        [DataRow(123456789, 0, "123456789")]
        [DataRow(int.MaxValue, 0, "2147483647")]
        [DataRow(int.MinValue, 0, "-2147483648")]
        public void Value_prints_exactly_as_measured(int value, int scale, string text)
        {
            Assert.Contains("\"v\":" + text + "}]", Telemetry(new ManualClock(), 1, MeasuredChannels.Of(value, scale), 0));
        }

        [TestMethod]
        public void Refused_value_is_left_out()
        {
            ScriptedSensor sensor = ScriptedSensor.Bme280();
            sensor.Values[1] = 10001;
            ManualClock clock = new ManualClock();
            Assert.DoesNotContains("humidity", Telemetry(clock, 1, MeasuredChannels.Of(sensor, clock), 0));
        }

        [TestMethod]
        public void Readings_have_no_sequence()
        {
            ManualClock clock = Synchronized();
            string expected = "[{'bn':'urn:dev:mac:020000fffe000001_','bt':1795366425,'n':'temperature','u':'Cel','v':21.37},"
                + "{'n':'humidity','u':'%RH','v':45.2},{'n':'pressure','u':'Pa','v':101325}]";
            Assert.AreEqual(SingleQuoted.Text(expected), Readings(clock, MeasuredChannels.Of(ScriptedSensor.Bme280(), clock)));
        }

        [TestMethod]
        public void Older_reading_has_a_time_before_the_base_time()
        {
            ManualClock clock = Synchronized();
            Channel old = MeasuredChannels.Of(ScriptedSensor.Bme280(), clock)[1];
            clock.Advance(60000);
            Channel young = MeasuredChannels.Of(ScriptedSensor.Bme280(), clock)[0];
            string readings = Readings(clock, new[] { young, old });
            Assert.Contains(SingleQuoted.Text("{'t':-60,'n':'humidity'"), readings);
        }

        [TestMethod]
        public void Younger_reading_has_a_time_after_the_base_time()
        {
            ManualClock clock = Synchronized();
            Channel old = MeasuredChannels.Of(ScriptedSensor.Bme280(), clock)[1];
            clock.Advance(60000);
            Channel young = MeasuredChannels.Of(ScriptedSensor.Bme280(), clock)[0];
            string readings = Readings(clock, new[] { old, young });
            Assert.Contains(SingleQuoted.Text("'bt':1795366425,'n':'humidity','u':'%RH','v':45.2},{'t':60,"), readings);
        }

        // Without a base time a time counts from now (RFC 8428 section 4.5.3): what was measured lies before it.
        [TestMethod]
        public void Times_of_readings_count_from_now_while_the_clock_is_not_synchronized()
        {
            ManualClock clock = new ManualClock();
            Channel old = MeasuredChannels.Of(ScriptedSensor.Bme280(), clock)[1];
            clock.Advance(60000);
            Channel young = MeasuredChannels.Of(ScriptedSensor.Bme280(), clock)[0];
            string expected = "[{'bn':'urn:dev:mac:020000fffe000001_','t':-60,'n':'humidity','u':'%RH','v':45.2},"
                + "{'n':'temperature','u':'Cel','v':21.37}]";
            Assert.AreEqual(SingleQuoted.Text(expected), Readings(clock, new[] { old, young }));
        }

        [TestMethod]
        public void Times_of_telemetry_count_from_now_while_the_clock_is_not_synchronized()
        {
            ManualClock clock = new ManualClock { Uptime = 60000 };
            string expected = "[{'bn':'urn:dev:mac:020000fffe000001_','n':'seq','v':1},{'t':-60,'n':'temperature','u':'Cel','v':5}]";
            Assert.AreEqual(SingleQuoted.Text(expected), Telemetry(clock, 1, MeasuredChannels.Of(5, 0), 0));
        }

        [TestMethod]
        public void Null_entries_are_left_out_of_readings()
        {
            Channel channel = MeasuredChannels.Of(5, 0)[0];
            string expected = SingleQuoted.Text("[{'bn':'urn:dev:mac:020000fffe000001_','n':'temperature','u':'Cel','v':5}]");
            Assert.AreEqual(expected, Readings(new ManualClock(), new[] { null, channel, null }));
        }

        private static ManualClock Synchronized()
        {
            ManualClock clock = new ManualClock();
            clock.Synchronize();
            return clock;
        }

        // Through the outbox, as every reading goes.
        private static string Telemetry(ManualClock clock, int sequence, Channel[] channels, long measuredAt)
        {
            MemoryStorage storage = new MemoryStorage();
            CheckedFile.Replace(storage, "seq", Utf8.Bytes(sequence.ToString()));
            Counters counters = new Counters();
            Sequence numbers = new Sequence(storage, counters, 10);
            Outbox outbox = new Outbox(storage, clock, counters, numbers, new SenmlPack(BaseName, clock), new OutboxOptions());
            new ReportFilter(10).Judge(channels, clock.Uptime);
            outbox.Add(channels, measuredAt);
            OutgoingMessage message = new OutgoingMessage();
            outbox.Encode(message);
            return Utf8.Text(message.Writer.ToArray());
        }

        private static string Readings(ManualClock clock, Channel[] channels)
        {
            JsonWriter writer = new JsonWriter(64, 4096);
            new SenmlPack(BaseName, clock).WriteReadings(writer, channels);
            return Utf8.Text(writer.ToArray());
        }
    }
}

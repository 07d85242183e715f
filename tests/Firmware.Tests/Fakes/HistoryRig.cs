using Firmware.Json;
using Firmware.Messaging.Methods;
using Firmware.Telemetry;

namespace Firmware.Tests.Fakes
{
    /// <summary>A history of the temperature and the humidity of one sensor, and "history.read".</summary>
    public sealed class HistoryRig
    {
        public HistoryRig(int values)
        {
            Sensors = new SamplerRig(new ScriptedSensor("test", new[] { ScriptedSensor.Temperature, ScriptedSensor.Humidity }, new[] { 0, 5000 }), null);
            History = new History(values * History.RecordLength);
            Read = new MethodRig(new HistoryReadMethod(History, Sensors.Sampler, Sensors.Clock, "urn:dev:mac:020000fffe000001_"));
            Sensors.Slot76.Sensor.Valid[1] = false;
        }

        public SamplerRig Sensors { get; }

        public ManualClock Clock => Sensors.Clock;

        public History History { get; }

        public MethodRig Read { get; }

        /// <summary>Has the humidity measured too: two values a measurement.</summary>
        public void WithHumidity() => Sensors.Slot76.Sensor.Valid[1] = true;

        /// <summary>Measures these temperatures in 0.01 Cel, ten seconds apart.</summary>
        public void Measure(params int[] temperatures)
        {
            for (int i = 0; i < temperatures.Length; i++)
            {
                Sensors.Measure(temperatures[i], 10000);
                History.Add(Sensors.Sampler.Channels);
            }
        }

        /// <summary>Measures 0.01 Cel, 0.02 Cel, and so on, each value telling its number.</summary>
        public void MeasureUpTo(int count)
        {
            for (int i = 1; i <= count; i++)
            {
                Measure(i);
            }
        }

        /// <summary>The values of an answer in hundredths, with a space between; then "next" and the cursor if there is one.</summary>
        public string Values(string parameters)
        {
            string answer = Read.Call(parameters);
            if (answer == null)
            {
                return "error " + Read.Code + " " + Read.Error.Param;
            }

            JsonReader reader = new JsonReader(4096);
            byte[] bytes = Utf8.Bytes(answer);
            if (!reader.TryParse(bytes, 0, bytes.Length))
            {
                return "no JSON";
            }

            string text = string.Empty;
            int pack = reader.Find(0, "pack");
            for (int record = reader.First(pack); record != JsonReader.None; record = reader.Next(record))
            {
                reader.TryGetFixed(reader.Find(record, "v"), 2, out long value);
                text += (text.Length == 0 ? string.Empty : " ") + value;
            }

            return reader.TryGetInt64(reader.Find(0, "next"), out long next) ? text + " next " + next : text;
        }
    }
}

using Firmware.Sleep;
using Firmware.Sensing;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;

namespace Firmware.Tests.Sleep
{
    /// <summary>A device with one BME280 that loses its RAM every 5 minutes, and what its temperature channel makes of it.</summary>
    internal sealed class ChannelMemoryRig
    {
        public const long Interval = 300000;
        private const long AwakeMs = 1000;

        private readonly string _rules;
        private readonly MemoryStorage _storage = new MemoryStorage();

        /// <summary>With rules in single-quoted JSON.</summary>
        public ChannelMemoryRig(string temperature)
        {
            _rules = "{'temperature':{" + temperature + "}}";
        }

        /// <summary>Events of the last wake.</summary>
        public RecordedEvents Events { get; private set; }

        /// <summary>The channel in the last wake.</summary>
        public Channel Temperature { get; private set; }

        /// <summary>Milliseconds that each sleep is said to have taken.</summary>
        public long Slept { get; set; } = Interval - AwakeMs;

        /// <summary>Wakes, measures and sleeps.</summary>
        /// <returns>Whether the temperature was worth sending.</returns>
        public bool Wake(int temperature) => Wake(ScriptedSensor.Bme280(), temperature);

        /// <summary>Wakes without a sensor.</summary>
        public void WakeBare()
        {
            WakeRecord record = WakeRecord.Load(_storage);
            SamplerRig rig = new SamplerRig(null, null, _rules);
            record.Recall(rig.Sampler.Channels, rig.Clock.Uptime, Slept);
            record.Remember(rig.Sampler.Channels, rig.Clock.Uptime + AwakeMs);
            record.Save(_storage);
        }

        /// <summary>Wakes with a value of which the driver says that it is not valid.</summary>
        public void WakeInvalid()
        {
            ScriptedSensor sensor = ScriptedSensor.Bme280();
            sensor.Valid[0] = false;
            Wake(sensor, 2137);
        }

        /// <summary>Wakes with values, and says for each whether it was worth sending.</summary>
        public string WakeAll(params int[] temperatures)
        {
            string sent = string.Empty;
            for (int i = 0; i < temperatures.Length; i++)
            {
                sent += Wake(temperatures[i]) ? "1" : "0";
            }

            return sent;
        }

        private bool Wake(ScriptedSensor sensor, int temperature)
        {
            WakeRecord record = WakeRecord.Load(_storage);
            SamplerRig rig = new SamplerRig(sensor, null, _rules);
            Channel[] channels = rig.Sampler.Channels;
            record.Recall(channels, rig.Clock.Uptime, Slept);
            rig.Measure(temperature, 0);
            ReportFilter worth = new ReportFilter((int)(Interval / 1000));
            worth.Judge(channels, rig.Clock.Uptime);
            Temperature = rig.Temperature;
            Events = rig.Events;
            bool isWorth = Temperature.IsDueForReport;
            worth.Sent(channels, rig.Clock.Uptime);
            record.Remember(channels, rig.Clock.Uptime + AwakeMs);
            record.Save(_storage);
            return isWorth;
        }
    }
}

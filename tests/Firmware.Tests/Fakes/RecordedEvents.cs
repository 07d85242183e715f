using System.Collections;
using Firmware.Json;
using Firmware.Sensing;

namespace Firmware.Tests.Fakes
{
    /// <summary>Records the sensors' events, one line each.</summary>
    public sealed class RecordedEvents : ISensingEvents
    {
        private readonly ArrayList _lines = new ArrayList();

        public int Count => _lines.Count;

        public string Last => Count == 0 ? null : (string)_lines[Count - 1];

        public string this[int index] => (string)_lines[index];

        public void SensorFault(string sensor, string reason) => _lines.Add("sensor-fault " + sensor + ": " + reason);

        public void SensorRecovery(string sensor) => _lines.Add("sensor-recovered " + sensor);

        public void ReadingFault(string channel, string reason) => _lines.Add("reading-fault " + channel + ": " + reason);

        public void ReadingRecovery(string channel) => _lines.Add("reading-recovered " + channel);

        public void Alarm(Channel channel, AlarmState state, long limit) =>
            _lines.Add("alarm " + channel.Name + " " + StateName(state) + ": " + Text(channel) + " at " + FixedPoint.ToText(limit, ChannelRule.Scale));

        public void Disagreement(Channel channel, Channel other) => _lines.Add("disagreement " + Pair(channel, other));

        public void Agreement(Channel channel, Channel other) => _lines.Add("agreement " + Pair(channel, other));

        public int CountOf(string start)
        {
            int count = 0;
            for (int i = 0; i < Count; i++)
            {
                count += this[i].StartsWith(start) ? 1 : 0;
            }

            return count;
        }

        // On the device an enum's ToString is its number.
        private static string StateName(AlarmState state) =>
            state == AlarmState.High ? "high" : state == AlarmState.Low ? "low" : "normal";

        private static string Pair(Channel channel, Channel other) =>
            channel.Name + " " + Text(channel) + ", " + other.Name + " " + Text(other);

        private static string Text(Channel channel) => FixedPoint.ToText(channel.Value, channel.Measurand.Scale);
    }
}

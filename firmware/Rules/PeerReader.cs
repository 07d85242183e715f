using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;

namespace Firmware.Rules
{
    /// <summary>
    /// Reads what another device publishes: telemetry as SenML (RFC 8428) or as flat objects, and presence. Of each channel
    /// that a rule uses the last value is kept, nothing else. What is not valid, or is another device's, changes nothing.
    /// </summary>
    internal sealed class PeerReader
    {
        private const int MaxMessage = 2048;
        private const int Decimals = 6;
        private const int One = 1000000;

        // Beyond what a rule can compare with and a channel of this device can have: differences still fit into a long.
        private const long MaxQuantity = 4000000000000000;

        // Times below are relative to now (RFC 8428, section 4.5.3).
        private const long FirstAbsolute = 268435456;

        private readonly IClock _clock;
        private readonly JsonReader _reader = new JsonReader(MaxMessage);
        private RuleEngine _engine;
        private int _device;

        internal PeerReader(IClock clock)
        {
            _clock = clock;
        }

        /// <summary>The base name of a device whose id ends in its MAC address; null for another id.</summary>
        internal static string BaseNameOf(string device)
        {
            int dash = device.LastIndexOf('-');
            return dash < 0 || device.Length - dash != 13 ? null : "urn:dev:mac:" + device.Substring(dash + 1, 6) + "fffe" + device.Substring(dash + 7) + "_";
        }

        /// <summary>Takes a message on a device's telemetry topic.</summary>
        internal void Telemetry(RuleEngine engine, int device, byte[] payload)
        {
            _engine = engine;
            _device = device;
            if (!_reader.TryParse(payload, 0, payload.Length))
            {
                return;
            }

            if (_reader.KindOf(0) == JsonKind.Array)
            {
                Pack();
            }
            else if (_reader.KindOf(0) == JsonKind.Object)
            {
                Flat();
            }

            _reader.Clear();
        }

        /// <summary>Takes a message on a device's status topic.</summary>
        internal void Status(RuleEngine engine, int device, byte[] payload)
        {
            int presence = 0;
            if (payload.Length > 0 && _reader.TryParse(payload, 0, payload.Length))
            {
                string id = TextOf(_reader.Find(0, "id"));
                string state = TextOf(_reader.Find(0, "state"));
                string[] words = RuleCode.WordsOf('P');
                for (int i = 0; i < words.Length && (id == null || id == engine.Devices[device]); i++)
                {
                    presence = words[i] == state ? i + 1 : presence;
                }

                _reader.Clear();
            }

            if (presence != 0 || payload.Length == 0)
            {
                engine.SetPresence(device, presence);
            }
        }

        private void Pack()
        {
            string expected = BaseNameOf(_engine.Devices[_device]);
            string name = null; // the topic says whose the pack is
            long time = 0;
            for (int record = _reader.First(0); record != JsonReader.None; record = _reader.Next(record))
            {
                if (_reader.KindOf(record) != JsonKind.Object)
                {
                    return;
                }

                int baseName = _reader.Find(record, "bn");
                name = baseName == JsonReader.None ? name : TextOf(baseName) ?? "?";
                _reader.TryGetFixed(_reader.Find(record, "bt"), 3, out long baseTime);
                time = baseTime != 0 ? baseTime : time;
                if (expected != null && name != null && name.Length != 0 && name != expected)
                {
                    continue;
                }

                _reader.TryGetFixed(_reader.Find(record, "t"), 3, out long offset);
                int value = _reader.Find(record, "v");
                Take(TextOf(_reader.Find(record, "n")), value == JsonReader.None ? _reader.Find(record, "vb") : value, time, offset);
            }
        }

        private void Flat()
        {
            _reader.TryGetFixed(_reader.Find(0, "time"), 3, out long time);
            _reader.TryGetFixed(_reader.Find(0, "age"), 3, out long age);
            for (int name = _reader.First(0); name != JsonReader.None; name = _reader.Next(name))
            {
                Take(TextOf(name), _reader.ValueOf(name), time, -age);
            }
        }

        // Times in milliseconds.
        private void Take(string channel, int token, long time, long offset)
        {
            int input = channel == null ? -1 : _engine.FindInput(_device, channel);
            if (input < 0 || token == JsonReader.None)
            {
                return;
            }

            long value;
            if (_reader.TryGetBoolean(token, out bool flag))
            {
                value = flag ? One : 0;
            }
            else if (!_reader.TryGetFixed(token, Decimals, out value))
            {
                return;
            }

            value = value > MaxQuantity ? MaxQuantity : value < -MaxQuantity ? -MaxQuantity : value;

            // A clock that is ahead does not make a value younger than it is.
            long now = _clock.Uptime;
            bool isAbsolute = time / 1000 >= FirstAbsolute;
            long age = !isAbsolute ? -(time + offset) : _clock.IsSynchronized ? _clock.UtcMilliseconds - time - offset : 0;
            long measuredAt = age < 0 ? now : age > now + uint.MaxValue ? now - uint.MaxValue : now - age;
            if (_engine.Values[input] == RuleEngine.NoValue || measuredAt >= _engine.MeasuredAt[input])
            {
                _engine.Set(input, value, measuredAt);
            }
        }

        private string TextOf(int token) => _reader.TryGetString(token, out string text) ? text : null;
    }
}

using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Telemetry
{
    /// <summary>
    /// Events on their way to the broker, oldest first. A few wait in RAM while there is no connection; when more come,
    /// the oldest go and are counted.
    /// </summary>
    public sealed class EventQueue : ISensingEvents
    {
        /// <summary>Events that may wait.</summary>
        public const int Capacity = 8;

        private readonly byte[][] _waiting = new byte[Capacity][];
        private readonly IClock _clock;
        private readonly Counters _counters;
        private int _first;

        /// <summary>Creates a queue.</summary>
        /// <param name="clock">Dates the events.</param>
        /// <param name="counters">Counts the events that had to go.</param>
        public EventQueue(IClock clock, Counters counters)
        {
            _clock = clock;
            _counters = counters;
        }

        /// <summary>How many wait.</summary>
        public int Count { get; private set; }

        /// <summary>The oldest that waits, or null.</summary>
        public byte[] Peek() => Count == 0 ? null : _waiting[_first];

        /// <summary>Removes the oldest.</summary>
        public void Remove()
        {
            _waiting[_first] = null;
            _first = (_first + 1) % Capacity;
            Count--;
        }

        /// <inheritdoc/>
        public void SensorFault(string sensor, string reason) => Add("sensor-fault", "sensor", sensor, reason);

        /// <inheritdoc/>
        public void SensorRecovery(string sensor) => Add("sensor-recovery", "sensor", sensor, null);

        /// <inheritdoc/>
        public void ReadingFault(string channel, string reason) => Add("reading-fault", "channel", channel, reason);

        /// <inheritdoc/>
        public void ReadingRecovery(string channel) => Add("reading-recovery", "channel", channel, null);

        /// <summary>Adds <c>{"type":…, "subject":…, "reason":…, "time":…}</c>.</summary>
        /// <param name="type">What happened, e.g. "sensor-fault".</param>
        /// <param name="subject">Name of the member that says to what, or null.</param>
        /// <param name="value">To what.</param>
        /// <param name="reason">Why, or null.</param>
        public void Add(string type, string subject, string value, string reason)
        {
            JsonWriter writer = new JsonWriter(128, 1024);
            writer.BeginObject();
            writer.Name("type");
            writer.String(type);
            if (subject != null)
            {
                writer.Name(subject);
                writer.String(value);
            }

            if (reason != null)
            {
                writer.Name("reason");
                writer.String(reason);
            }

            if (_clock.IsSynchronized)
            {
                writer.Name("time");
                writer.Number(_clock.UtcSeconds);
            }

            writer.EndObject();
            Enqueue(writer.ToArray());
        }

        private void Enqueue(byte[] payload)
        {
            if (Count == Capacity)
            {
                Remove();
                _counters.EventsDropped++;
            }

            _waiting[(_first + Count) % Capacity] = payload;
            Count++;
        }
    }
}

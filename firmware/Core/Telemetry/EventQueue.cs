using System;
using System.Text;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Telemetry
{
    /// <summary>
    /// Events on their way to the broker: first the alarms, the newest of them before the others, then the rest, the
    /// oldest first. A few wait in RAM while there is no connection; when more come, the oldest go and are counted, alarms
    /// only when nothing else waits.
    /// </summary>
    public sealed partial class EventQueue : MessageSource, ISensingEvents
    {
        /// <summary>Events that may wait.</summary>
        public const int Capacity = 8;

        private EventQueueEntry[] _waiting; // in the order in which they came; null without any
        private readonly IClock _clock;
        private readonly Counters _counters;
        private EventQueueEntry _shown;
        private int _alarms;
        private bool _isKept;

        /// <summary>Creates a queue.</summary>
        /// <param name="clock">Dates the events.</param>
        /// <param name="counters">Counts the events that had to go.</param>
        public EventQueue(IClock clock, Counters counters)
            : base(true, true)
        {
            _clock = clock;
            _counters = counters;
        }

        /// <summary>Takes up what the last run has kept.</summary>
        /// <param name="storage">Keeps it.</param>
        public void Load(IStorage storage)
        {
            EventQueueEntry[] kept = new EventQueueEntry[Capacity];
            Count = EventFile.Load(storage, kept);
            _waiting = Count > 0 ? kept : null;
            for (int i = 0; i < Count; i++)
            {
                _alarms += _waiting[i].IsAlarm ? 1 : 0;
            }

            _isKept = Count > 0;
            Offer();
        }

        /// <summary>Keeps what waits, for a device that is about to be off. Costs nothing when nothing does.</summary>
        /// <param name="storage">Keeps it.</param>
        public void Save(IStorage storage)
        {
            if (Count > 0 || _isKept)
            {
                _counters.StorageFaults += EventFile.Save(storage, _waiting, Count) ? 0 : 1;
                _isKept = Count > 0;
            }
        }

        /// <summary>How many wait.</summary>
        public int Count;

        /// <summary>Whether an alarm waits: it is what <see cref="Peek"/> gives then.</summary>
        public bool HasAlarm => _alarms > 0;

        /// <summary>Topic of the events.</summary>
        public string Topic;

        /// <inheritdoc/>
        public override bool Encode(OutgoingMessage message)
        {
            message.Topic = Topic;
            message.Payload = Peek();
            return message.Payload != null;
        }

        /// <inheritdoc/>
        public override void Acknowledged()
        {
            Remove();
            Offer();
        }

        /// <inheritdoc/>
        public override void Failed() => Offer();

        /// <summary>The next event to be sent, or null. It gets its time as soon as the clock is set.</summary>
        public byte[] Peek()
        {
            _shown = Count == 0 ? null : _waiting[Next()];
            if (_shown != null && !_shown.IsDated && _clock.IsSynchronized)
            {
                _shown.Payload = Dated(_shown.Payload, _clock.UtcSeconds - ((_clock.Uptime - _shown.Uptime) / 1000));
                _shown.IsDated = true;
            }

            return _shown == null ? null : _shown.Payload;
        }

        /// <summary>
        /// Removes what <see cref="Peek"/> gave last, though an alarm may have come since; nothing when that had to go
        /// meanwhile, or was removed already.
        /// </summary>
        public void Remove()
        {
            for (int i = 0; i < Count; i++)
            {
                if (_waiting[i] == _shown)
                {
                    RemoveAt(i);
                    return;
                }
            }
        }

        /// <inheritdoc/>
        public void SensorFault(string sensor, string reason) => Add("sensor-fault", "sensor", sensor, reason);

        /// <inheritdoc/>
        public void SensorRecovery(string sensor) => Add("sensor-recovered", "sensor", sensor, null);

        /// <inheritdoc/>
        public void ReadingFault(string channel, string reason) => Add("reading-fault", "channel", channel, reason);

        /// <inheritdoc/>
        public void ReadingRecovery(string channel) => Add("reading-recovered", "channel", channel, null);

        /// <inheritdoc/>
        public void Alarm(Channel channel, AlarmState state, long limit)
        {
            JsonWriter writer = Begin("alarm");
            WriteText(writer, "channel", channel.Name);
            WriteText(writer, "state", state == AlarmState.High ? "high" : state == AlarmState.Low ? "low" : "normal");
            writer.Member("value", channel.Value, channel.Measurand.Scale);
            writer.Member("limit", limit, ChannelRule.Scale);
            End(writer, true);
        }

        /// <inheritdoc/>
        public void Disagreement(Channel channel, Channel other) => AddPair("disagreement", channel, other);

        /// <inheritdoc/>
        public void Agreement(Channel channel, Channel other) => AddPair("agreement", channel, other);

        /// <summary>Adds <c>{"type":…, "subject":…, "reason":…, "time":…}</c>.</summary>
        /// <param name="type">What happened, e.g. "sensor-fault".</param>
        /// <param name="subject">Name of the member that says to what, or null.</param>
        /// <param name="value">To what.</param>
        /// <param name="reason">Why, or null.</param>
        public void Add(string type, string subject, string value, string reason)
        {
            JsonWriter writer = Begin(type);
            if (subject != null)
            {
                WriteText(writer, subject, value);
            }

            if (reason != null)
            {
                WriteText(writer, "reason", reason);
            }

            End(writer, false);
        }

        /// <summary>Begins an event of a special shape: its members are written, then <see cref="End"/> is called.</summary>
        /// <param name="type">The member <c>type</c>.</param>
        /// <returns>A writer with an open object.</returns>
        public static JsonWriter Begin(string type)
        {
            JsonWriter writer = new JsonWriter(128, 1024);
            writer.BeginObject();
            WriteText(writer, "type", type);
            return writer;
        }

        private static void WriteText(JsonWriter writer, string name, string value)
        {
            writer.Name(name);
            writer.String(value);
        }

        private static byte[] Dated(byte[] payload, long seconds)
        {
            byte[] time = Encoding.UTF8.GetBytes(",\"time\":" + seconds.ToString() + "}");
            byte[] dated = new byte[payload.Length - 1 + time.Length];
            Array.Copy(payload, dated, payload.Length - 1);
            Array.Copy(time, 0, dated, payload.Length - 1, time.Length);
            return dated;
        }

        private void AddPair(string type, Channel channel, Channel other)
        {
            JsonWriter writer = Begin(type);
            WriteText(writer, "channel", channel.Name);
            writer.Member("value", channel.Value, channel.Measurand.Scale);
            WriteText(writer, "other", other.Name);
            writer.Member("otherValue", other.Value, other.Measurand.Scale);
            writer.Member("limit", channel.Rule.Disagreement, ChannelRule.Scale);
            End(writer, false);
        }

        /// <summary>Ends an event that <see cref="Begin"/> began, and queues it.</summary>
        /// <param name="writer">What <see cref="Begin"/> gave.</param>
        /// <param name="isAlarm">Whether it goes before other events and all other messages.</param>
        public void End(JsonWriter writer, bool isAlarm) => Append(writer, isAlarm);

        private EventQueueEntry Append(JsonWriter writer, bool isAlarm)
        {
            bool isDated = _clock.IsSynchronized;
            if (isDated)
            {
                writer.Member("time", _clock.UtcSeconds);
            }

            writer.EndObject();
            if (Count == Capacity)
            {
                _counters.EventsDropped++;
                if (_alarms == Capacity && !isAlarm)
                {
                    return null;
                }

                RemoveAt(FirstToGo());
            }

            _waiting = _waiting ?? new EventQueueEntry[Capacity];
            EventQueueEntry entry = new EventQueueEntry(writer.ToArray(), isAlarm, isDated, _clock.Uptime);
            _waiting[Count] = entry;
            Count++;
            _alarms += isAlarm ? 1 : 0;
            Offer();
            return entry;
        }

        private void Offer()
        {
            IsWaiting = Count > 0;
            IsUrgent = _alarms > 0;
        }

        // The newest alarm, else the oldest event.
        private int Next()
        {
            int i = _alarms == 0 ? 0 : Count - 1;
            while (_alarms > 0 && !_waiting[i].IsAlarm)
            {
                i--;
            }

            return i;
        }

        // The oldest that is no alarm, else the oldest alarm.
        private int FirstToGo()
        {
            int i = 0;
            while (_alarms < Count && _waiting[i].IsAlarm)
            {
                i++;
            }

            return i;
        }

        private void RemoveAt(int index)
        {
            EventQueueEntry entry = _waiting[index];
            Count--;
            Array.Copy(_waiting, index + 1, _waiting, index, Count - index);
            _waiting[Count] = null;
            _waiting = Count > 0 ? _waiting : null;
            _alarms -= entry.IsAlarm ? 1 : 0;
            _shown = _shown == entry ? null : _shown;
            entry.Payload = null;
        }
    }
}

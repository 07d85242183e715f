using Firmware.Json;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Rules
{
    /// <summary>
    /// Requests of rules to other devices: each is repeated with its id and growing pauses until it is answered or late, which
    /// is an event then. A rule that sends the same one again replaces it.
    /// </summary>
    internal sealed class PeerRequests : MessageSource
    {
        /// <summary>How many may be open.</summary>
        internal const int Capacity = 4;

        private const long FirstPause = 5000;
        private const int MaxResponse = 2048;
        private const int MaxShown = 160;

        private readonly DeviceContext _device;
        private readonly int[][] _rules = new int[Capacity][]; // null where none is open
        private readonly int[] _places = new int[Capacity]; // of the action in the rule
        private readonly int[] _ids = new int[Capacity];
        private readonly long[] _due = new long[Capacity];
        private readonly long[] _late = new long[Capacity];
        private readonly long[] _pause = new long[Capacity];
        private int _lastId;

        internal PeerRequests(DeviceContext device)
            : base(true, true)
        {
            _device = device;
        }

        /// <summary>How many are open.</summary>
        internal int Count
        {
            get
            {
                int count = 0;
                for (int i = 0; i < Capacity; i++)
                {
                    count += _rules[i] == null ? 0 : 1;
                }

                return count;
            }
        }

        /// <summary>Uptime at which <see cref="Tick"/> has work. What is due waits for the link: it is looked at again in a second.</summary>
        internal long DueAt(long now)
        {
            long due = long.MaxValue;
            for (int i = 0; i < Capacity; i++)
            {
                if (_rules[i] != null)
                {
                    long at = _due[i] > now ? _due[i] : now + 1000;
                    at = at < _late[i] ? at : _late[i];
                    due = at < due ? at : due;
                }
            }

            return due;
        }

        /// <summary>Forgets all: their rules are gone.</summary>
        internal void Clear()
        {
            for (int i = 0; i < Capacity; i++)
            {
                _rules[i] = null;
            }

            IsWaiting = false;
        }

        /// <summary>Opens a request.</summary>
        /// <param name="rule">The rule.</param>
        /// <param name="at">The place of the action.</param>
        /// <param name="start">Uptime in milliseconds at which it may be sent.</param>
        internal void Open(int[] rule, int at, long start)
        {
            int free = -1;
            for (int i = Capacity - 1; i >= 0; i--)
            {
                free = _rules[i] == null || (_rules[i] == rule && _places[i] == at) ? i : free;
            }

            if (free < 0)
            {
                Report(rule, at, "dropped", "more than " + Capacity + " requests are open", null);
                return;
            }

            _rules[free] = rule;
            _places[free] = at;
            _ids[free] = ++_lastId;
            _due[free] = start;
            _pause[free] = FirstPause;
            int place = at + 3 + ((rule[at] & RuleCode.HasParams) == 0 ? 0 : 1);
            _late[free] = start + (((rule[at] & RuleCode.HasDeadline) == 0 ? RuleCode.DefaultDeadline : rule[place]) * 1000L);
            IsWaiting = true;
        }

        /// <summary>Ends what is late, and offers what is due.</summary>
        internal void Tick(long now)
        {
            for (int i = 0; i < Capacity; i++)
            {
                if (_rules[i] != null && now >= _late[i])
                {
                    End(i, "late", null, null);
                }
                else if (_rules[i] != null && now >= _due[i])
                {
                    IsWaiting |= !IsInFlight;
                }
            }
        }

        /// <inheritdoc/>
        public override bool Encode(OutgoingMessage message)
        {
            for (int i = 0; i < Capacity; i++)
            {
                int[] rule = _rules[i];
                if (rule == null || message.Now < _due[i] || message.Now >= _late[i])
                {
                    continue;
                }

                int at = _places[i];
                message.Topic = _device.Topics.Prefix + "/" + RuleCode.Text(rule, rule[at + 1]) + "/request";
                JsonWriter writer = message.Writer;
                writer.BeginObject();
                writer.Member("jsonrpc", "2.0");
                writer.Member("id", IdOf(i));
                writer.Member("method", RuleCode.Text(rule, rule[at + 2]));
                if ((rule[at] & RuleCode.HasParams) != 0)
                {
                    byte[] parameters = RuleCode.Utf8(rule, rule[at + 3]);
                    writer.Name("params");
                    writer.Raw(parameters, 0, parameters.Length);
                }

                if (_device.Clock.IsSynchronized)
                {
                    writer.Member("deadline", _device.Clock.UtcSeconds + ((_late[i] - message.Now) / 1000));
                }

                writer.Member("from", _device.Identity.DeviceId);
                writer.EndObject();
                _due[i] = message.Now + _pause[i];
                _pause[i] *= 2;
                return true;
            }

            return false;
        }

        /// <inheritdoc/>
        public override void Acknowledged() => Tick(_device.Clock.Uptime);

        /// <inheritdoc/>
        public override void Failed() => Tick(_device.Clock.Uptime);

        /// <summary>Takes a message on the topic on which a device answers to this one.</summary>
        internal void Response(string device, byte[] payload)
        {
            JsonReader reader = new JsonReader(MaxResponse);
            if (!reader.TryParse(payload, 0, payload.Length) || !reader.TryGetString(reader.Find(0, "id"), out string id))
            {
                return;
            }

            for (int i = 0; i < Capacity; i++)
            {
                if (_rules[i] != null && IdOf(i) == id && RuleCode.Text(_rules[i], _rules[i][_places[i] + 1]) == device)
                {
                    int error = reader.Find(0, "error");
                    reader.TryGetString(reader.Find(error, "message"), out string reason);
                    int result = reader.Find(0, "result");
                    bool isShort = error == JsonReader.None && result != JsonReader.None && reader.LengthOf(result) <= MaxShown;
                    reason = reason != null && reason.Length > MaxShown ? reason.Substring(0, MaxShown) : reason;
                    End(i, error == JsonReader.None ? "done" : "refused", reason, isShort ? reader.CopyOf(result) : null);
                }
            }
        }

        // Of this run: an answer to an earlier one is not taken for one to this.
        private string IdOf(int i) => "rule-" + _device.BootCount + "-" + _ids[i];

        private void End(int i, string state, string reason, byte[] result)
        {
            int[] rule = _rules[i];
            _rules[i] = null;
            Report(rule, _places[i], state, reason, result);
        }

        private void Report(int[] rule, int at, string state, string reason, byte[] result)
        {
            JsonWriter writer = EventQueue.Begin("rule-request");
            writer.Member("rule", RuleCode.Name(rule));
            writer.Member("device", RuleCode.Text(rule, rule[at + 1]));
            writer.Member("method", RuleCode.Text(rule, rule[at + 2]));
            writer.Member("state", state);
            writer.Member("reason", reason);
            if (result != null)
            {
                writer.Name("result");
                writer.Raw(result, 0, result.Length);
            }

            _device.Events.End(writer, false);
        }
    }
}

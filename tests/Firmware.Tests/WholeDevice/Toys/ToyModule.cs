using System;
using System.Collections;
using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Settings;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;

namespace Firmware.Tests.WholeDevice.Toys
{
    /// <summary>
    /// A module with one of each: a method, settings, a member of the status, a topic, a source of messages, and work at
    /// times. A board takes it with one line; nothing else knows it.
    /// </summary>
    public sealed class ToyModule : Module
    {
        private readonly ToySettings _settings = new ToySettings();
        private readonly Source _source = new Source();
        private DeviceContext _device;

        /// <summary>Where it throws: "start", "tick" or "message"; null for nowhere.</summary>
        public string ThrowsIn;

        /// <summary>Milliseconds between two calls of Tick; 0 for none.</summary>
        public int Period;

        /// <summary>Uptimes of its ticks, as text.</summary>
        public string Ticks = "";

        /// <summary>What it received, as text.</summary>
        public string Received = "";

        /// <summary>Messages that the broker has acknowledged.</summary>
        public int Acknowledged => _source.Count;

        /// <summary>Its setting, as it was last read.</summary>
        public int Speed;

        internal int Calls;

        public override string Name => "toy";

        public override SettingGroup Settings => _settings;

        public override IMethod[] Methods => new IMethod[] { new Method(this) };

        public override IStatusMember Status => new Member(this);

        public override string[] Topics => new[] { _device.Topics.Prefix + "/toys/+" };

        public override void Start(DeviceContext device)
        {
            RunAt(0);
            ThrowIf("start");
            _device = device;
            OnSettings(device.Settings);
            device.Publisher.Add(_source, MessageRank.Reading);
            RunAt(Period > 0 ? Period : long.MaxValue);
        }

        public override void Tick(long now)
        {
            Ticks += now + " ";
            ThrowIf("tick");
            RunAt(now + Period);
        }

        public override void OnMessage(LinkEvent message, long now)
        {
            ThrowIf("message");
            string text = Utf8.Text(message.Payload);
            Received += message.Topic + " " + text + ";";
            if (message.Topic.EndsWith("/say"))
            {
                Publish(text);
            }
        }

        public override void OnSettings(DeviceSettings settings) => Speed = settings.Number(_settings, ToySettings.Speed);

        private void Publish(string text)
        {
            _source.Topic = _device.Topics.Own + "toy";
            _source.Texts.Enqueue(text);
            _source.IsWaiting = true;
        }

        private void ThrowIf(string place)
        {
            if (ThrowsIn == place)
            {
                throw new InvalidOperationException();
            }
        }

        private sealed class Method : IMethod
        {
            private readonly ToyModule _toy;

            internal Method(ToyModule toy)
            {
                _toy = toy;
            }

            public string Name => "toy.call";

            public Param[] Params => new Param[0];

            public RpcError Invoke(Request request, JsonWriter result)
            {
                _toy.Calls++;
                result.Number(_toy.Calls);
                return null;
            }
        }

        private sealed class Member : IStatusMember
        {
            private readonly ToyModule _toy;

            internal Member(ToyModule toy)
            {
                _toy = toy;
            }

            public string Name => "toy";

            public void WriteTo(JsonWriter writer)
            {
                writer.BeginObject();
                writer.Name("calls");
                writer.Number(_toy.Calls);
                writer.EndObject();
            }
        }

        private sealed class Source : MessageSource
        {
            internal readonly Queue Texts = new Queue();
            internal string Topic;
            internal int Count;

            internal Source()
                : base(true, true)
            {
            }

            public override bool Encode(OutgoingMessage message)
            {
                message.Topic = Topic;
                message.Writer.String((string)Texts.Peek());
                return true;
            }

            public override void Acknowledged()
            {
                Count++;
                Texts.Dequeue();
                IsWaiting = Texts.Count > 0;
            }
        }
    }
}

using System;
using Firmware.HomeAssistant;
using Firmware.Inputs.Windows;
using Firmware.Outputs;
using Firmware.Platform;
using Firmware.Sleep;

namespace Firmware.Tests.Fakes
{
    /// <summary>A whole device on fakes: a BME280 at 76, nothing at 77, and a test that plays network and broker.</summary>
    public sealed class DeviceRig
    {
        public const string DefaultSettings = "{'reconnect':{'spread':1},'interval':10}";

        private const int MaxSteps = 10000;

        public DeviceRig()
            : this(DefaultSettings)
        {
        }

        public DeviceRig(string settings)
            : this(new MemoryStorage(), settings)
        {
        }

        /// <summary>Boots on a storage; settings may be null to leave those that are there.</summary>
        public DeviceRig(MemoryStorage storage, string settings)
            : this(storage, settings, "power-on")
        {
        }

        public DeviceRig(MemoryStorage storage, string settings, string wakeCause)
            : this(storage, settings, wakeCause, 0)
        {
        }

        public DeviceRig(MemoryStorage storage, string settings, string wakeCause, int adcMillivolts)
            : this(storage, settings, wakeCause, adcMillivolts, new Module[0])
        {
        }

        /// <summary>A device with further modules.</summary>
        public DeviceRig(MemoryStorage storage, string settings, string wakeCause, int adcMillivolts, Module[] modules)
            : this(storage, settings, wakeCause, adcMillivolts, modules, null)
        {
        }

        /// <summary>A device that knows what its pins can serve.</summary>
        public DeviceRig(MemoryStorage storage, string settings, string wakeCause, int adcMillivolts, Module[] modules, PinTable table)
        {
            Power.BatteryMillivolts = adcMillivolts;
            Storage = storage;
            if (settings != null)
            {
                storage.Put("settings.json", SingleQuoted.Text(settings));
            }

            Inbox = new Inbox(Clock);
            Link.Sink = Inbox;
            DeviceBuilder builder = new DeviceBuilder(new Hardware
            {
                Identity = new BoardIdentity("test-board", new byte[] { 2, 0, 0, 0, 0, 1 }, wakeCause),
                Clock = Clock,
                Inbox = Inbox,
                Network = Network,
                Link = Link,
                SensorPorts = new ISensorPort[] { Slot76, Slot77 },
                Storage = Storage,
                Memory = Memory,
                Power = Power,
                PinTable = table,
                Led = Pins.Open(2, false),
            })
                .Add(new SleepModule(Power, new PowerProfile { Boot = 40000, Measure = 40000, Join = 110000, Connect = 100000, Handshake = 120000, Publish = 100000, Listen = 95000, Sleep = 15 }))
                .Add(new OutputModule(Pins, null))
                .Add(new WindowModule())
                .Add(new HomeAssistantModule());
            foreach (Module module in modules)
            {
                builder.Add(module);
            }

            Device = builder.Build();
        }

        public ManualClock Clock { get; } = new ManualClock();

        public Inbox Inbox { get; }

        public FakeNetwork Network { get; } = new FakeNetwork();

        public FakeLink Link { get; } = new FakeLink();

        public ScriptedPort Slot76 { get; } = new ScriptedPort("76", ScriptedSensor.Bme280());

        public ScriptedPort Slot77 { get; } = new ScriptedPort("77", null);

        public FakeMemory Memory { get; } = new FakeMemory();

        public FakePower Power { get; } = new FakePower();

        public FakePins Pins { get; } = new FakePins();

        public MemoryStorage Storage { get; }

        public Device Device { get; }

        /// <summary>A device that is connected and has sent its first pack.</summary>
        public static DeviceRig Online()
        {
            DeviceRig rig = new DeviceRig();
            rig.Device.Start();
            rig.GoOnline();
            return rig;
        }

        /// <summary>Lets a device that is joining get through to the broker, and the broker acknowledge what waited.</summary>
        public void GoOnline()
        {
            GoSubscribing();
            Post(LinkEventKind.Subscribed);
            Device.Step();
            Settle();
        }

        /// <summary>Steps until nothing comes in any more; no time goes by.</summary>
        public void Settle()
        {
            for (int i = 0; i < MaxSteps && !Inbox.IsEmpty; i++)
            {
                Device.Step();
            }
        }

        /// <summary>Lets a device that is joining get as far as to wait for its subscriptions.</summary>
        public void GoSubscribing()
        {
            Inbox.Post(new LinkEvent(LinkEventKind.Joined, Network.Attempt));
            Device.Step();
            Post(LinkEventKind.LinkUp);
            Device.Step();
        }

        /// <summary>Breaks the connection.</summary>
        public void LoseLink()
        {
            Post(LinkEventKind.LinkDown);
            Device.Step();
        }

        /// <summary>Posts a signal of the present connection.</summary>
        public void Post(LinkEventKind kind) => Inbox.Post(new LinkEvent(kind, Link.Attempt));

        /// <summary>Posts the acknowledgement of a message.</summary>
        public void Acknowledge(int id) => Inbox.Post(new LinkEvent(LinkEventKind.Acknowledged, Link.Attempt) { MessageId = id });

        /// <summary>Posts a request in single-quoted JSON.</summary>
        public void Request(string request) => Inbox.Post(new LinkEvent(LinkEventKind.Message, Link.Attempt)
        {
            Topic = "m2m/esp32-020000000001/request",
            Payload = SingleQuoted.Bytes(request),
        });

        /// <summary>Asks, and says what was answered.</summary>
        public string Ask(string request)
        {
            Request(request);
            Device.Step();
            Publication answer = Link.Last("/response/any");
            return answer == null ? null : answer.Text;
        }

        /// <summary>What "info" says.</summary>
        public string Info() => Ask("{'jsonrpc':'2.0','id':'i" + Clock.Uptime + "','method':'info'}");

        /// <summary>Runs the loop for some time, or until the device has stopped; the last step is at its end.</summary>
        public void Run(long milliseconds)
        {
            long end = Clock.Uptime + milliseconds;
            for (int i = 0; i < MaxSteps; i++)
            {
                int pause = Device.Step();
                long left = end - Clock.Uptime;
                if (left <= 0 || Device.IsStopped)
                {
                    return;
                }

                Clock.Wait(pause < left ? pause : (int)left);
            }

            throw new InvalidOperationException("the loop never pauses");
        }
    }
}

using Firmware.Actuation;
using Firmware.Connectivity;
using Firmware.Diagnostics;
using Firmware.HomeAssistant;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Settings;
using Firmware.Telemetry;

namespace Firmware
{
    /// <summary>What a device is made of, put together from its hardware and its settings. Nothing starts here.</summary>
    internal sealed class Parts
    {
        private bool _isShed;

        internal Parts(Hardware hardware, BootRecord boot, Counters counters)
        {
            IClock clock = hardware.Clock;
            Hardware = hardware;
            Boot = boot;
            Counters = counters;
            Events = new EventQueue(clock, counters);
            Store = new SettingsStore(hardware.Storage, counters);
            Settings = Startup.LoadSettings(Store, boot, Events);
            StartRevision = Store.Revision;
            Log = new DeviceLog(clock, Settings.LogSize) { Published = Settings.LogLevel };
            History = new History(boot.IsSafeMode ? 0 : Settings.HistorySize);
            Sampler = new Sampler(hardware.Slots, clock, Events, counters, Settings.Channels);
            Sequence = new Sequence(hardware.Storage, counters, Settings.Interval);
            Senml = new SenmlPack(hardware.Identity.SenmlBaseName, clock);
            Outbox = new Outbox(hardware.Storage, clock, counters, Sequence, Senml, new OutboxOptions
            {
                Boot = boot.Count,
                Capacity = Settings.OutboxSize,
                WriteBack = Settings.OutboxWriteBack * 1000,
            });
            Health = new Health(hardware, Outbox, counters);
            Actuators = new Actuators(boot.IsSafeMode ? new ActuatorRule[0] : Settings.Actuators, hardware.Pins, clock, Events, Log);
            Led = new Blinker(hardware.Led, clock);
            Topics = new Topics(Settings.Prefix, hardware.Identity.DeviceId, Settings.Groups);
            Presence = new Presence(hardware.Identity, clock, FirmwareVersion.Text, boot.Count, StatusMembers());
            Connection = new Connection(hardware, PlanConnection(Settings), counters);
            Budget = new TokenBucket(Settings.MqttBurst, Settings.MqttRate);
            Discovery = new Discovery(hardware.Storage, clock, counters, hardware.Identity, FirmwareVersion.Text);
            Reconfiguration = new Reconfiguration(Store, Events, Log);
        }

        internal Hardware Hardware { get; }

        internal Counters Counters { get; }

        internal BootRecord Boot { get; }

        internal EventQueue Events { get; }

        internal SettingsStore Store { get; }

        /// <summary>The settings of the start.</summary>
        internal DeviceSettings Settings { get; }

        /// <summary>Their revision.</summary>
        internal int StartRevision { get; }

        internal DeviceLog Log { get; }

        internal History History { get; }

        internal Sampler Sampler { get; }

        internal Sequence Sequence { get; }

        internal SenmlPack Senml { get; }

        internal Outbox Outbox { get; }

        internal Health Health { get; }

        internal Actuators Actuators { get; }

        internal Blinker Led { get; }

        internal Topics Topics { get; }

        internal Presence Presence { get; }

        internal Connection Connection { get; }

        internal TokenBucket Budget { get; }

        internal Discovery Discovery { get; }

        internal Reconfiguration Reconfiguration { get; }

        private int Seed => Jitter.SeedOf(Hardware.Identity.DeviceId, Boot.Count);

        /// <summary>A source of chance that differs between devices and between their runs.</summary>
        internal Jitter CreateJitter() => new Jitter(Seed);

        /// <summary>Networks, brokers and topics as the settings have them.</summary>
        internal ConnectionPlan PlanConnection(DeviceSettings settings) => new ConnectionPlan
        {
            Networks = settings.Wifi,
            Sessions = BrokerSession.ForEach(settings.Brokers, Hardware.Identity.DeviceId, Topics.Status, Presence.Lost(), settings.MqttVersion),
            Topics = Topics.Requests,
            PingTopic = Topics.Ping,
            TimeServers = settings.TimeServers,
            Seed = Seed,
        };

        /// <summary>Gives back, once, the memory that the device can do without.</summary>
        internal void Shed()
        {
            if (!_isShed)
            {
                _isShed = true;
                History.Shed();
                Log.Shed();
            }
        }

        private IStatusMember[] StatusMembers() =>
            Actuators.All.Length == 0 ? new IStatusMember[] { Health } : new IStatusMember[] { Health, new ActuatorStates(Actuators) };
    }
}

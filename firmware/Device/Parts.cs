using System;
using Firmware.Actuation;
using Firmware.Connectivity;
using Firmware.Diagnostics;
using Firmware.HomeAssistant;
using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Power;
using Firmware.Sensing;
using Firmware.Settings;
using Firmware.Telemetry;
using Firmware.Updates;

namespace Firmware
{
    /// <summary>What a device is made of, put together from its hardware and its settings. Nothing starts here.</summary>
    internal sealed class Parts
    {
        private const int NumbersReserved = 128;

        private bool _isShed;

        internal Parts(Hardware hardware, BootRecord boot, Counters counters, WakeContext awakening)
        {
            IClock clock = hardware.Clock;
            Hardware = hardware;
            WakeContext = awakening;
            awakening.SetClock(clock);
            Boot = boot;
            Counters = counters;
            Events = new EventQueue(clock, counters);
            Store = new SettingsStore(hardware.Storage, counters, new SettingsCatalog(SleepGroup, UpdateGroup, HomeAssistantGroup));
            Settings = Startup.LoadSettings(Store, boot, Events, hardware.Storage);
            StartRevision = Store.Revision;
            Sleeps = Settings.Number(SleepGroup, SleepSettings.Mode) == (int)PowerMode.DeepSleep && !boot.IsSafeMode && hardware.Power != null;
            HasBattery = hardware.Power != null && hardware.Power.BatteryMillivolts > 0;
            Battery = new BatteryWatch(BatteryCurve.Parse((string)Settings.Value(SleepGroup, SleepSettings.Curve)), Settings.Number(SleepGroup, SleepSettings.Low), Settings.Number(SleepGroup, SleepSettings.Critical), awakening.Record.Battery);
            Log = new DeviceLog(clock, Settings.LogSize) { Published = Settings.LogLevel };
            History = new History(boot.IsSafeMode ? 0 : Settings.HistorySize);
            Sampler = new Sampler(Slots(), clock, Events, counters, Settings.Channels) { BoardSlots = hardware.Slots.Length };
            Sequence = CreateSequence();
            Senml = new SenmlPack(hardware.Identity.SenmlBaseName, clock);
            Outbox = new Outbox(hardware.Storage, clock, counters, Sequence, Senml, new OutboxOptions
            {
                Boot = boot.Count,
                Capacity = Settings.OutboxSize,
                WriteBack = Settings.OutboxWriteBack * 1000,
            });
            if (WakeContext.IsSleepEnd)
            {
                Outbox.Continue(awakening.Record.OpenSequence, awakening.Record.OpenSize);
            }

            Health = new Health(hardware, Outbox, counters);
            Actuators = new Actuators(Settings.Actuators, hardware.Pins, clock, Events, Log);
            Led = new Blinker(hardware.Led, clock);
            Power = new PowerStatus(clock, Battery, awakening.Record, Sleeps, Settings.Number(SleepGroup, SleepSettings.Capacity));
            Topics = new Topics(Settings.Prefix, hardware.Identity.DeviceId, Settings.Groups, hardware.Updates == null ? null : hardware.Identity.Board);
            Presence = new Presence(hardware.Identity, clock, FirmwareVersion.Text, boot.Count, StatusMembers());
            Connection = new Connection(hardware, PlanConnection(Settings, Settings.TimeServers), counters);
            Budget = new TokenBucket(Settings.MqttBurst, Settings.MqttRate);
            Discovery = new Discovery(hardware.Storage, clock, counters, hardware.Identity, FirmwareVersion.Text);
            Reconfiguration = new Reconfiguration(Store, Events, Log);
        }

        internal SleepSettings SleepGroup { get; } = new SleepSettings();

        internal UpdateSettings UpdateGroup { get; } = new UpdateSettings();

        internal HomeAssistantSettings HomeAssistantGroup { get; } = new HomeAssistantSettings();

        internal Hardware Hardware { get; }

        internal Counters Counters { get; }

        internal BootRecord Boot { get; }

        internal WakeContext WakeContext { get; }

        /// <summary>Whether the device sleeps between its measurements.</summary>
        internal bool Sleeps { get; }

        internal BatteryWatch Battery { get; }

        internal PowerStatus Power { get; }

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

        // Asked once: the converter takes a series of samples each time, and every wake is a start.
        internal bool HasBattery { get; }

        private bool HasPowerStatus => Sleeps || HasBattery;

        private int Seed => Jitter.SeedOf(Hardware.Identity.DeviceId, Boot.Count);

        /// <summary>A source of chance that differs between devices and between their runs.</summary>
        internal Jitter CreateJitter() => new Jitter(Seed);

        /// <summary>Networks, brokers and topics as the settings have them.</summary>
        internal ConnectionPlan PlanConnection(DeviceSettings settings, string[] timeServers) => new ConnectionPlan
        {
            Networks = settings.Wifi,
            Sessions = BrokerSession.ForEach(settings.Brokers, Hardware.Identity.DeviceId, Topics.Status, Presence.Lost(), settings.MqttVersion),
            Topics = Topics.Requests,
            PingTopic = Topics.Ping,
            UpdateOffers = Topics.UpdateOffers,
            UpdateBlocks = Topics.UpdateBlocks,
            TimeServers = timeServers,
            Seed = Seed,
        };

        /// <summary>Measures the battery; a change of its state is an event that goes before others.</summary>
        internal void MeasureBattery()
        {
            int millivolts = BatteryCurve.Millivolts(Hardware.Power.BatteryMillivolts, Settings.Number(SleepGroup, SleepSettings.Divider));
            if (!Battery.Update(millivolts))
            {
                return;
            }

            JsonWriter writer = EventQueue.Begin("battery");
            writer.Name("state");
            writer.String(PowerStatus.Word(Battery.State));
            writer.Name("millivolts");
            writer.Number(millivolts);
            writer.Name("percent");
            writer.Number(Battery.Percent);
            Events.End(writer, true);
        }

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

        // The supply is a sensor like any other, behind those of the board.
        private ISensorPort[] Slots()
        {
            if (!HasPowerStatus)
            {
                return Hardware.Slots;
            }

            ISensorPort[] slots = new ISensorPort[Hardware.Slots.Length + 1];
            Hardware.Slots.CopyTo(slots, 0);
            slots[Hardware.Slots.Length] = new PowerSensor(HasBattery ? Battery : null, Sleeps ? WakeContext.Record.Energy : null);
            return slots;
        }

        // A device that sleeps carries its count in the wake record: flash is written for it a few times a day.
        private Sequence CreateSequence()
        {
            IStorage storage = Hardware.Storage;
            if (!Sleeps)
            {
                return new Sequence(storage, Counters, Settings.Interval);
            }

            WakeRecord record = WakeContext.Record;
            return WakeContext.IsSleepEnd && record.NextSequence > 0
                ? new Sequence(storage, Counters, NumbersReserved, record.NextSequence, record.SequenceEnd)
                : new Sequence(storage, Counters, 1) { Block = NumbersReserved };
        }

        private IStatusMember[] StatusMembers()
        {
            IStatusMember[] all = { Health, Actuators.All.Length > 0 ? new ActuatorStates(Actuators) : null, HasPowerStatus ? Power : null };
            int count = 0;
            for (int i = 0; i < all.Length; i++)
            {
                if (all[i] != null)
                {
                    all[count++] = all[i];
                }
            }

            IStatusMember[] members = new IStatusMember[count];
            Array.Copy(all, members, count);
            return members;
        }
    }
}

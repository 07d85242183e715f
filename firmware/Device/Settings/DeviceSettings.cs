using System;
using Firmware.Actuation;
using Firmware.Platform;
using Firmware.Power;
using Firmware.Sensing;
using Firmware.Telemetry;

namespace Firmware.Settings
{
    /// <summary>What the owner of a device can set, with defaults. Does not change while it is in use: a changed copy takes its place.</summary>
    public sealed class DeviceSettings
    {
        /// <summary>Name of the file in the device's storage through which it is set up.</summary>
        public const string File = "settings.json";

        /// <summary>Seconds between two measurements by default.</summary>
        public const int DefaultInterval = 10;

        /// <summary>Seconds between two measurements at most.</summary>
        public const int MaxInterval = 86400;

        // By SettingField. The numbers are apart: as objects they would take 900 bytes more.
        private readonly object[] _values = new object[SettingField.FirstNumber];
        private readonly int[] _numbers = new int[SettingField.Count - SettingField.FirstNumber];

        /// <summary>Creates settings that are all at their defaults.</summary>
        public DeviceSettings()
            : this(new SettingsCatalog())
        {
        }

        internal DeviceSettings(SettingsCatalog catalog)
        {
            for (int i = 0; i < catalog.Count; i++)
            {
                Reset(catalog[i]);
            }
        }

        private DeviceSettings(DeviceSettings other)
        {
            other._values.CopyTo(_values, 0);
            other._numbers.CopyTo(_numbers, 0);
        }

        /// <summary>Networks to join in order of preference; none means the one that is stored in the chip.</summary>
        public WifiNetwork[] Wifi => (WifiNetwork[])_values[SettingField.Wifi];

        /// <summary>The brokers in order of preference, one at least.</summary>
        public BrokerAddress[] Brokers => (BrokerAddress[])_values[SettingField.Broker];

        /// <summary>The broker that is preferred.</summary>
        public BrokerAddress Broker => Brokers[0];

        /// <summary>The version of MQTT.</summary>
        public MqttVersion MqttVersion => Number(SettingField.MqttVersion) == 0 ? MqttVersion.V311 : MqttVersion.V5;

        /// <summary>Messages with readings and events that may go at once, 1 to 1000.</summary>
        public int MqttBurst => Number(SettingField.MqttBurst);

        /// <summary>Messages with readings and events that may go each second in the long run, 1 to 100.</summary>
        public int MqttRate => Number(SettingField.MqttRate);

        /// <summary>Host names of time servers, at most 2; none means that the clock is not set from the network.</summary>
        public string[] TimeServers => (string[])_values[SettingField.TimeServers];

        /// <summary>First level or levels of all topics.</summary>
        public string Prefix => (string)_values[SettingField.Prefix];

        /// <summary>Groups that the device belongs to, besides "all".</summary>
        public string[] Groups => (string[])_values[SettingField.Groups];

        /// <summary>Bytes of flash that waiting readings may take.</summary>
        public int OutboxSize => Number(SettingField.OutboxSize);

        /// <summary>Seconds in which a reading may be acknowledged without touching flash.</summary>
        public int OutboxWriteBack => Number(SettingField.OutboxWriteBack);

        /// <summary>Seconds between two measurements, 1 to 86400.</summary>
        public int Interval => Number(SettingField.Interval);

        /// <summary>What is wanted of the channels that the owner named.</summary>
        public ChannelRule[] Channels => (ChannelRule[])_values[SettingField.Channels];

        /// <summary>The actuators that the owner named.</summary>
        public ActuatorRule[] Actuators => (ActuatorRule[])_values[SettingField.Actuators];

        /// <summary>How readings are written.</summary>
        public TelemetryFormat TelemetryFormat => (TelemetryFormat)Number(SettingField.TelemetryFormat);

        /// <summary>Bytes of RAM that past readings may take, 0 to 16384; 0 for none.</summary>
        public int HistorySize => Number(SettingField.HistorySize);

        /// <summary>Bytes of RAM that the log may take, 0 to 8192; 0 for none.</summary>
        public int LogSize => Number(SettingField.LogSize);

        /// <summary>The least grave lines of the log that are published.</summary>
        public LogLevel LogLevel => (LogLevel)Number(SettingField.LogLevel);

        /// <summary>Seconds after which the status is published again, 0 to 86400; 0 when it changes only.</summary>
        public int StatusInterval => Number(SettingField.StatusInterval);

        /// <summary>Whether the device announces itself to Home Assistant.</summary>
        public bool HomeAssistant => Number(SettingField.HomeAssistant) != 0;

        /// <summary>First level or levels of the topics on which Home Assistant looks for devices.</summary>
        public string HomeAssistantPrefix => (string)_values[SettingField.HomeAssistantPrefix];

        /// <summary>Whether the device sleeps between its measurements.</summary>
        public PowerMode PowerMode => (PowerMode)Number(SettingField.PowerMode);

        /// <summary>Readings are sent in each so many wakes, 1 to 288.</summary>
        public int PowerPublishEvery => Number(SettingField.PowerPublishEvery);

        /// <summary>Milliseconds for which a wake listens after the last thing that came from the broker, 100 to 10000.</summary>
        public int PowerListen => Number(SettingField.PowerListen);

        /// <summary>Seconds that a wake may take, 15 to 120.</summary>
        public int PowerCap => Number(SettingField.PowerCap);

        /// <summary>Seconds after which requests are fetched although there is nothing to send, 60 to 86400.</summary>
        public int PowerMailbox => Number(SettingField.PowerMailbox);

        /// <summary>GPIO that wakes the device, -1 for none.</summary>
        public int PowerWakePin => Number(SettingField.PowerWakePin);

        /// <summary>Whether a high level wakes it, or a low one.</summary>
        public bool PowerWakeHigh => Number(SettingField.PowerWakeHigh) != 0;

        /// <summary>What the full battery holds in mAh, 0 when that is not known.</summary>
        public int PowerCapacity => Number(SettingField.PowerCapacity);

        /// <summary>How many times more the battery has than the converter sees, in thousandths.</summary>
        public int PowerDivider => Number(SettingField.PowerDivider);

        /// <summary>The battery's curve, see <see cref="BatteryCurve.Parse"/>.</summary>
        public string PowerCurve => (string)_values[SettingField.PowerCurve];

        /// <summary>Below this the battery is low: percent up to 100, millivolts above.</summary>
        public int PowerLow => Number(SettingField.PowerLow);

        /// <summary>Below this the battery is as good as empty, likewise.</summary>
        public int PowerCritical => Number(SettingField.PowerCritical);

        /// <summary>Below so many percent of the battery no update is fetched.</summary>
        public int UpdateBattery => Number(SettingField.UpdateBattery);

        /// <summary>Below this signal strength in dBm no update is fetched.</summary>
        public int UpdateSignal => Number(SettingField.UpdateSignal);

        /// <summary>The UTC hour from which updates are fetched.</summary>
        public int UpdateFromHour => Number(SettingField.UpdateFromHour);

        /// <summary>The UTC hour until which they are; the same: at any time.</summary>
        public int UpdateToHour => Number(SettingField.UpdateToHour);

        /// <summary>So many percent of the devices, chosen by id and version, take an update.</summary>
        public int UpdatePercent => Number(SettingField.UpdatePercent);

        /// <summary>Seconds by which an update is put off at most, by chance.</summary>
        public int UpdateDelay => Number(SettingField.UpdateDelay);

        /// <summary>Seconds in which a new image has to be online and to have measured.</summary>
        public int UpdateTrial => Number(SettingField.UpdateTrial);

        /// <summary>Copies them; what cannot change is shared.</summary>
        /// <returns>Settings that may be changed without changing these.</returns>
        public DeviceSettings Copy() => new DeviceSettings(this);

        /// <summary>A copy with another calibration of one channel.</summary>
        /// <param name="channel">The channel's name.</param>
        /// <param name="offset">See <see cref="ChannelRule.Offset"/>.</param>
        /// <param name="gain">See <see cref="ChannelRule.Gain"/>.</param>
        /// <returns>The copy, or null when there are rules for too many channels already.</returns>
        public DeviceSettings WithCalibration(string channel, long offset, long gain)
        {
            RuleTable table = new RuleTable(new SettingsCatalog().Find("channels"), Channels);
            object rule = table.Find(channel) ?? table.Add(channel);
            if (rule == null)
            {
                return null;
            }

            RuleFields.Set(rule, RuleFields.Offset, offset);
            RuleFields.Set(rule, RuleFields.Gain, gain);
            table.RemoveEmpty();
            DeviceSettings changed = Copy();
            changed.Set(SettingField.Channels, table.ToArray());
            return changed;
        }

        /// <summary>A value; a number as long.</summary>
        internal object Get(int field) => field < SettingField.FirstNumber ? _values[field] : (object)(long)Number(field);

        internal void Set(int field, object value)
        {
            if (field < SettingField.FirstNumber)
            {
                _values[field] = value;
            }
            else
            {
                _numbers[field - SettingField.FirstNumber] = (int)(long)value;
            }
        }

        internal void Reset(Setting setting) => Set(setting.Field, setting.IsNumeric ? setting.Standard : setting.Value);

        private int Number(int field) => _numbers[field - SettingField.FirstNumber];
    }
}

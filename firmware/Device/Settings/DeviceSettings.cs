using System.Collections;
using Firmware.Connectivity;
using Firmware.Diagnostics;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Sampling;
using Firmware.Sensing;
using Firmware.Telemetry;

namespace Firmware.Settings
{
    /// <summary>
    /// The values of all settings of a device. They do not change while they are in use: a changed copy takes their place.
    /// </summary>
    public sealed class DeviceSettings
    {
        /// <summary>Name of the file in the device's storage through which it is set up.</summary>
        public const string File = "settings.json";

        /// <summary>Seconds between two measurements by default.</summary>
        public const int DefaultInterval = 10;

        /// <summary>Seconds between two measurements at most.</summary>
        public const int MaxInterval = 86400;

        // By the number in the catalog: an integer, or for anything else its place among the objects. Integers as objects
        // would take 900 bytes more.
        private readonly int[] _numbers;
        private readonly object[] _values;

        /// <summary>Creates settings that are all at their defaults.</summary>
        /// <param name="catalog">The device's catalog.</param>
        public DeviceSettings(SettingsCatalog catalog)
        {
            Catalog = catalog;
            _numbers = new int[catalog.Count];
            ArrayList values = new ArrayList();
            for (int i = 0; i < _numbers.Length; i++)
            {
                Setting setting = catalog[i];
                _numbers[i] = setting.IsInteger ? (int)(long)setting.Default : values.Add(setting.Default);
            }

            _values = values.ToArray();
        }

        private DeviceSettings(DeviceSettings other)
        {
            Catalog = other.Catalog;
            _numbers = new int[other._numbers.Length];
            _values = new object[other._values.Length];
            other._numbers.CopyTo(_numbers, 0);
            other._values.CopyTo(_values, 0);
        }

        /// <summary>The catalog of all settings.</summary>
        public readonly SettingsCatalog Catalog;

        /// <summary>Networks to join in order of preference; none means the one that is stored in the chip.</summary>
        public WifiNetwork[] Wifi => (WifiNetwork[])Value(Catalog.Connection, ConnectionSettings.Wifi);

        /// <summary>The brokers in order of preference, one at least.</summary>
        public BrokerAddress[] Brokers => (BrokerAddress[])Value(Catalog.Connection, ConnectionSettings.Broker);

        /// <summary>The broker that is preferred.</summary>
        public BrokerAddress Broker => Brokers[0];

        /// <summary>The version of MQTT.</summary>
        public MqttVersion MqttVersion => Number(Catalog.Connection, ConnectionSettings.MqttVersion) == 0 ? MqttVersion.V311 : MqttVersion.V5;

        /// <summary>Messages with readings and events that may go at once, 1 to 1000.</summary>
        public int MqttBurst => Number(Catalog.Connection, ConnectionSettings.MqttBurst);

        /// <summary>Messages with readings and events that may go each second in the long run, 1 to 100.</summary>
        public int MqttRate => Number(Catalog.Connection, ConnectionSettings.MqttRate);

        /// <summary>Seconds over which reconnections after the loss of a good connection are spread, 1 to 300.</summary>
        public int ReconnectSpread => Number(Catalog.Connection, ConnectionSettings.ReconnectSpread);

        /// <summary>Host names of time servers, at most 2; none means that the clock is not set from the network.</summary>
        public string[] TimeServers => (string[])Value(Catalog.Connection, ConnectionSettings.TimeServers);

        /// <summary>First level or levels of all topics.</summary>
        public string Prefix => (string)Value(Catalog.Connection, ConnectionSettings.Prefix);

        /// <summary>Groups that the device belongs to, in addition to "all".</summary>
        public string[] Groups => (string[])Value(Catalog.Connection, ConnectionSettings.Groups);

        /// <summary>Bytes of flash that waiting readings may take.</summary>
        public int OutboxSize => Number(Catalog.Sampling, SamplingSettings.OutboxSize);

        /// <summary>Seconds in which a reading may be acknowledged without touching flash.</summary>
        public int OutboxWriteBack => Number(Catalog.Sampling, SamplingSettings.OutboxWriteBack);

        /// <summary>Seconds between two measurements, 1 to 86400.</summary>
        public int Interval => Number(Catalog.Sampling, SamplingSettings.Interval);

        /// <summary>Rules of the channels that the owner named.</summary>
        public ChannelRule[] Channels => (ChannelRule[])Value(Catalog.Sampling, SamplingSettings.Channels);

        /// <summary>Format of telemetry.</summary>
        public TelemetryFormat TelemetryFormat => (TelemetryFormat)Number(Catalog.Sampling, SamplingSettings.TelemetryFormat);

        /// <summary>Whether a session that is new to the broker begins with a check that telemetry reaches subscribers.</summary>
        public bool TelemetryCheck => Number(Catalog.Sampling, SamplingSettings.TelemetryCheck) != 0;

        /// <summary>Bytes of RAM that past readings may take, 0 to 16384; 0 for none.</summary>
        public int HistorySize => Number(Catalog.Sampling, SamplingSettings.HistorySize);

        /// <summary>Bytes of RAM that the log may take, 0 to 8192; 0 for none.</summary>
        public int LogSize => Number(Catalog.Diagnostics, DiagnosticsSettings.LogSize);

        /// <summary>Lowest level of the log lines that are published.</summary>
        public LogLevel LogLevel => (LogLevel)Number(Catalog.Diagnostics, DiagnosticsSettings.LogLevel);

        /// <summary>Seconds after which the status is published again, 0 to 86400; 0 when it changes only.</summary>
        public int StatusInterval => Number(Catalog.Presence, PresenceSettings.Interval);

        /// <summary>What people call the device, at most 64 characters; empty for nothing but its id.</summary>
        public string DeviceName => (string)Value(Catalog.Presence, PresenceSettings.DeviceName);

        /// <summary>The value of an integer, a boolean (0 or 1) or a choice (the index of its word).</summary>
        /// <param name="group">A group of the device's catalog.</param>
        /// <param name="index">The setting's number in the group.</param>
        /// <returns>The value.</returns>
        public int Number(SettingGroup group, int index) => _numbers[group.Offset + index];

        /// <summary>The value of any other setting.</summary>
        /// <param name="group">A group of the device's catalog.</param>
        /// <param name="index">The setting's number in the group.</param>
        /// <returns>The value as <see cref="SettingType"/> says; null when it has no default and was not set.</returns>
        public object Value(SettingGroup group, int index) => _values[_numbers[group.Offset + index]];

        /// <summary>Copies the settings; what cannot change is shared.</summary>
        /// <returns>Settings that may be changed without changing these.</returns>
        public DeviceSettings Copy() => new DeviceSettings(this);

        /// <summary>A copy with another calibration of one channel.</summary>
        /// <param name="channel">The channel's name.</param>
        /// <param name="offset">See <see cref="ChannelRule.Offset"/>.</param>
        /// <param name="gain">See <see cref="ChannelRule.Gain"/>.</param>
        /// <returns>The copy, or null when there are rules for too many channels already.</returns>
        public DeviceSettings WithCalibration(string channel, long offset, long gain)
        {
            Setting channels = Catalog.Describe(Catalog.Sampling, SamplingSettings.Channels);
            TableEdit edit = new TableEdit((SettingTable)channels, Channels);
            object rule = edit.Open(channel);
            if (rule == null)
            {
                return null;
            }

            edit.Table.Set(rule, ChannelsSetting.Offset, offset);
            edit.Table.Set(rule, ChannelsSetting.Gain, gain);
            edit.RemoveEmpty();
            DeviceSettings changed = Copy();
            changed.Set(channels, edit.ToArray());
            return changed;
        }

        /// <summary>The value of an integer, a boolean or a choice.</summary>
        internal int Number(Setting setting) => _numbers[setting.Slot];

        /// <summary>A value as <see cref="Setting.Read"/> gives it.</summary>
        internal object Get(Setting setting)
        {
            int number = _numbers[setting.Slot];
            return setting.IsInteger ? (object)(long)number : _values[number];
        }

        internal void Set(Setting setting, object value)
        {
            if (setting.IsInteger)
            {
                _numbers[setting.Slot] = (int)(long)value;
            }
            else
            {
                _values[_numbers[setting.Slot]] = value;
            }
        }
    }
}

using Firmware.Actuation;
using Firmware.Platform;
using Firmware.Power;
using Firmware.Sensing;
using Firmware.Telemetry;

namespace Firmware.Settings
{
    /// <summary>
    /// Every setting, once: from here come the defaults, how the file and requests are read, what is shown and stored,
    /// and the schema.
    /// </summary>
    internal sealed class SettingsCatalog
    {
        private const SettingEffect Now = SettingEffect.Now;
        private const SettingEffect Reconnect = SettingEffect.Reconnect;
        private const SettingEffect Trial = SettingEffect.Trial;
        private const SettingEffect Restart = SettingEffect.Restart;
        private const int MaxPrefix = 64;
        private const int Day = 86400;

        // Their members are many, and asked for again and again.
        private Setting _channels;
        private Setting _actuators;

        /// <summary>How many there are.</summary>
        internal int Count => SettingField.Count;

        /// <summary>
        /// A setting by its place in the order in which they are shown; those of one group stand together. It is made
        /// anew for each call: all of them would take 8 KB, a third of what a device has to spare.
        /// </summary>
        internal Setting this[int index] => index switch
        {
            0 => List(SettingField.Wifi, "wifi", SettingType.Networks, Trial, 8, new WifiNetwork[0]),
            1 => List(SettingField.Broker, "broker", SettingType.Brokers, Trial, 4, new BrokerAddress[] { new BrokerAddress("mqtt.local", 1883, null, null) }),
            2 => List(SettingField.Prefix, "prefix", SettingType.Topic, Trial, MaxPrefix, "m2m"),
            3 => List(SettingField.Groups, "groups", SettingType.Names, Reconnect, 8, new string[0]),
            4 => Integer(SettingField.Interval, "interval", Now, 1, DeviceSettings.MaxInterval, DeviceSettings.DefaultInterval, "s"),
            5 => Choice(SettingField.MqttVersion, "mqtt.version", Trial, new string[] { "3.1.1", "5" }),
            6 => Integer(SettingField.MqttBurst, "mqtt.burst", Now, 1, 1000, 100, null),
            7 => Integer(SettingField.MqttRate, "mqtt.rate", Now, 1, 100, 1, "1/s"),
            8 => List(SettingField.TimeServers, "sntp", SettingType.Hosts, Reconnect, 2, new string[] { "pool.ntp.org" }), // The platform's client has two.
            9 => Choice(SettingField.TelemetryFormat, "telemetry.format", Now, new string[] { "senml", "json" }),
            10 => Integer(SettingField.OutboxSize, "outbox.size", Restart, OutboxOptions.MinCapacity, OutboxOptions.MaxCapacity, OutboxOptions.DefaultCapacity, "B"),
            11 => Integer(SettingField.OutboxWriteBack, "outbox.writeBack", Now, 0, 60, OutboxOptions.DefaultWriteBack / 1000, "s"),
            12 => Integer(SettingField.HistorySize, "history.size", Restart, 0, 16384, 4096, "B"),
            13 => Integer(SettingField.LogSize, "log.size", Restart, 0, 8192, 2048, "B"),
            14 => Choice(SettingField.LogLevel, "log.level", Now, new string[] { "off", "error", "warning", "information", "debug" }),
            15 => Integer(SettingField.StatusInterval, "status.interval", Now, 0, Day, 900, "s"),
            16 => new Setting(SettingField.HomeAssistant, "homeassistant.enabled", SettingType.Boolean, Now, 0, 1, 0),
            17 => List(SettingField.HomeAssistantPrefix, "homeassistant.prefix", SettingType.Topic, Now, MaxPrefix, "homeassistant"),
            18 => Choice(SettingField.PowerMode, "power.mode", Restart, new string[] { "always-on", "deep-sleep" }),
            19 => Integer(SettingField.PowerPublishEvery, "power.publishEvery", Restart, 1, 288, 1, null),
            20 => Integer(SettingField.PowerListen, "power.listen", Restart, 100, 10000, 1000, "ms"),
            21 => Integer(SettingField.PowerCap, "power.cap", Restart, 15, 120, 30, "s"),
            22 => Integer(SettingField.PowerMailbox, "power.mailbox", Restart, 60, Day, 3600, "s"),
            23 => Integer(SettingField.PowerWakePin, "power.wakePin", Restart, -1, 39, -1, null),
            24 => new Setting(SettingField.PowerWakeHigh, "power.wakeHigh", SettingType.Boolean, Restart, 0, 1, 0),
            25 => Integer(SettingField.PowerCapacity, "power.capacity", Restart, 0, 1000000, 0, "mAh"),
            26 => Integer(SettingField.PowerDivider, "power.divider", Restart, 100, 100000, 2000, "1/1000"),
            27 => List(SettingField.PowerCurve, "power.curve", SettingType.Curve, Restart, 160, BatteryCurve.LithiumPolymer),
            28 => Integer(SettingField.PowerLow, "power.low", Restart, 0, 6000, 20, null),
            29 => Integer(SettingField.PowerCritical, "power.critical", Restart, 0, 6000, 5, null),
            30 => Integer(SettingField.UpdateBattery, "update.battery", Now, 0, 100, 30, "%"),
            31 => Integer(SettingField.UpdateSignal, "update.signal", Now, -127, 0, -127, "dBm"),
            32 => Integer(SettingField.UpdateFromHour, "update.fromHour", Now, 0, 24, 0, "h"),
            33 => Integer(SettingField.UpdateToHour, "update.toHour", Now, 0, 24, 0, "h"),
            34 => Integer(SettingField.UpdatePercent, "update.percent", Now, 0, 100, 100, "%"),
            35 => Integer(SettingField.UpdateDelay, "update.delay", Now, 0, Day, 60, "s"),
            36 => Integer(SettingField.UpdateTrial, "update.trial", Now, 60, 3600, 300, "s"),
            37 => _channels ??= List(SettingField.Channels, "channels", SettingType.Rules, Now, 16, new ChannelRule[0]),
            _ => _actuators ??= List(SettingField.Actuators, "actuators", SettingType.Rules, Restart, 8, new ActuatorRule[0]),
        };

        /// <summary>The setting of a whole key, or null.</summary>
        internal Setting Find(string key)
        {
            for (int i = 0; i < Count; i++)
            {
                Setting setting = this[i];
                if (setting.Name == key)
                {
                    return setting;
                }
            }

            return null;
        }

        /// <summary>What a key names: also "channels.x" and "channels.x.gain", for any x. Null for no setting.</summary>
        internal SettingKey Resolve(string key)
        {
            Setting whole = Find(key);
            if (whole != null)
            {
                return new SettingKey(key, whole, null, null);
            }

            int dot = key.IndexOf('.');
            Setting table = dot < 0 ? null : Find(key.Substring(0, dot));
            if (table == null || table.Type != SettingType.Rules)
            {
                return null;
            }

            string rule = key.Substring(dot + 1);
            dot = rule.IndexOf('.');
            string name = dot < 0 ? rule : rule.Substring(0, dot);
            int index = dot < 0 ? -1 : Setting.IndexOf(table.Members, rule.Substring(dot + 1));
            return !TopicLevel.IsValid(name) || (dot >= 0 && index < 0) ? null : new SettingKey(key, table, name, dot < 0 ? null : table.Members[index]);
        }

        /// <summary>Whether settings begin with these words and a dot.</summary>
        internal bool IsGroup(string words)
        {
            string start = words + ".";
            for (int i = 0; i < Count; i++)
            {
                if (this[i].Name.StartsWith(start))
                {
                    return true;
                }
            }

            return false;
        }

        private static Setting Integer(int field, string name, SettingEffect effect, int min, int max, int standard, string unit) =>
            new Setting(field, name, SettingType.Integer, effect, min, max, standard) { Unit = unit };

        private static Setting Choice(int field, string name, SettingEffect effect, string[] choices) =>
            new Setting(field, name, SettingType.Choice, effect, 0, choices.Length - 1, 0) { Choices = choices };

        private static Setting List(int field, string name, SettingType type, SettingEffect effect, int max, object standard) =>
            new Setting(field, name, type, effect, type == SettingType.Topic || type == SettingType.Curve ? 1 : 0, max, 0) { Value = standard };
    }
}

using Firmware.Settings;

namespace Firmware.Connectivity
{
    /// <summary>How the device connects, and what it may publish at what rate.</summary>
    internal sealed class ConnectionSettings : SettingGroup
    {
        internal const int Wifi = 0;
        internal const int Broker = 1;
        internal const int Prefix = 2;
        internal const int Groups = 3;
        internal const int MqttVersion = 4;
        internal const int MqttBurst = 5;
        internal const int MqttRate = 6;
        internal const int ReconnectSpread = 7;
        internal const int TimeServers = 8;

        /// <inheritdoc/>
        public override int Count => TimeServers + 1;

        /// <inheritdoc/>
        public override Setting Describe(int index)
        {
            switch (index)
            {
                case Wifi: return new NetworksSetting("wifi");
                case Broker: return new BrokersSetting("broker");
                case Prefix:
                    Setting prefix = Setting.Topic("prefix", SettingEffect.Trial, "m2m");
                    prefix.SurvivesReset = true;
                    return prefix;
                case Groups: return Setting.Names("groups", SettingEffect.Reconnect, 8, new string[0]);
                case MqttVersion: return Setting.Choice("mqtt.version", SettingEffect.Trial, new string[] { "3.1.1", "5" });
                case MqttBurst: return Setting.Integer("mqtt.burst", SettingEffect.Now, 1, 1000, 100, null);
                case MqttRate: return Setting.Integer("mqtt.rate", SettingEffect.Now, 1, 100, 1, "1/s");
                case ReconnectSpread: return Setting.Integer("reconnect.spread", SettingEffect.Reconnect, 1, 300, Backoff.DefaultFleetLimit / 1000, "s");

                // The platform's client takes two servers.
                default: return Setting.Hosts("sntp", SettingEffect.Reconnect, 2, new string[] { "pool.ntp.org" });
            }
        }
    }
}

using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Settings
{
    /// <summary>Reads "mqtt": the version, and how much may be sent.</summary>
    internal static class MqttSection
    {
        internal static void Read(SettingsSource source, int token, DeviceSettings settings)
        {
            if (!source.IsObject(token, "mqtt"))
            {
                return;
            }

            for (int name = source.Reader.First(token); name != JsonReader.None; name = source.Reader.Next(name))
            {
                int value = source.Reader.ValueOf(name);
                string key = source.NameOf(name);
                switch (key)
                {
                    case "version":
                        settings.MqttVersion = ReadVersion(source, value, settings.MqttVersion);
                        break;
                    case "burst":
                        settings.MqttBurst = source.Integer(value, "mqtt.burst", 1, 1000, settings.MqttBurst);
                        break;
                    case "rate":
                        settings.MqttRate = source.Integer(value, "mqtt.rate", 1, 100, settings.MqttRate);
                        break;
                    default:
                        source.Unknown("mqtt.", key);
                        break;
                }
            }
        }

        private static MqttVersion ReadVersion(SettingsSource source, int token, MqttVersion standard)
        {
            if (source.Reader.TryGetString(token, out string text) && (text == "5" || text == "3.1.1"))
            {
                return text == "5" ? MqttVersion.V5 : MqttVersion.V311;
            }

            // A number is what one writes for 5 without thinking.
            if (source.Reader.TryGetInt64(token, out long number) && number == 5)
            {
                return MqttVersion.V5;
            }

            source.Fault("mqtt.version", "must be \"5\" or \"3.1.1\"");
            return standard;
        }
    }
}

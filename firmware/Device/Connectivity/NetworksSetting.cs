using System.Collections;
using System.Text;
using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Settings
{
    /// <summary>"wifi": networks in order of preference.</summary>
    internal static class NetworkList
    {
        private const int MaxSsid = 32; // IEEE 802.11 counts bytes.

        internal static WifiNetwork[] Read(SettingsSource source, Setting setting, int token)
        {
            if (!source.IsArray(token, setting.Name, setting.Max))
            {
                return null;
            }

            ArrayList networks = new ArrayList();
            int index = 0;
            for (int item = source.Reader.First(token); item != JsonReader.None; item = source.Reader.Next(item))
            {
                WifiNetwork network = ReadNetwork(source, setting, item, index++);
                if (network != null)
                {
                    networks.Add(network);
                }
            }

            return (WifiNetwork[])networks.ToArray(typeof(WifiNetwork));
        }

        internal static void Write(JsonWriter writer, WifiNetwork[] networks, bool withSecrets)
        {
            writer.BeginArray();
            for (int i = 0; i < networks.Length; i++)
            {
                writer.BeginObject();
                writer.Name("ssid");
                writer.String(networks[i].Ssid);
                SettingWriter.WritePassword(writer, networks[i].Password, withSecrets);
                writer.EndObject();
            }

            writer.EndArray();
        }

        private static WifiNetwork ReadNetwork(SettingsSource source, Setting setting, int token, int index)
        {
            string path = setting.Name + "[" + index + "]";
            object[] values = source.Record(token, path, setting.Members);
            if (values == null)
            {
                return null;
            }

            string ssid = values[0] as string;
            object value = values[1] ?? (ssid != null ? KnownPassword(source.Known, ssid, index) : null) ?? string.Empty;
            string password = value as string;
            if (ssid == null || Encoding.UTF8.GetBytes(ssid).Length > MaxSsid || password == null || (password.Length > 0 && password.Length < 8))
            {
                source.Fault(path, "needs an ssid of at most 32 bytes, and a password of 8 to 63 characters or none");
                return null;
            }

            return new WifiNetwork(ssid, password);
        }

        /// <summary>Of several with one name the one in the same place, so that what was shown can be sent back.</summary>
        private static string KnownPassword(DeviceSettings known, string ssid, int index)
        {
            WifiNetwork[] networks = known == null ? new WifiNetwork[0] : known.Wifi;
            string password = null;
            for (int i = networks.Length - 1; i >= 0; i--)
            {
                if (networks[i].Ssid == ssid)
                {
                    password = networks[i].Password;
                    if (i == index)
                    {
                        break;
                    }
                }
            }

            return password;
        }
    }
}

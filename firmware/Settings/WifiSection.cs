using System.Collections;
using System.Text;
using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Settings
{
    /// <summary>Reads "wifi": networks in order of preference.</summary>
    internal static class WifiSection
    {
        private const int MaxNetworks = 8;
        private const int MaxSsid = 32; // IEEE 802.11 counts bytes.

        internal static WifiNetwork[] Read(SettingsSource source, int token)
        {
            if (!source.IsArray(token, "wifi", MaxNetworks))
            {
                return new WifiNetwork[0];
            }

            ArrayList networks = new ArrayList();
            int index = 0;
            for (int item = source.Reader.First(token); item != JsonReader.None; item = source.Reader.Next(item))
            {
                WifiNetwork network = ReadNetwork(source, item, "wifi[" + index++ + "]");
                if (network != null)
                {
                    networks.Add(network);
                }
            }

            return (WifiNetwork[])networks.ToArray(typeof(WifiNetwork));
        }

        private static WifiNetwork ReadNetwork(SettingsSource source, int token, string path)
        {
            if (!source.IsObject(token, path))
            {
                return null;
            }

            string ssid = null;
            string password = string.Empty;
            for (int name = source.Reader.First(token); name != JsonReader.None; name = source.Reader.Next(name))
            {
                int value = source.Reader.ValueOf(name);
                string key = source.NameOf(name);
                switch (key)
                {
                    case "ssid":
                        ssid = source.Text(value, path + ".ssid", 1, MaxSsid, null);
                        break;
                    case "password":
                        password = source.Text(value, path + ".password", 0, 63, null);
                        break;
                    default:
                        source.Unknown(path + ".", key);
                        break;
                }
            }

            if (ssid == null || Encoding.UTF8.GetBytes(ssid).Length > MaxSsid || password == null || (password.Length > 0 && password.Length < 8))
            {
                source.Fault(path, "needs an ssid of at most 32 bytes, and a password of 8 to 63 characters or none");
                return null;
            }

            return new WifiNetwork(ssid, password);
        }
    }
}

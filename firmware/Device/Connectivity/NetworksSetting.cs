using System.Collections;
using System.Text;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Settings;

namespace Firmware.Connectivity
{
    /// <summary>Networks in order of preference.</summary>
    internal sealed class NetworksSetting : Setting
    {
        private const int Ssid = 0;
        private const int Password = 1;
        
        // Bytes: the platform's buffers hold one less than IEEE 802.11 allows, and keep the old value when it does not fit.
        private const int MaxSsid = 31;
        private const int MaxPassword = 63;


        internal NetworksSetting(string name)
            : base(name, SettingType.Table, SettingEffect.Trial, 0, 8, new WifiNetwork[0])
        {
            SurvivesReset = true;
        }

        /// <inheritdoc/>
        public override int MemberCount => Password + 1;

        /// <inheritdoc/>
        public override Setting Member(int index)
        {
            Setting member = index == Ssid ? Text("ssid", Effect, 1, MaxSsid, null) : Text("password", Effect, 0, MaxPassword, null);
            member.IsSecret = index == Password;
            return member;
        }

        /// <inheritdoc/>
        public override object Read(SettingsSource source, int token, string path)
        {
            if (!source.IsArray(token, path, Max))
            {
                return null;
            }

            ArrayList networks = new ArrayList();
            int index = 0;
            for (int item = source.Reader.First(token); item != JsonReader.None; item = source.Reader.Next(item))
            {
                WifiNetwork network = ReadNetwork(source, item, path + "[" + index + "]", index);
                index++;
                if (network != null)
                {
                    networks.Add(network);
                }
            }

            return networks.ToArray(typeof(WifiNetwork));
        }

        /// <inheritdoc/>
        public override void Write(JsonWriter writer, object value, bool withSecrets)
        {
            WifiNetwork[] networks = (WifiNetwork[])value;
            writer.BeginArray();
            for (int i = 0; i < networks.Length; i++)
            {
                writer.BeginObject();
                writer.Member("ssid", networks[i].Ssid);
                WriteSecret(writer, "password", networks[i].Password, withSecrets);
                writer.EndObject();
            }

            writer.EndArray();
        }

        private WifiNetwork ReadNetwork(SettingsSource source, int token, string path, int index)
        {
            object[] values = source.Record(token, path, this);
            if (values == null)
            {
                return null;
            }

            string ssid = values[Ssid] as string;
            object value = values[Password] ?? (ssid != null ? KnownPassword(source.Known, ssid, index) : null) ?? string.Empty;
            string password = value as string;
            if (ssid == null || password == null || Bytes(ssid) > MaxSsid || Bytes(password) > MaxPassword || (password.Length > 0 && password.Length < 8))
            {
                source.Fault(path, "needs an ssid of at most 31 bytes, and a password of 8 to 63 bytes or none");
                return null;
            }

            return new WifiNetwork(ssid, password);
        }

        private static int Bytes(string text) => Encoding.UTF8.GetBytes(text).Length;

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

using System.Collections;
using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Settings
{
    /// <summary>"broker": one, or several in order of preference.</summary>
    internal static class BrokerList
    {
        internal static BrokerAddress[] Read(SettingsSource source, Setting setting, int token)
        {
            ArrayList brokers = new ArrayList();
            if (source.Reader.KindOf(token) != JsonKind.Array || source.Reader.Count(token) == 0)
            {
                Add(brokers, ReadBroker(source, setting, token, setting.Name, 0));
            }
            else if (source.IsArray(token, setting.Name, setting.Max))
            {
                int index = 0;
                for (int item = source.Reader.First(token); item != JsonReader.None; item = source.Reader.Next(item))
                {
                    Add(brokers, ReadBroker(source, setting, item, setting.Name + "[" + index + "]", index));
                    index++;
                }
            }

            return brokers.Count == 0 ? null : (BrokerAddress[])brokers.ToArray(typeof(BrokerAddress));
        }

        internal static void Write(JsonWriter writer, BrokerAddress[] brokers, bool withSecrets)
        {
            writer.BeginArray();
            for (int i = 0; i < brokers.Length; i++)
            {
                writer.BeginObject();
                writer.Name("host");
                writer.String(brokers[i].Host);
                writer.Name("port");
                writer.Number(brokers[i].Port);
                if (brokers[i].User != null)
                {
                    writer.Name("user");
                    writer.String(brokers[i].User);
                }

                SettingWriter.WritePassword(writer, brokers[i].Password, withSecrets);
                writer.EndObject();
            }

            writer.EndArray();
        }

        private static void Add(ArrayList brokers, BrokerAddress broker)
        {
            if (broker != null)
            {
                brokers.Add(broker);
            }
        }

        private static BrokerAddress ReadBroker(SettingsSource source, Setting setting, int token, string path, int index)
        {
            object[] values = source.Record(token, path, setting.Members);
            if (values == null)
            {
                return null;
            }

            BrokerAddress standard = ((BrokerAddress[])setting.Value)[0];
            string host = values[0] as string ?? standard.Host;
            int port = values[1] is long number ? (int)number : standard.Port;

            // Credentials are for the broker that they were written for, not for the default one.
            string user = values[0] == SettingsSource.Wrong ? null : NullIfEmpty(values[2]);
            string password = values[0] == SettingsSource.Wrong ? null : NullIfEmpty(values[3]);
            return new BrokerAddress(host, port, user, values[3] == null ? KnownPassword(source.Known, host, port, user, index) : password);
        }

        private static string NullIfEmpty(object value)
        {
            string text = value as string;
            return string.IsNullOrEmpty(text) ? null : text;
        }

        /// <summary>Of several that are the same the one in the same place, so that what was shown can be sent back.</summary>
        private static string KnownPassword(DeviceSettings known, string host, int port, string user, int index)
        {
            BrokerAddress[] brokers = known == null ? new BrokerAddress[0] : known.Brokers;
            string password = null;
            for (int i = brokers.Length - 1; i >= 0; i--)
            {
                if (brokers[i].Host == host && brokers[i].Port == port && brokers[i].User == user)
                {
                    password = brokers[i].Password;
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

using System.Collections;
using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Settings
{
    /// <summary>Reads "broker": one, or several in order of preference.</summary>
    internal static class BrokerSection
    {
        private const int MaxBrokers = 4;

        internal static BrokerAddress[] Read(SettingsSource source, int token, BrokerAddress[] standard)
        {
            ArrayList brokers = new ArrayList();
            if (source.Reader.KindOf(token) != JsonKind.Array || source.Reader.Count(token) == 0)
            {
                Add(brokers, ReadBroker(source, token, "broker", standard[0]));
            }
            else if (source.IsArray(token, "broker", MaxBrokers))
            {
                int index = 0;
                for (int item = source.Reader.First(token); item != JsonReader.None; item = source.Reader.Next(item))
                {
                    Add(brokers, ReadBroker(source, item, "broker[" + index++ + "]", standard[0]));
                }
            }

            return brokers.Count == 0 ? standard : (BrokerAddress[])brokers.ToArray(typeof(BrokerAddress));
        }

        private static void Add(ArrayList brokers, BrokerAddress broker)
        {
            if (broker != null)
            {
                brokers.Add(broker);
            }
        }

        private static BrokerAddress ReadBroker(SettingsSource source, int token, string path, BrokerAddress standard)
        {
            if (!source.IsObject(token, path))
            {
                return null;
            }

            string host = standard.Host;
            int port = standard.Port;
            string user = null;
            string password = null;
            for (int name = source.Reader.First(token); name != JsonReader.None; name = source.Reader.Next(name))
            {
                int value = source.Reader.ValueOf(name);
                string key = source.NameOf(name);
                switch (key)
                {
                    case "host":
                        host = source.Text(value, path + ".host", 1, 253, null);
                        break;
                    case "port":
                        port = source.Integer(value, path + ".port", 1, 65535, port);
                        break;
                    case "user":
                        user = source.Text(value, path + ".user", 0, 128, null);
                        break;
                    case "password":
                        password = source.Text(value, path + ".password", 0, 128, null);
                        break;
                    default:
                        source.Unknown(path + ".", key);
                        break;
                }
            }

            // Credentials are for the broker that they were written for, not for the default one.
            return host == null
                ? new BrokerAddress(standard.Host, port, null, null)
                : new BrokerAddress(host, port, string.IsNullOrEmpty(user) ? null : user, string.IsNullOrEmpty(password) ? null : password);
        }
    }
}

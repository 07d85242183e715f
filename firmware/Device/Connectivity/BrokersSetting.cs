using System.Collections;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Settings;

namespace Firmware.Connectivity
{
    /// <summary>One broker, or several in order of preference.</summary>
    internal sealed class BrokersSetting : Setting
    {
        private const int Host = 0;
        private const int Port = 1;
        private const int User = 2;
        private const int Password = 3;
        private const int Tls = 4;
        private const int Ca = 5;
        private const int Credential = 6;
        private const int HostName = 7;
        private const string DefaultHost = "mqtt.local";
        private const int DefaultPort = 1883;
        private const int DefaultTlsPort = 8883;
        private const int MaxHost = 253;
        private const int MaxCredential = 16;

        internal BrokersSetting(string name)
            : base(name, SettingType.Table, SettingEffect.Trial, 0, 4, new BrokerAddress[] { new BrokerAddress(DefaultHost, DefaultPort, null, null) })
        {
            SurvivesReset = true;
        }

        /// <inheritdoc/>
        public override int MemberCount => HostName + 1;

        /// <inheritdoc/>
        public override Setting Member(int index)
        {
            switch (index)
            {
                case Host: return Text("host", Effect, 1, MaxHost, null);
                case Port: return Integer("port", Effect, 1, 65535, DefaultPort, null);
                case User: return Text("user", Effect, 0, 128, null);
                case Tls: return Boolean("tls", Effect, false);
                case Ca: return Text("ca", Effect, 1, MaxCredential, null);
                case Credential: return Text("credential", Effect, 1, MaxCredential, null);
                case HostName: return Text("hostName", Effect, 1, MaxHost, null);
                default:
                    Setting password = Text("password", Effect, 0, 128, null);
                    password.IsSecret = true;
                    return password;
            }
        }

        /// <inheritdoc/>
        public override object Read(SettingsSource source, int token, string path)
        {
            ArrayList brokers = new ArrayList();
            if (source.Reader.KindOf(token) != JsonKind.Array || source.Reader.Count(token) == 0)
            {
                Add(brokers, ReadBroker(source, token, path, 0));
            }
            else if (source.IsArray(token, path, Max))
            {
                int index = 0;
                for (int item = source.Reader.First(token); item != JsonReader.None; item = source.Reader.Next(item))
                {
                    Add(brokers, ReadBroker(source, item, path + "[" + index + "]", index));
                    index++;
                }
            }

            return brokers.Count == 0 ? null : brokers.ToArray(typeof(BrokerAddress));
        }

        /// <inheritdoc/>
        public override void Write(JsonWriter writer, object value, bool withSecrets)
        {
            BrokerAddress[] brokers = (BrokerAddress[])value;
            writer.BeginArray();
            for (int i = 0; i < brokers.Length; i++)
            {
                writer.BeginObject();
                writer.Member("host", brokers[i].Host);
                writer.Member("port", brokers[i].Port);
                writer.Member("user", brokers[i].User);
                WriteSecret(writer, "password", brokers[i].Password, withSecrets);
                WriteTls(writer, brokers[i]);
                writer.EndObject();
            }

            writer.EndArray();
        }

        private static void WriteTls(JsonWriter writer, BrokerAddress broker)
        {
            if (broker.IsSecure)
            {
                writer.Name("tls");
                writer.Boolean(true);
                writer.Member("ca", broker.Ca);
                writer.Member("credential", broker.Credential);
                writer.Member("hostName", broker.HostName);
            }
        }

        private static void Add(ArrayList brokers, BrokerAddress broker)
        {
            if (broker != null)
            {
                brokers.Add(broker);
            }
        }

        private BrokerAddress ReadBroker(SettingsSource source, int token, string path, int index)
        {
            object[] values = source.Record(token, path, this);
            if (values == null)
            {
                return null;
            }

            string host = values[Host] as string ?? DefaultHost;
            bool isSecure = IsSecure(source, values, path);
            int port = values[Port] is long number ? (int)number : isSecure ? DefaultTlsPort : DefaultPort;

            // Credentials are for the broker that they were written for, not for the default one.
            bool isWrong = values[Host] == source.Wrong;
            string user = isWrong ? null : NullIfEmpty(values[User]);
            string password = isWrong ? null : NullIfEmpty(values[Password]);
            password = values[Password] == null ? KnownPassword(source.Known, host, port, user, isSecure, index) : password;
            return new BrokerAddress(host, port, user, password)
            {
                IsSecure = isSecure,
                Ca = values[Ca] as string,
                Credential = isWrong ? null : values[Credential] as string,
                HostName = isWrong ? null : values[HostName] as string,
            };
        }

        // What is wrong in a file must not lead to a connection in the clear.
        private static bool IsSecure(SettingsSource source, object[] values, string path)
        {
            object tls = values[Tls];
            if (tls is long flag && flag != 0)
            {
                return true;
            }

            bool isMeant = tls == source.Wrong;
            for (int i = Ca; i <= HostName; i++)
            {
                if (values[i] != null)
                {
                    isMeant = true;
                    source.Fault(path + (i == Ca ? ".ca" : i == Credential ? ".credential" : ".hostName"), "needs \"tls\": true");
                }
            }

            return isMeant;
        }

        private static string NullIfEmpty(object value)
        {
            string text = value as string;
            return string.IsNullOrEmpty(text) ? null : text;
        }

        /// <summary>Of several that are the same the one in the same place, so that what was shown can be sent back. One that went encrypted is not sent in the clear.</summary>
        private static string KnownPassword(DeviceSettings known, string host, int port, string user, bool isSecure, int index)
        {
            BrokerAddress[] brokers = known == null ? new BrokerAddress[0] : known.Brokers;
            string password = null;
            for (int i = brokers.Length - 1; i >= 0; i--)
            {
                if (brokers[i].Host == host && brokers[i].Port == port && brokers[i].User == user && (isSecure || !brokers[i].IsSecure))
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

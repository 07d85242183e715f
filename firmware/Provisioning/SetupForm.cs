using Firmware.Json;
using Firmware.Platform;
using Firmware.Settings;

namespace Firmware.Provisioning
{
    /// <summary>What stands in the fields of the page, and what is wrong with it. Of secrets nothing stays here.</summary>
    internal sealed class SetupForm
    {
        internal const int Ssid = 0;
        internal const int Password = 1;
        internal const int Host = 2;
        internal const int Port = 3;
        internal const int User = 4;
        internal const int BrokerPassword = 5;
        internal const int Ca = 6;
        internal const int Own = 7;
        internal const int Name = 8;
        internal const int Interval = 9;
        internal const int Count = 10;

        private const int MaxText = 128;
        private const int MaxNameBytes = 256;
        private const int MaxSsid = 31;
        private const int MaxPassword = 63;
        private const int MinPassword = 8;
        private const int MaxHost = 253;
        private const int MaxName = 64;
        private const int MaxPort = 65535;
        private const int MaxJson = 6144;
        private const int MaxNetworks = 8;
        private const int MaxBrokers = 4;

        /// <summary>By field its text; secrets are not here.</summary>
        internal readonly string[] Values = Texts.New(Count);

        /// <summary>By field the number of what is wrong in <see cref="Wording"/>; 0 for nothing.</summary>
        internal readonly int[] Faults = new int[Count];

        /// <summary>What else there is to say of the last fault, in English; null for nothing.</summary>
        internal string Detail;

        /// <summary>Whether the connection to the broker is encrypted.</summary>
        internal bool IsTls;

        private readonly DeviceSettings _settings;

        /// <summary>Creates a form with what is set.</summary>
        internal SetupForm(DeviceSettings settings)
        {
            _settings = settings;
            WifiNetwork[] networks = settings.Wifi;
            BrokerAddress broker = settings.Broker;
            Values[Ssid] = networks.Length == 0 ? string.Empty : networks[0].Ssid;
            Values[Host] = broker.Host;
            Values[Port] = broker.Port.ToString();
            Values[User] = broker.User;
            Values[Name] = settings.DeviceName;
            Values[Interval] = settings.Interval.ToString();
            IsTls = broker.IsSecure;
        }

        /// <summary>Takes what was sent.</summary>
        /// <param name="form">What was sent.</param>
        /// <param name="needsNetwork">Whether there is none without it.</param>
        /// <param name="secrets">Receives the password of the network, then that of the broker.</param>
        /// <returns>Whether all of it is right.</returns>
        internal bool Take(FormReader form, bool needsNetwork, string[] secrets)
        {
            // A name that was typed wins over the list.
            bool isRight = form.TryGet("ssid", MaxSsid, out string ssid);
            if (ssid.Length == 0)
            {
                isRight &= form.TryGet("net", MaxSsid, out ssid);
            }

            Values[Ssid] = ssid;
            Set(Ssid, isRight && (ssid.Length > 0 || !needsNetwork), Wording.WrongSsid);
            isRight = form.TryGet("password", MaxPassword, out secrets[0]);
            Set(Password, isRight && (secrets[0].Length == 0 || secrets[0].Length >= MinPassword), Wording.WrongPassword);
            isRight = form.TryGet("host", MaxHost, out string host);
            Values[Host] = host.Trim();
            Set(Host, isRight && Values[Host].Length > 0 && Values[Host].IndexOf(' ') < 0, Wording.WrongHost);
            Take(form, "port", Port, MaxPort, Wording.WrongPort);
            isRight = form.TryGet("user", MaxText, out Values[User]);
            Set(User, isRight, Wording.TooLong);
            Set(BrokerPassword, form.TryGet("key", MaxText, out secrets[1]), Wording.TooLong);
            isRight = form.TryGet("name", MaxNameBytes, out Values[Name]);
            Set(Name, isRight && Values[Name].Length <= MaxName, Wording.TooLong);
            Take(form, "interval", Interval, DeviceSettings.MaxInterval, Wording.WrongInterval);
            form.TryGet("tls", MaxText, out string tls);
            IsTls = tls.Length > 0;

            // The stored password of the broker goes to no network or authority of who is near and fills in the page, too.
            BrokerAddress stored = _settings.Broker;
            WifiNetwork[] networks = _settings.Wifi;
            bool isSame = ssid.Length == 0 || (secrets[0].Length == 0 && networks.Length > 0 && networks[0].Ssid == ssid);
            isSame = stored.IsSecure ? IsTls && form.Bytes("ca", 0, 1).Length + form.Bytes("caF", 0, 1).Length == 0 : isSame;
            if (!isSame && secrets[1].Length == 0 && stored.Password != null && stored.Host == Values[Host] && (stored.User ?? string.Empty) == Values[User])
            {
                Faults[BrokerPassword] = Wording.AskedAgain;
            }

            return IsRight;
        }

        /// <summary>Whether nothing is wrong.</summary>
        internal bool IsRight
        {
            get
            {
                for (int i = 0; i < Count; i++)
                {
                    if (Faults[i] != 0)
                    {
                        return false;
                    }
                }

                return true;
            }
        }

        /// <summary>The settings as <c>settings.set</c> takes them: this network and this broker first, the others behind them.</summary>
        /// <param name="secrets">As from <see cref="Take(FormReader, bool, string[])"/>; what is empty stays as it is stored.</param>
        /// <param name="ca">Name of the authority's certificate; null for none.</param>
        /// <param name="own">Name of the device's; null for none.</param>
        internal byte[] ToJson(string[] secrets, string ca, string own)
        {
            JsonWriter writer = new JsonWriter(512, MaxJson);
            writer.BeginObject();
            if (Values[Ssid].Length > 0)
            {
                writer.Name("wifi");
                writer.BeginArray();
                WriteNetwork(writer, Values[Ssid], secrets[0]);
                WifiNetwork[] networks = _settings.Wifi;
                for (int i = 0, count = 1; i < networks.Length && count < MaxNetworks; i++)
                {
                    if (networks[i].Ssid != Values[Ssid])
                    {
                        WriteNetwork(writer, networks[i].Ssid, string.Empty);
                        count++;
                    }
                }

                writer.EndArray();
            }

            writer.Name("broker");
            writer.BeginArray();
            BrokerAddress[] brokers = _settings.Brokers;
            WriteBroker(writer, new BrokerAddress(Values[Host], (int)Parse(Values[Port]), Values[User], secrets[1])
            {
                IsSecure = IsTls,
                Ca = ca,
                Credential = own,
                HostName = brokers[0].Host == Values[Host] ? brokers[0].HostName : null,
            });
            for (int i = 1; i < brokers.Length && i < MaxBrokers; i++)
            {
                WriteBroker(writer, brokers[i]);
            }

            writer.EndArray();
            writer.Name("name");
            writer.String(Values[Name]);
            writer.Name("interval");
            writer.Number(Parse(Values[Interval]));
            writer.EndObject();
            return writer.ToArray();
        }

        private void Take(FormReader form, string name, int field, int max, int fault)
        {
            bool isRight = form.TryGet(name, MaxText, out string text);
            Values[field] = text.Trim();
            long number = Parse(Values[field]);
            Set(field, isRight && number >= 1 && number <= max, fault);
        }

        private void Set(int field, bool isRight, int fault) => Faults[field] = isRight ? 0 : fault;

        // -1 for no number.
        private static long Parse(string text)
        {
            byte[] digits = System.Text.Encoding.UTF8.GetBytes(text);
            return digits.Length < 7 && FixedPoint.TryParse(digits, 0, digits.Length, 0, out long value) ? value : -1;
        }

        private static void WriteNetwork(JsonWriter writer, string ssid, string password)
        {
            writer.BeginObject();
            writer.Member("ssid", ssid);
            writer.Member("password", NullIfEmpty(password));

            writer.EndObject();
        }

        private static void WriteBroker(JsonWriter writer, BrokerAddress broker)
        {
            writer.BeginObject();
            writer.Member("host", broker.Host);
            writer.Member("port", broker.Port);
            writer.Member("user", NullIfEmpty(broker.User));
            writer.Member("password", NullIfEmpty(broker.Password));
            if (broker.IsSecure)
            {
                writer.Name("tls");
                writer.Boolean(true);
                writer.Member("ca", broker.Ca);
                writer.Member("credential", broker.Credential);
                writer.Member("hostName", broker.HostName);
            }

            writer.EndObject();
        }

        private static string NullIfEmpty(string text) => string.IsNullOrEmpty(text) ? null : text;
    }
}

using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>
    /// The chip's soft access point beside its station. The platform reads its mode from the stored configuration when Wi-Fi
    /// starts, so what is stored counts from the next start on.
    /// </summary>
    public sealed class SoftAccessPoint : IAccessPoint
    {
        internal const string Address = "192.168.4.1";

        private const string Mask = "255.255.255.0";
        private const int MaxNetworks = 20;
        private const byte Channel = 1; // until the station joins: both have one radio
        private const byte MaxStations = 4;

        private readonly ILinkEventSink _sink;
        private readonly IClock _clock;
        private readonly object _gate = new object();
        private AccessPointWorker _worker; // null while nothing listens
        private WifiAdapter _scanner; // null before the first scan
        private string[] _names;
        private int[] _signals;
        private int _count = -1;

        /// <summary>Creates the access point; touches nothing.</summary>
        /// <param name="sink">Gets a signal for each request, and when a scan has ended.</param>
        /// <param name="clock">For the time that a client may take.</param>
        public SoftAccessPoint(ILinkEventSink sink, IClock clock)
        {
            _sink = sink;
            _clock = clock;
        }

        /// <inheritdoc/>
        public bool IsOn
        {
            get
            {
                try
                {
                    NetworkInterface own = Find(NetworkInterfaceType.WirelessAP);
                    return own != null && own.IPv4Address == Address
                        && (ConfigurationOf(own).Options & WirelessAPConfiguration.ConfigurationOptions.Enable) != 0;
                }
                catch (Exception)
                {
                    return false;
                }
            }
        }

        /// <inheritdoc/>
        public bool KnowsNetwork
        {
            get
            {
                try
                {
                    NetworkInterface station = Find(NetworkInterfaceType.Wireless80211);
                    return station != null && !string.IsNullOrEmpty(StationOf(station).Ssid);
                }
                catch (Exception)
                {
                    return false;
                }
            }
        }

        /// <inheritdoc/>
        public bool Store(string name)
        {
            try
            {
                NetworkInterface own = Find(NetworkInterfaceType.WirelessAP);
                NetworkInterface station = Find(NetworkInterfaceType.Wireless80211);
                if (own == null || station == null)
                {
                    return false;
                }

                if (name != null)
                {
                    SetAddress(own);

                    // Without the station nothing can be scanned, and the access point does not open either.
                    Wireless80211Configuration other = StationOf(station);
                    if ((other.Options & Wireless80211Configuration.ConfigurationOptions.Enable) == 0)
                    {
                        other.Options = Wireless80211Configuration.ConfigurationOptions.Enable;
                        other.SaveConfiguration();
                    }
                }

                WirelessAPConfiguration configuration = ConfigurationOf(own);
                configuration.Options = name == null ? WirelessAPConfiguration.ConfigurationOptions.None : WirelessAPConfiguration.ConfigurationOptions.AutoStart;
                if (name != null)
                {
                    configuration.Ssid = name;
                    configuration.Password = string.Empty;
                    configuration.Authentication = AuthenticationType.Open;
                    configuration.Encryption = EncryptionType.None;
                    configuration.Channel = Channel;
                    configuration.MaxConnections = MaxStations;
                }

                configuration.SaveConfiguration();
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public bool Listen(IAccessPointService service)
        {
            Stop();
            AccessPointWorker worker = new AccessPointWorker(service, _sink, _clock);
            _worker = worker.Start() ? worker : null;
            return _worker != null;
        }

        /// <inheritdoc/>
        public void Stop()
        {
            if (_worker != null)
            {
                _worker.Stop();
                _worker = null;
            }
        }

        /// <inheritdoc/>
        public bool Scan()
        {
            try
            {
                if (_scanner == null)
                {
                    // It stays: each adapter is in a list of the vendor's until it is disposed of.
                    _scanner = WifiAdapter.FindAllAdapters()[0];
                    _scanner.AvailableNetworksChanged += OnScanned;
                }

                _scanner.ScanAsync();
                return true;
            }
            catch (Exception)
            {
                // The station is joining: it has the radio.
                return false;
            }
        }

        /// <inheritdoc/>
        public int Found(string[] names, int[] signalsDbm)
        {
            lock (_gate)
            {
                int count = _count < names.Length ? _count : names.Length;
                for (int i = 0; i < count; i++)
                {
                    names[i] = _names[i];
                    signalsDbm[i] = _signals[i];
                }

                return count;
            }
        }

        private static NetworkInterface Find(NetworkInterfaceType type)
        {
            NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < all.Length; i++)
            {
                if (all[i].NetworkInterfaceType == type)
                {
                    return all[i];
                }
            }

            return null;
        }

        private static WirelessAPConfiguration ConfigurationOf(NetworkInterface own) =>
            WirelessAPConfiguration.GetAllWirelessAPConfigurations()[(int)own.SpecificConfigId];

        private static Wireless80211Configuration StationOf(NetworkInterface station) =>
            Wireless80211Configuration.GetAllWireless80211Configurations()[(int)station.SpecificConfigId];

        private static void SetAddress(NetworkInterface own)
        {
            try
            {
                own.EnableStaticIPv4(Address, Mask, Address);
            }
            catch (Exception)
            {
                // It is stored; what fails is to use it at once, while the access point is closed.
            }
        }

        private void OnScanned(WifiAdapter adapter, object e)
        {
            try
            {
                WifiAvailableNetwork[] found = adapter.NetworkReport.AvailableNetworks;
                if (found.Length == 0)
                {
                    return; // the station has read it before: who reads it takes it away
                }

                string[] names = Texts.New(MaxNetworks);
                int[] signals = new int[MaxNetworks];
                int count = 0;
                for (int i = 0; i < found.Length; i++)
                {
                    // A hidden one has no name.
                    if (!string.IsNullOrEmpty(found[i].Ssid))
                    {
                        count = Insert(names, signals, count, found[i].Ssid, (int)found[i].NetworkRssiInDecibelMilliwatts);
                    }
                }

                lock (_gate)
                {
                    _names = names;
                    _signals = signals;
                    _count = count;
                }

                _sink.Post(new LinkEvent(LinkEventKind.Signal, 0));
            }
            catch (Exception)
            {
                // The list before stays.
            }
        }

        // By signal; of several access points with one name the strongest.
        private static int Insert(string[] names, int[] signals, int count, string name, int signal)
        {
            int at = 0;
            while (at < count && signals[at] >= signal && names[at] != name)
            {
                at++;
            }

            if (at == MaxNetworks || (at < count && names[at] == name && signals[at] >= signal))
            {
                return count;
            }

            int end = at;
            while (end < count && names[end] != name)
            {
                end++;
            }

            bool isNew = end == count;
            end = end < MaxNetworks ? end : MaxNetworks - 1;
            for (int i = end; i > at; i--)
            {
                names[i] = names[i - 1];
                signals[i] = signals[i - 1];
            }

            names[at] = name;
            signals[at] = signal;
            return isNew && count < MaxNetworks ? count + 1 : count;
        }
    }
}

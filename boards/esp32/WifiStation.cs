using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using Firmware.Platform;
using nanoFramework.Networking;

namespace Boards.Esp32
{
    /// <summary>The chip's Wi-Fi as a station. Joining takes seconds, so a worker does it.</summary>
    public sealed class WifiStation : INetwork
    {
        private const int JoinTimeout = 28000;
        private const string NoAddress = "0.0.0.0";

        private readonly ILinkEventSink _signals;
        private WifiNetwork _network;
        private string _joinedSsid;
        private bool _hasLeft;
        private int _attempt;
        private CancellationTokenSource _waiting; // the worker's, while it waits
        private bool _isBusy;
        private int _signalDbm;
        private bool _isScanning;
        private WifiAdapter _scanner;

        /// <summary>Creates the station.</summary>
        /// <param name="signals">Receives how joining ended.</param>
        public WifiStation(ILinkEventSink signals)
        {
            _signals = signals;
        }

        /// <inheritdoc/>
        public bool IsJoined => Address != null;

        /// <inheritdoc/>
        public string Address
        {
            get
            {
                NetworkInterface station = FindStation();
                string address = station == null ? null : station.IPv4Address;
                return string.IsNullOrEmpty(address) || address == NoAddress ? null : address;
            }
        }

        /// <inheritdoc/>
        /// <remarks>The platform tells it only by a scan, so it is that of the first time the network was joined.</remarks>
        public int SignalDbm => _signalDbm;

        /// <summary>The station's MAC address, six bytes.</summary>
        /// <returns>The address; zeros when the chip has no Wi-Fi.</returns>
        public static byte[] ReadMac()
        {
            NetworkInterface station = FindStation();
            return station == null ? new byte[6] : station.PhysicalAddress;
        }

        /// <inheritdoc/>
        public void Join(int attempt, WifiNetwork network)
        {
            if (IsJoined && (network == null || network.Ssid == _joinedSsid))
            {
                UseNetwork();
                _signals.Post(new LinkEvent(LinkEventKind.Joined, attempt));
                return;
            }

            // A helper call that hangs must not be joined by a second one: they share state.
            if (_isBusy)
            {
                _signals.Post(new LinkEvent(LinkEventKind.JoinFailed, attempt) { Detail = LinkEvent.Busy });
                return;
            }

            _isBusy = true;
            _attempt = attempt;
            _network = network;
            try
            {
                new Thread(Work).Start();
            }
            catch (Exception)
            {
                _isBusy = false;
                _signals.Post(new LinkEvent(LinkEventKind.JoinFailed, attempt) { Detail = "no memory for a thread" });
            }
        }

        /// <inheritdoc/>
        public void Leave()
        {
            // The native layer does not rejoin by itself after this: it needs the network again.
            _hasLeft = true;
            _joinedSsid = null;
            try
            {
                // Not the helper's: it knows no adapter when the chip has joined by itself.
                using WifiAdapter adapter = WifiAdapter.FindAllAdapters()[0];
                adapter.Disconnect();
                CancellationTokenSource waiting = _waiting;
                if (waiting != null)
                {
                    waiting.Cancel();
                }
            }
            catch (Exception)
            {
                // Not joined.
            }
        }

        /// <inheritdoc/>
        /// <remarks>
        /// The platform stops its driver only when the chip restarts. What can be had is a driver that gives up what it is
        /// at and is set up again from the network's name and password.
        /// </remarks>
        public void Restart()
        {
            Leave();
            _signalDbm = 0;
        }

        /// <inheritdoc/>
        public bool Forget()
        {
            try
            {
                NetworkInterface station = FindStation();
                if (station != null)
                {
                    Wireless80211Configuration stored = Wireless80211Configuration.GetAllWireless80211Configurations()[(int)station.SpecificConfigId];
                    stored.Ssid = string.Empty;
                    stored.Password = string.Empty;
                    stored.Options = Wireless80211Configuration.ConfigurationOptions.Enable; // disabled it would take the access point along
                    stored.SaveConfiguration();
                }

                return StoredNetwork() == null;
            }
            catch (Exception)
            {
                return false;
            }
        }

        private static NetworkInterface FindStation()
        {
            NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < all.Length; i++)
            {
                if (all[i].NetworkInterfaceType == NetworkInterfaceType.Wireless80211)
                {
                    return all[i];
                }
            }

            return null;
        }

        private void Work()
        {
            string detail = null;
            try
            {
                if (!TryJoin(_network))
                {
                    detail = "not joined: check ssid and password (WifiNetworkHelper.Status " + (int)WifiNetworkHelper.Status + ")";
                }
            }
            catch (Exception e)
            {
                detail = e.GetType().Name;
            }

            int attempt = _attempt;
            _joinedSsid = detail == null && _network != null ? _network.Ssid : null;
            _isBusy = false;
            if (detail == null)
            {
                UseNetwork();
            }

            _signals.Post(new LinkEvent(detail == null ? LinkEventKind.Joined : LinkEventKind.JoinFailed, attempt) { Detail = detail });
        }

        private bool TryJoin(WifiNetwork network)
        {
            // A helper throws when it is set up twice.
            WifiNetworkHelper.Reset();
            network = network == null && _hasLeft ? StoredNetwork() : network;
            _hasLeft = false;
            using CancellationTokenSource timeout = new CancellationTokenSource(JoinTimeout);
            _waiting = timeout;
            try
            {
                return network == null
                    ? WifiNetworkHelper.Reconnect(token: timeout.Token)
                    : WifiNetworkHelper.ConnectDhcp(network.Ssid, network.Password, token: timeout.Token);
            }
            finally
            {
                _waiting = null;

                // Each adapter stays in a list of the vendor's until it is disposed of: one a join would fill the heap.
                WifiAdapter used = WifiNetworkHelper.WifiAdapter;
                if (used != null)
                {
                    used.Dispose();
                }
            }
        }

        private static string StoredSsid()
        {
            WifiNetwork network = StoredNetwork();
            return network == null ? null : network.Ssid;
        }

        private static WifiNetwork StoredNetwork()
        {
            NetworkInterface station = FindStation();
            if (station == null)
            {
                return null;
            }

            Wireless80211Configuration stored = Wireless80211Configuration.GetAllWireless80211Configurations()[(int)station.SpecificConfigId];
            return string.IsNullOrEmpty(stored.Ssid) ? null : new WifiNetwork(stored.Ssid, stored.Password);
        }

        // The chip may also have joined by itself, before the program began.
        private void UseNetwork()
        {
            try
            {
                if (_scanner == null)
                {
                    _scanner = WifiAdapter.FindAllAdapters()[0];
                    _scanner.AvailableNetworksChanged += OnScanned;
                }

                if (_signalDbm == 0)
                {
                    _isScanning = true;
                    _scanner.ScanAsync();
                }
            }
            catch (Exception)
            {
                // Only the signal stays unknown; what another scan finds is for its reader.
                _isScanning = false;
            }
        }

        private void OnScanned(WifiAdapter adapter, object e)
        {
            // Who reads what a scan has found takes it away, and this one may be for another adapter.
            if (!_isScanning)
            {
                return;
            }

            _isScanning = false;
            try
            {
                string ssid = _joinedSsid ?? StoredSsid();
                WifiAvailableNetwork[] networks = adapter.NetworkReport.AvailableNetworks;
                for (int i = 0; i < networks.Length; i++)
                {
                    if (networks[i].Ssid == ssid)
                    {
                        _signalDbm = (int)networks[i].NetworkRssiInDecibelMilliwatts;
                    }
                }
            }
            catch (Exception)
            {
                // Only the signal stays unknown.
            }
        }
    }
}

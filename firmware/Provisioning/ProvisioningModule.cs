using System;
using Firmware.Connectivity;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Provisioning.Methods;
using Firmware.Settings;
using Firmware.Shutdown;

namespace Firmware.Provisioning
{
    /// <summary>
    /// The first set-up: an access point with one page, for some minutes, when the device knows no network, or its button was
    /// held for 3 s. The chip opens and closes it only when it starts, so each costs a restart.
    /// </summary>
    public sealed partial class ProvisioningModule : Module
    {
        /// <summary>
        /// Milliseconds since the start in which the button is looked at, so that one that is pressed already counts; later
        /// the port signals that it is pressed.
        /// </summary>
        public const long ButtonWindow = 30000;

        /// <summary>Milliseconds for which it must be held before it is released.</summary>
        public const long ButtonTime = 3000;

        /// <summary>Milliseconds from which on it means something else.</summary>
        public const long ButtonLimit = 10000;

        internal const int MaxNetworks = 20;
        internal const int ScanSeconds = 8; // 13 channels of half a second

        private const string Mark = "set-up"; // why the access point opens at the next start
        private const byte ByItself = 1;
        private const byte ByButton = 2;
        private const byte IsOver = 3;
        private const long ButtonPause = 500;
        private const long Released = -1;
        private const long Unused = -2; // the button opens nothing in this run
        private const long TrialPause = 250;
        private const long ScanAge = 60000;
        private const long LongestShow = 30000; // for the page to show that the device is online
        private const long ShortShow = 5000;
        private const long Minute = 60000;

        private readonly ProvisioningSettings _settings = new ProvisioningSettings();
        private readonly IAccessPoint _accessPoint;
        private readonly IButton _button;
        private readonly ICredentialKeeper _credentials;
        private DeviceContext _device;
        private PortalService _service; // null while it is closed
        private byte _why;
        private long _closeAt = long.MaxValue;
        private long _pressedAt = Unused;
        private bool _isWatching;
        private bool _isClosing;
        private long _scannedAt = -ScanAge;

        /// <summary>Creates the module.</summary>
        /// <param name="accessPoint">The chip's access point.</param>
        /// <param name="button">The board's button; null for none.</param>
        /// <param name="credentials">Where certificates are stored; null when the device takes none.</param>
        public ProvisioningModule(IAccessPoint accessPoint, IButton button, ICredentialKeeper credentials)
        {
            _accessPoint = accessPoint;
            _button = button;
            _credentials = credentials;
        }

        /// <inheritdoc/>
        public override string Name => "provisioning";

        /// <inheritdoc/>
        public override SettingGroup Settings => _settings;

        /// <inheritdoc/>
        public override IMethod[] Methods => new IMethod[] { new NetworkScanMethod(this) };

        /// <inheritdoc/>
        public override AwakeHold Hold => _service != null ? AwakeHold.LongCap | AwakeHold.Trial : _pressedAt >= 0 ? AwakeHold.LongCap : AwakeHold.None;

        /// <inheritdoc/>
        public override bool NeedsRadio => _service != null;

        private long OpenTime => _device.Settings.Number(_settings, ProvisioningSettings.Minutes) * Minute;

        private bool NeedsNetwork => _device.Settings.Wifi.Length == 0 && !_accessPoint.KnowsNetwork;

        /// <inheritdoc/>
        public override void Start(DeviceContext device)
        {
            _device = device;
            if (device.Wake.IsSleepEnd || !device.Shutdown.CanRestart)
            {
                return;
            }

            byte[] mark = device.Storage.Read(Mark);
            _why = mark == null ? (byte)0 : mark[0];
            if (_accessPoint.IsOn)
            {
                Open(device.Clock.Uptime);
                return;
            }

            if (_why == ByItself || _why == ByButton)
            {
                // Trying again would restart the device without end.
                device.Events.Add("setup-failed", null, null, "the chip did not open its access point");
            }

            if (_why != 0)
            {
                device.Storage.Delete(Mark);
            }
            else if (OpenTime > 0 && NeedsNetwork)
            {
                OpenAfterRestart(ByItself);
                return;
            }

            if (_button != null)
            {
                _isWatching = true;
                _pressedAt = Released;
            }

            Schedule();
        }

        /// <inheritdoc/>
        public override void OnOnline(bool isNewSession, long now)
        {
            // Who pressed the button wants the page, although the device is online.
            if (_service != null && (_why != ByButton || _isTrying))
            {
                CloseAt(now + LongestShow);
            }
        }

        /// <inheritdoc/>
        public override void OnSignal(long now)
        {
            if (_pressedAt == Released && !_isWatching && _button.IsPressed)
            {
                _isWatching = true;
                _pressedAt = now;
                Schedule();
            }

            HttpRequest request = _service == null ? null : _service.Request;
            if (request != null)
            {
                HttpResponse response;
                try
                {
                    response = Respond(request, now);
                }
                catch (Exception e)
                {
                    _device.Report(this, e);
                    response = new HttpResponse("500 Internal Server Error", null, null);
                }

                _page = null;
                _service.Respond(request, response);
                Schedule();
            }
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            if (_isClosing)
            {
                return;
            }

            if (_service != null)
            {
                WatchTrial();
                if (now >= _closeAt && !_isTrying)
                {
                    Close();
                    return;
                }
            }
            else if (_isWatching)
            {
                WatchButton(now);
            }

            Schedule();
        }

        /// <summary>Gives what the last scan has found, or begins one.</summary>
        /// <returns>How many networks; -1 while there is nothing to give.</returns>
        internal int Scan(string[] names, int[] signals)
        {
            long now = _device.Clock.Uptime;
            if (now - _scannedAt >= ScanAge)
            {
                _scannedAt = _accessPoint.Scan() ? now : _scannedAt;
                return -1;
            }

            // Until it has ended there is what was found before.
            return now - _scannedAt < ScanSeconds * 1000 ? -1 : _accessPoint.Found(names, signals);
        }

        private void Schedule()
        {
            long now = _device.Clock.Uptime;
            RunAt(_service == null ? (_isWatching ? now + ButtonPause : long.MaxValue) : _isTrying && now + TrialPause < _closeAt ? now + TrialPause : _closeAt);
        }

        private void WatchButton(long now)
        {
            bool isPressed = _button.IsPressed;
            long held = _pressedAt < 0 ? 0 : now - _pressedAt;
            _isWatching = isPressed ? held < ButtonLimit : now < ButtonWindow;
            if (isPressed && _isWatching)
            {
                _pressedAt = _pressedAt < 0 ? now : _pressedAt;
                return;
            }

            _pressedAt = Released;
            if (!isPressed && held >= ButtonTime && held < ButtonLimit && OpenTime > 0)
            {
                OpenAfterRestart(ByButton);
            }
        }

        // The name first: with it alone the device opens, too, and with the mark alone it would report a failure.
        private void OpenAfterRestart(byte why)
        {
            string id = _device.Identity.DeviceId;
            _isWatching = false;
            if (_accessPoint.Store("esp32-" + id.Substring(id.Length - 6)) && _device.Storage.Replace(Mark, new byte[] { why }))
            {
                _device.Shutdown.RequestRestart("set-up");
                return;
            }

            _accessPoint.Store(null);
            _device.Events.Add("setup-failed", null, null, "could not be stored");
        }

        private void Open(long now)
        {
            if (_why == ByItself && _device.Settings.Wifi.Length == 0)
            {
                // What an interrupted trial left in the chip is no known network.
                _device.Network.Forget();
            }

            _why = _why == ByButton ? ByButton : ByItself;
            _service = new PortalService();
            _closeAt = now + OpenTime;
            if (OpenTime == 0 || !_accessPoint.Listen(_service))
            {
                _device.Events.Add("setup-failed", null, null, OpenTime == 0 ? "provisioning.minutes is 0" : "cannot listen");
                _closeAt = now;
            }
            else
            {
                _device.Events.Add("setup-opened", null, null, _why == ByButton ? "the button was held for 3 s" : "no network is known");
                byte[] token = new byte[8];
                new Random().NextBytes(token);
                _token = string.Empty;
                for (int i = 0; i < token.Length; i++)
                {
                    _token += token[i].ToString("X2");
                }

                _accessPoint.Scan();
                _scannedAt = now;
            }

            Schedule();
        }

        private void CloseAt(long at)
        {
            _closeAt = at < _closeAt ? at : _closeAt;
            Schedule();
        }

        /// <inheritdoc/>
        public override void OnShutdown(ShutdownReason reason)
        {
            // Each wake would start with the access point on.
            if (reason == ShutdownReason.Sleep && _service != null)
            {
                StoreClosed();
            }
        }

        private void Close()
        {
            _isClosing = true;
            RunAt(long.MaxValue);

            // What still opens at the next start would restart the device without end.
            if (StoreClosed())
            {
                _device.Shutdown.RequestRestart("set-up");
            }
        }

        private bool StoreClosed()
        {
            bool isOnline = _device.Connection.IsOnline;
            _accessPoint.Stop();
            _service = null;

            // The mark first: when the power fails in between, the set-up is open once more.
            if (isOnline)
            {
                _device.Storage.Delete(Mark);
            }
            else
            {
                _device.Storage.Replace(Mark, new byte[] { IsOver });
            }

            _device.Events.Add("setup-closed", null, null, isOnline ? "the device is online" : "its time is over");
            return _accessPoint.Store(null);
        }
    }
}

using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Security.Methods;
using Firmware.Telemetry;

namespace Firmware.Security
{
    /// <summary>
    /// Certificates and keys for TLS: they are stored and listed on request, and reported before they expire. Erases the
    /// device on request, or when its button is held after the start.
    /// </summary>
    public sealed class SecurityModule : Module, IStatusMember
    {
        /// <summary>Seconds before the end of its validity from which a credential is reported: 30 days.</summary>
        public const long ExpirySeconds = 2592000;

        /// <summary>Milliseconds after the start in which the button may be pressed.</summary>
        public const long ButtonWindow = 30000;

        /// <summary>Milliseconds for which it must be held before it is released.</summary>
        public const long ButtonTime = 10000;

        private const long LongestButtonTime = 60000; // a pin that is low for longer is stuck
        private const long ButtonPause = 500; // each look is a whole step of the loop
        private const long BlinkPause = 250;
        private const long CheckPause = 86400000;
        private const long EventTime = 5000; // for the broker to acknowledge the last event
        private const long EventPause = 100;
        private const string Reported = "cert-reported";

        private readonly IButton _button;
        private readonly IOutputPin _led;
        private long _pressedAt = -1;
        private long _eraseBy = long.MaxValue;
        private long _checkAt = long.MaxValue;
        private long _expiresAt; // 0: not within 30 days
        private bool _isLit;
        private bool _isWatching;

        /// <summary>Creates the module.</summary>
        /// <param name="credentials">What the board's link reads from, too.</param>
        /// <param name="button">The board's button; null for none.</param>
        /// <param name="led">The board's LED; null for none.</param>
        public SecurityModule(CredentialStore credentials, IButton button, IOutputPin led)
        {
            Credentials = credentials;
            _button = button;
            _led = led;
        }

        internal readonly CredentialStore Credentials;

        internal DeviceContext Device;

        /// <summary>What is being sent: name, kind, number of parts, and how many came; the name is null when nothing is.</summary>
        internal string PartName;
        internal bool IsPartOfClient;
        internal int Parts;
        internal int Received;

        /// <inheritdoc/>
        public override string Name => "security";

        /// <inheritdoc/>
        string IStatusMember.Name => _expiresAt == 0 ? null : "credentialExpires";

        /// <inheritdoc/>
        public override IMethod[] Methods => new IMethod[]
        {
            new CredentialsSetMethod(this), new CredentialsListMethod(this), new CredentialsRemoveMethod(this), new FactoryResetMethod(this),
        };

        /// <inheritdoc/>
        public override IStatusMember Status => this;

        /// <inheritdoc/>
        public override bool RunsInSafeMode => true;

        /// <inheritdoc/>
        public override AwakeHold Hold => _pressedAt >= 0 || _eraseBy != long.MaxValue ? AwakeHold.LongCap : AwakeHold.None;

        /// <inheritdoc/>
        public void WriteTo(JsonWriter writer) => writer.Number(_expiresAt);

        /// <inheritdoc/>
        public override void Start(DeviceContext device)
        {
            Device = device;
            _isWatching = _button != null && !device.Wake.IsSleepEnd;
            if (_isWatching)
            {
                RunAt(0);
            }
        }

        /// <inheritdoc/>
        public override void OnOnline(bool isNewSession, long now)
        {
            _checkAt = now;
            Schedule(now);
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            if (_eraseBy != long.MaxValue)
            {
                if (now >= _eraseBy || Device.Events.Count == 0 || !Device.Connection.IsOnline)
                {
                    Device.Shutdown.RequestRestart("factory-reset");
                }
                else
                {
                    RunAt(now + EventPause);
                }

                return;
            }

            if (_isWatching)
            {
                WatchButton(now);
            }

            if (now >= _checkAt)
            {
                _checkAt = now + CheckPause;
                CheckExpiry();
            }

            Schedule(now);
        }

        /// <summary>Erases the device at its next start, which follows soon.</summary>
        /// <param name="reason">Who wants that, for the event.</param>
        /// <returns>False when that could not be stored.</returns>
        internal bool Erase(string reason)
        {
            if (!Erasure.Request(Device.Storage))
            {
                return false;
            }

            Light(true);
            _eraseBy = Device.Clock.Uptime + EventTime;
            Device.Events.Add("factory-reset", null, null, reason);
            RunAt(0);
            return true;
        }

        /// <summary>Reports that what is stored has changed, so that the owner notices a change by another client.</summary>
        internal void ReportChange(string what) => Device.Events.Security("credentials-changed", what);

        /// <summary>Whether a broker of the settings uses a credential.</summary>
        internal bool IsInUse(string name)
        {
            BrokerAddress[] brokers = Device.Settings.Brokers;
            for (int i = 0; i < brokers.Length; i++)
            {
                if (brokers[i].Ca == name || brokers[i].Credential == name)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Why what is stored under a name may not change now; null when it may.</summary>
        internal RpcError Refusal(string name)
        {
            if ((Device.Hold & AwakeHold.Trial) != 0)
            {
                // The settings to roll back to may need it.
                return RpcError.Conflict(null, "settings or an image are on trial: retry after it");
            }

            return IsInUse(name) && Credentials.Find(name) != null
                ? RpcError.Conflict("name", "is in use: store another name, set broker to it, then remove this one")
                : null;
        }

        private void Schedule(long now)
        {
            if (_eraseBy == long.MaxValue)
            {
                long due = !_isWatching ? _checkAt : now + (_pressedAt < 0 ? ButtonPause : BlinkPause);
                RunAt(due < _checkAt ? due : _checkAt);
            }
        }

        // Only its release counts: a pin that is stuck at its level, or wired to something else, must not erase at each start.
        private void WatchButton(long now)
        {
            long held = _pressedAt < 0 ? BlinkPause : now - _pressedAt; // pressed between two looks: half of the pause ago
            if (_button.IsPressed && held <= LongestButtonTime)
            {
                _pressedAt = now - held;
                Light(held >= ButtonTime || !_isLit);
                return;
            }

            Light(false);
            _pressedAt = -1;
            _isWatching = now < ButtonWindow;
            if (held > LongestButtonTime)
            {
                _isWatching = false;
            }
            else if (held >= ButtonTime && Device.Shutdown.CanRestart)
            {
                _isWatching = false;
                Erase("the button was held for 10 s");
            }
        }

        private void Light(bool isLit)
        {
            if (_led != null && isLit != _isLit)
            {
                _isLit = isLit;
                _led.Write(isLit);
            }
        }

        private void CheckExpiry()
        {
            IClock clock = Device.Clock;
            if (!clock.IsSynchronized)
            {
                return;
            }

            string first = null;
            long earliest = long.MaxValue;
            BrokerAddress[] brokers = Device.Settings.Brokers;
            for (int i = 0; i < brokers.Length; i++)
            {
                first = Earlier(brokers[i].Ca, ref earliest) ?? first;
                first = Earlier(brokers[i].Credential, ref earliest) ?? first;
            }

            long before = _expiresAt;
            _expiresAt = earliest != long.MaxValue && earliest - clock.UtcSeconds < ExpirySeconds ? earliest : 0;
            if (_expiresAt != before && !Device.Sleeps)
            {
                Device.Presence.Refresh();
            }

            if (_expiresAt != 0)
            {
                ReportOnce(first);
            }
        }

        private string Earlier(string name, ref long earliest)
        {
            Credential credential = name == null ? null : Credentials.Find(name);
            if (credential == null || credential.NotAfter >= earliest)
            {
                return null;
            }

            earliest = credential.NotAfter;
            return name;
        }

        // Once for each: a device that sleeps starts again with each wake.
        private void ReportOnce(string name)
        {
            byte[] mark = new byte[4];
            Frame.PutInt(mark, 0, (int)_expiresAt);
            byte[] before = Device.Storage.Read(Reported);
            if (before != null && before.Length == 4 && Frame.GetInt(before, 0) == (int)_expiresAt)
            {
                return;
            }

            Device.Storage.Replace(Reported, mark);
            JsonWriter writer = EventQueue.Begin("credential-expires");
            writer.Member("credential", name);
            writer.Member("expires", _expiresAt);
            writer.Member("reason", "store another one, and set broker to it");
            Device.Events.End(writer, false);
        }
    }
}

using Firmware.Diagnostics.Methods;
using Firmware.Messaging;
using Firmware.Platform;

namespace Firmware.Shutdown
{
    /// <summary>
    /// Leaves the broker on purpose: "offline" is published and acknowledged, then the connection is closed, each within a
    /// bounded time; then the device stops, restarts, sleeps, or reconnects.
    /// </summary>
    public sealed class ShutdownModule : Module
    {
        /// <summary>Milliseconds for which the broker's acknowledgement is awaited.</summary>
        private const long AcknowledgeTime = 3000;

        /// <summary>Milliseconds for which the end of the connection is awaited: a restart would cut the DISCONNECT off.</summary>
        private const long CloseTime = 2000;

        /// <summary>Milliseconds after the DISCONNECT before the chip may lose its power: the packet has to leave the radio first.</summary>
        private const long LingerTime = 100;

        /// <summary>Milliseconds between two looks at a response that is due and cannot be sent.</summary>
        private const long StuckPause = 100;

        /// <summary>Milliseconds for which responses are waited for: the longest spread of a group, and some.</summary>
        private const long ResponseTime = 305000;

        private readonly IPower _power;
        private DeviceContext _device;
        private bool _needsReconnect;
        private bool _isClosing;
        private long _leaveBy;
        private long _dueAt = long.MaxValue;

        internal ShutdownModule(IPower power)
        {
            _power = power;
        }

        /// <inheritdoc/>
        public override string Name => "shutdown";

        /// <inheritdoc/>
        public override bool RunsInSafeMode => true;

        /// <inheritdoc/>
        public override IMethod[] Methods => new IMethod[] { new RestartMethod(this) };

        /// <summary>What follows; <see cref="ShutdownReason.None"/> while the device does not shut down.</summary>
        public ShutdownReason Reason;

        /// <summary>Why, for the boot record: at most 16 characters.</summary>
        public string Cause;

        /// <summary>Whether the board can restart itself.</summary>
        public bool CanRestart => _power != null;

        internal string RestartCause;

        /// <summary>Whether the device has stopped, restarted or gone to sleep.</summary>
        public bool IsOver;

        /// <inheritdoc/>
        public override void Start(DeviceContext device) => _device = device;

        /// <summary>The device restarts as soon as the responses are out.</summary>
        /// <param name="cause">Why, for the boot record: at most 16 characters.</param>
        public void RequestRestart(string cause)
        {
            RestartCause = cause;
            RunAt(0);
        }

        /// <summary>The device reconnects with the settings of the store, as soon as the responses are out.</summary>
        public void RequestReconnect()
        {
            _needsReconnect = true;
            RunAt(0);
        }

        /// <summary>The device stops at once.</summary>
        public void Stop()
        {
            if (_device == null)
            {
                IsOver = true;
            }
            else if (!IsOver && Reason != ShutdownReason.Stop)
            {
                Begin(ShutdownReason.Stop, "stop");
            }
        }

        /// <summary>The device sleeps as soon as the connection is closed.</summary>
        /// <param name="isAnnounced">Whether the broker has acknowledged "sleeping": then the connection is closed in order.</param>
        public void Sleep(bool isAnnounced)
        {
            Reason = ShutdownReason.Sleep;
            Cause = "sleep";
            Loop.Notify(ModuleEvent.Shutdown, null, (long)Reason);
            if (isAnnounced)
            {
                Close();
            }
            else
            {
                Drop();
            }
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            if (Reason == ShutdownReason.None)
            {
                BeginRequested(now);
            }
            else if (!_isClosing && _device.Presence.IsConfirmed)
            {
                Close();
            }
            else if (now < _dueAt)
            {
                RunAt(_dueAt);
            }
            else if (_isClosing)
            {
                Finish();
            }
            else if (_device.Presence.IsWaiting)
            {
                // "offline" was never sent: the will says it.
                Drop();
            }
            else
            {
                // "offline" was sent, and may have arrived without its acknowledgement.
                Close();
            }
        }

        /// <summary>The connection is closed, its DISCONNECT sent.</summary>
        internal void Closed()
        {
            if (!_isClosing)
            {
                return;
            }

            if (Reason == ShutdownReason.Restart || Reason == ShutdownReason.Sleep)
            {
                SetDue(_device.Clock.Uptime + LingerTime);
            }
            else
            {
                Finish();
            }
        }

        // Something came in or was acknowledged.
        internal void Progress()
        {
            if (Reason != ShutdownReason.None && !_isClosing && _device.Presence.IsConfirmed)
            {
                Close();
            }
        }

        private void BeginRequested(long now)
        {
            if (RestartCause == null && !_needsReconnect)
            {
                return;
            }

            _leaveBy = _leaveBy == 0 ? now + ResponseTime : _leaveBy;

            // Waiting responses go out first, also those to a group.
            long due = _device.Responses.HoldsUntil;
            if (due != long.MaxValue && now < _leaveBy)
            {
                due = due > now ? due : now + StuckPause;
                RunAt(due < _leaveBy ? due : _leaveBy);
            }
            else if (RestartCause != null)
            {
                Begin(ShutdownReason.Restart, RestartCause);
            }
            else
            {
                _needsReconnect = false;
                Begin(ShutdownReason.Reconnect, null);
            }
        }

        private void Begin(ShutdownReason reason, string cause)
        {
            Reason = reason;
            Cause = cause;
            _isClosing = false;
            _leaveBy = 0;
            SetDue(_device.Clock.Uptime + AcknowledgeTime);
            if (reason != ShutdownReason.Reconnect)
            {
                Loop.Notify(ModuleEvent.Shutdown, null, (long)reason);
            }

            if (!_device.Connector.SayOffline())
            {
                // It was not acknowledged: the broker publishes the will.
                Drop();
            }
        }

        private void Close()
        {
            _isClosing = true;
            SetDue(_device.Clock.Uptime + CloseTime);
            _device.Connector.Disconnect(true);
        }

        private void Drop()
        {
            try
            {
                _device.Connector.Disconnect(false);
            }
            finally
            {
                Finish();
            }
        }

        private void Finish()
        {
            ShutdownReason reason = Reason;
            Reason = ShutdownReason.None;
            _isClosing = false;
            SetDue(long.MaxValue);
            if (reason == ShutdownReason.Reconnect)
            {
                // What was requested meanwhile comes next.
                _needsReconnect = false;
                RunAt(0);
                _device.Connector.Reconnect();
                return;
            }

            IsOver = true;
            Loop.Notify(ModuleEvent.Closed, null, (long)reason);
            if (reason == ShutdownReason.Restart && _power != null)
            {
                _power.Restart();
            }
        }

        private void SetDue(long at)
        {
            _dueAt = at;
            RunAt(at);
            Loop.NextDue = at;
        }
    }
}

using Firmware.Connectivity;
using Firmware.Diagnostics;
using Firmware.Platform;

namespace Firmware
{
    /// <summary>What a device does for itself: relays, battery, memory, trials of settings, restarts that were asked for.</summary>
    internal sealed class Upkeep
    {
        private const int LowMemory = 8192;
        private const long BatteryPause = 60000;

        private readonly Parts _parts;
        private readonly Pull _pull;
        private readonly Leaving _leaving;
        private ConnectionState _lastState;
        private string _restartReason;
        private long _batteryAt;

        internal Upkeep(Parts parts, Pull pull, Leaving leaving)
        {
            _parts = parts;
            _pull = pull;
            _leaving = leaving;
        }

        /// <summary>Uptime in milliseconds at which <see cref="Tick"/> has work.</summary>
        internal long DueAt
        {
            get
            {
                long due = _parts.Actuators.DueAt < _parts.Led.DueAt ? _parts.Actuators.DueAt : _parts.Led.DueAt;
                due = _parts.Boot.DueAt < due ? _parts.Boot.DueAt : due;
                return _parts.Reconfiguration.DueAt < due ? _parts.Reconfiguration.DueAt : due;
            }
        }

        /// <summary>The device is to restart when what it has to say is out.</summary>
        /// <param name="reason">Why, for the boot record.</param>
        internal void Restart(string reason) => _restartReason = reason;

        /// <summary>Does what is due.</summary>
        internal void Tick()
        {
            long now = _parts.Hardware.Clock.Uptime;
            NoteConnection();
            _parts.Actuators.Tick(now);
            _parts.Led.Tick(now);
            _parts.Reconfiguration.Tick(now);
            _parts.Health.Tick(now);
            CheckBattery();
            if (_parts.Health.Heap < LowMemory)
            {
                _parts.Shed();
            }

            if (_parts.Boot.Tick(now, _parts.StartRevision))
            {
                _restartReason = "safe mode over";
            }

            // What was asked is answered first, also to a group.
            if (_restartReason != null && !_pull.IsWaiting)
            {
                _leaving.Begin(DepartureKind.Restart, _restartReason);
            }
            else if (_parts.Reconfiguration.NeedsConnection && !_pull.IsWaiting)
            {
                _leaving.Begin(DepartureKind.Reconnect, null);
            }
        }

        /// <summary>Measures the battery now and then.</summary>
        internal void CheckBattery()
        {
            long now = _parts.Hardware.Clock.Uptime;
            if (now >= _batteryAt && _parts.Hardware.Power != null)
            {
                _batteryAt = now + BatteryPause;
                _parts.MeasureBattery();
            }
        }

        private void NoteConnection()
        {
            ConnectionState state = _parts.Connection.State;
            if (state == _lastState)
            {
                return;
            }

            _lastState = state;
            if (state == ConnectionState.Online)
            {
                _parts.Boot.Reached(BootStage.Online);
                _parts.Log.Write(LogLevel.Information, "online at " + _parts.Connection.Broker.Host);
            }
            else if (state == ConnectionState.Connecting)
            {
                _parts.Boot.Reached(BootStage.Joined);
            }
            else if (state == ConnectionState.BackingOff)
            {
                _parts.Log.Write(LogLevel.Warning, "no connection: " + _parts.Connection.LastFailure);
            }
        }
    }
}

using Firmware.Messaging;
using Firmware.Outputs.Methods;
using Firmware.Platform;
using Firmware.Settings;
using Firmware.Shutdown;
using Firmware.Telemetry;

namespace Firmware.Outputs
{
    /// <summary>
    /// Outputs that are switched or set to a level: on request, with a limit on their time, interlocks and minimum times, safe
    /// at the start and the end. Presence contains their states.
    /// </summary>
    public sealed class OutputModule : Module
    {
        // What was last reported, and the minimum times, over a sleep; written only when that has changed.
        private const string Memory = "outputs.state";

        private readonly OutputSettings _settings = new OutputSettings();
        private IOutputPins _pins; // until the start
        private ILevelPins _levels; // likewise
        private DeviceContext _device;
        private Actuators _actuators;
        private int _changes;
        private bool _hasMeasured;
        private byte[] _saved; // null when that is not known

        /// <summary>Creates the module.</summary>
        /// <param name="pins">The board's pins; null when it has none.</param>
        /// <param name="levels">The board's pins for levels; null when it has none.</param>
        public OutputModule(IOutputPins pins, ILevelPins levels)
        {
            _pins = pins;
            _levels = levels;
        }

        /// <inheritdoc/>
        public override string Name => "outputs";

        /// <inheritdoc/>
        public override SettingGroup Settings => _settings;

        /// <inheritdoc/>
        public override IMethod[] Methods => new IMethod[]
        {
            new ActuatorsListMethod(_actuators, _device.Clock), new ActuatorsSetMethod(_actuators, _device.Clock),
        };

        /// <inheritdoc/>
        public override IStatusMember Status => _actuators.All.Length > 0 ? new ActuatorStates(_actuators, _device.Presence) : null;

        /// <inheritdoc/>
        /// <remarks>A sleep would cut a pulse short.</remarks>
        public override AwakeHold Hold => _actuators.IsPulsing ? AwakeHold.WithinCap : AwakeHold.None;

        /// <inheritdoc/>
        public override long WakeAt => _actuators.WantedAt;

        /// <inheritdoc/>
        public override void Start(DeviceContext device)
        {
            _device = device;
            ActuatorRule[] rules = (ActuatorRule[])device.Settings.Value(_settings, OutputSettings.Actuators);
            _actuators = new Actuators(rules, _pins, _levels, device.Clock, device.Events, device.Log);
            _actuators.Owner = this;
            _pins = null;
            _levels = null;
            device.Outputs = _actuators;
            if (rules.Length > 0 && device.Sleeps && device.Wake.IsSleepEnd)
            {
                _saved = CheckedFile.Read(device.Storage, Memory);
                WantsMeasurements = _actuators.Recall(_saved, device.Wake.Slept);
            }

            RunAt(_actuators.DueAt);
        }

        /// <summary>The first one after a sleep: rules decide now, and then it shows what is no longer as it was.</summary>
        public override void OnMeasured(long now)
        {
            WantsMeasurements = false;
            _hasMeasured = true;
            RunAt(0);
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            if (_hasMeasured)
            {
                _hasMeasured = false;
                _actuators.ReportReleased();
            }

            _actuators.Tick(now);
            Schedule();
        }

        /// <summary>Takes over what has changed: states, and the next due time.</summary>
        internal void Schedule()
        {
            if (_actuators.Changes != _changes)
            {
                _changes = _actuators.Changes;
                _device.Presence.Refresh();
            }

            RunAt(_hasMeasured ? 0 : _actuators.DueAt);
        }

        /// <inheritdoc/>
        public override void OnShutdown(ShutdownReason reason)
        {
            if (reason != ShutdownReason.Sleep)
            {
                _actuators.MakeSafe(reason == ShutdownReason.Stop ? "stop" : _device.Shutdown.Cause);
            }
        }

        /// <inheritdoc/>
        public override void OnClosed(ShutdownReason reason)
        {
            if (reason == ShutdownReason.Sleep && _actuators.All.Length > 0)
            {
                Save(_actuators.Remember());
            }
        }

        private void Save(byte[] state)
        {
            bool isSame = _saved != null && _saved.Length == state.Length;
            for (int i = 0; isSame && i < state.Length; i++)
            {
                isSame = _saved[i] == state[i];
            }

            if (!isSame && !CheckedFile.Replace(_device.Storage, Memory, state))
            {
                _device.Counters.StorageFaults++;
            }
        }
    }
}

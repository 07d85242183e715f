using Firmware.Messaging;
using Firmware.Outputs.Methods;
using Firmware.Platform;
using Firmware.Settings;
using Firmware.Shutdown;

namespace Firmware.Outputs
{
    /// <summary>
    /// Outputs that are switched or set to a level: on request, with a limit on their time, interlocks and minimum times, safe
    /// at the start and the end. Presence contains their states.
    /// </summary>
    public sealed class OutputModule : Module
    {
        private readonly OutputSettings _settings = new OutputSettings();
        private IOutputPins _pins; // until the start
        private ILevelPins _levels; // likewise
        private DeviceContext _device;
        private Actuators _actuators;
        private int _changes;

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
        public override IStatusMember Status => _actuators.All.Length > 0 ? new ActuatorStates(_actuators) : null;

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
            RunAt(_actuators.DueAt);
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
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

            RunAt(_actuators.DueAt);
        }

        /// <inheritdoc/>
        public override void OnShutdown(ShutdownReason reason)
        {
            if (reason != ShutdownReason.Sleep)
            {
                _actuators.MakeSafe(reason == ShutdownReason.Stop ? "stop" : _device.Shutdown.Cause);
            }
        }
    }
}

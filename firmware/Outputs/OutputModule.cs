using Firmware.Messaging;
using Firmware.Outputs.Methods;
using Firmware.Platform;
using Firmware.Settings;
using Firmware.Shutdown;

namespace Firmware.Outputs
{
    /// <summary>Switched outputs: on request, with a limit on their time, safe at the start and the end. Presence contains their states.</summary>
    public sealed class OutputModule : Module
    {
        private readonly OutputSettings _settings = new OutputSettings();
        private IOutputPins _pins; // until the start
        private DeviceContext _device;
        private Actuators _actuators;
        private int _changes;

        /// <summary>Creates the module.</summary>
        /// <param name="pins">The board's pins; null when it has none.</param>
        public OutputModule(IOutputPins pins)
        {
            _pins = pins;
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
            _actuators = new Actuators(rules, _pins, device.Clock, device.Events, device.Log);
            _pins = null;
            device.Outputs = _actuators;
            RunAt(_actuators.DueAt);
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            _actuators.Tick(now);
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

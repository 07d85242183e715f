using Firmware.Actuation.Methods;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Shutdown;

namespace Firmware.Actuation
{
    /// <summary>Switched outputs: on request, with a limit on their time, safe at the start and the end. Presence contains their states.</summary>
    internal sealed class ActuationModule : Module
    {
        private readonly IOutputPins _pins;
        private DeviceContext _device;
        private Actuators _actuators;
        private int _changes;

        internal ActuationModule(IOutputPins pins)
        {
            _pins = pins;
        }

        /// <inheritdoc/>
        public override string Name => "actuation";

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
            _actuators = new Actuators(device.Settings.Actuators, _pins, device.Clock, device.Events, device.Log);
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

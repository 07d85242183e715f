using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Outputs
{
    /// <summary>
    /// The member <c>actuators</c> of the status: <c>{"relay":true,"fan":40}</c>, those whose pin works; a level in %. A sleep lets
    /// go of the pins: then all are off, but for those whose safe state is on, which are left to what is attached.
    /// </summary>
    public sealed class ActuatorStates : IStatusMember
    {
        private readonly Actuators _actuators;
        private readonly PresencePublisher _presence;

        /// <summary>Creates the member.</summary>
        /// <param name="actuators">The actuators.</param>
        /// <param name="presence">Knows whether a sleep is announced.</param>
        public ActuatorStates(Actuators actuators, PresencePublisher presence)
        {
            _actuators = actuators;
            _presence = presence;
        }

        /// <inheritdoc/>
        public string Name => "actuators";

        /// <inheritdoc/>
        public void WriteTo(JsonWriter writer)
        {
            bool isAsleep = _presence.State == PresenceState.Sleeping;
            writer.BeginObject();
            for (int i = 0; i < _actuators.All.Length; i++)
            {
                Actuator actuator = _actuators.All[i];
                if (!actuator.IsAvailable || (isAsleep && actuator.SafeState))
                {
                    continue;
                }

                writer.Name(actuator.Name);
                if (actuator.HasLevels)
                {
                    writer.Number(isAsleep ? 0 : actuator.Level);
                }
                else
                {
                    writer.Boolean(!isAsleep && actuator.IsOn);
                }
            }

            writer.EndObject();
        }
    }
}

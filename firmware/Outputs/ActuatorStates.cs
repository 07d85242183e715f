using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Outputs
{
    /// <summary>The member <c>actuators</c> of the status: <c>{"relay":true,"fan":40}</c>, those whose pin works; a level in %.</summary>
    public sealed class ActuatorStates : IStatusMember
    {
        private readonly Actuators _actuators;

        /// <summary>Creates the member.</summary>
        /// <param name="actuators">The actuators.</param>
        public ActuatorStates(Actuators actuators)
        {
            _actuators = actuators;
        }

        /// <inheritdoc/>
        public string Name => "actuators";

        /// <inheritdoc/>
        public void WriteTo(JsonWriter writer)
        {
            writer.BeginObject();
            for (int i = 0; i < _actuators.All.Length; i++)
            {
                Actuator actuator = _actuators.All[i];
                if (!actuator.IsAvailable)
                {
                    continue;
                }

                writer.Name(actuator.Name);
                if (actuator.HasLevels)
                {
                    writer.Number(actuator.Level);
                }
                else
                {
                    writer.Boolean(actuator.IsOn);
                }
            }

            writer.EndObject();
        }
    }
}

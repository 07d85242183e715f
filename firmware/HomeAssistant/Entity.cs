using Firmware.Sensing;

namespace Firmware.HomeAssistant
{
    /// <summary>An entity of Home Assistant: a channel, a health value, an actuator, or the connection; or a trigger.</summary>
    internal sealed class Entity
    {
        /// <summary>Component of a channel and of a health value.</summary>
        internal const string Sensor = "sensor";

        /// <summary>Component of an actuator.</summary>
        internal const string Switch = "switch";

        /// <summary>Component of an actuator that takes levels.</summary>
        internal const string Number = "number";

        /// <summary>Component of a channel that is true or false, and of the connection.</summary>
        internal const string BinarySensor = "binary_sensor";

        /// <summary>Component of what happens when a contact is turned on: a button is pressed, a door opens.</summary>
        internal const string Trigger = "device_automation";

        /// <summary>Prefix of the object ids of health values, so that they differ from those of channels.</summary>
        internal const string HealthPrefix = "health-";

        /// <summary>Object id of the connection.</summary>
        internal const string ConnectionId = "status";

        internal readonly string Component;

        /// <summary>Unique among the entities of the component: 1 or more of A-Z a-z 0-9 _ -.</summary>
        internal readonly string ObjectId;

        /// <summary>The channel, or null.</summary>
        internal Channel Channel;

        /// <summary>Whether the channel is the total of a meter.</summary>
        internal bool IsTotal;

        /// <summary>The health value, or null.</summary>
        internal HealthValue Health;

        internal Entity(string component, string objectId)
        {
            Component = component;
            ObjectId = objectId;
        }
    }
}

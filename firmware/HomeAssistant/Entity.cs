using Firmware.Sensing;
using Firmware.Telemetry;

namespace Firmware.HomeAssistant
{
    /// <summary>An entity of Home Assistant: a channel, a health value, an actuator, the connection, a button, the firmware, or the alarms; or a trigger.</summary>
    internal sealed class Entity
    {
        /// <summary>Component of a channel and of a health value.</summary>
        internal const string Sensor = "sensor";

        /// <summary>Component of an actuator, and of a channel of a child that is written 1 and 0.</summary>
        internal const string Switch = "switch";

        /// <summary>Component of an actuator that takes levels, and of any other channel of a child that may be written.</summary>
        internal const string Number = "number";

        /// <summary>Component of a channel that is true or false, and of the connection.</summary>
        internal const string BinarySensor = "binary_sensor";

        /// <summary>Component of what happens when a contact is turned on: a button is pressed, a door opens.</summary>
        internal const string Trigger = "device_automation";

        /// <summary>Component of a method that is invoked; its object id and its device class are the method's name.</summary>
        internal const string Button = "button";

        /// <summary>Component of the alarms.</summary>
        internal const string Event = "event";

        /// <summary>Component of the firmware.</summary>
        internal const string Update = "update";

        /// <summary>Prefix of the object ids of health values, so that they differ from those of channels.</summary>
        internal const string HealthPrefix = "health-";

        /// <summary>Object id of the connection.</summary>
        internal const string ConnectionId = "status";

        /// <summary>Object id of the button that restarts the device.</summary>
        internal const string RestartId = "restart";

        /// <summary>Object id of the button that blinks the board's LED.</summary>
        internal const string IdentifyId = "identify";

        /// <summary>Object id of the firmware.</summary>
        internal const string FirmwareId = "firmware";

        /// <summary>Object id of the alarms.</summary>
        internal const string AlarmId = "alarm";

        internal readonly string Component;

        /// <summary>Unique among the entities of the component: 1 or more of A-Z a-z 0-9 _ -.</summary>
        internal readonly string ObjectId;

        /// <summary>The channel, or null.</summary>
        internal Channel Channel;

        /// <summary>The child whose channel it is, or null.</summary>
        internal ReadingGroup Child;

        /// <summary>The place of the channel in the layout of the child.</summary>
        internal int Place;

        /// <summary>Seconds of silence after which the value of a channel is no longer shown.</summary>
        internal int ExpireAfter;

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

using Firmware.Sensing;

namespace Firmware.HomeAssistant
{
    /// <summary>One thing that Home Assistant shows.</summary>
    internal sealed class Entity
    {
        /// <summary>Component of a channel and of a health value.</summary>
        internal const string Sensor = "sensor";

        /// <summary>Component of an actuator.</summary>
        internal const string Switch = "switch";

        /// <summary>Component of the connection.</summary>
        internal const string BinarySensor = "binary_sensor";

        /// <summary>What the object ids of health values begin with, so that they never meet those of channels.</summary>
        internal const string HealthPrefix = "health-";

        private const string ConnectionId = "status";

        private Entity(string component, string objectId)
        {
            Component = component;
            ObjectId = objectId;
        }

        /// <summary>Home Assistant's kind of it.</summary>
        internal string Component { get; }

        /// <summary>Unique among the device's entities of its kind: 1 or more of A-Z a-z 0-9 _ -.</summary>
        internal string ObjectId { get; }

        /// <summary>The channel, or null.</summary>
        internal Channel Channel { get; private set; }

        /// <summary>The health value, or null.</summary>
        internal HealthValue Health { get; private set; }

        internal static Entity Of(Channel channel) => new Entity(Sensor, channel.Name) { Channel = channel };

        internal static Entity Of(HealthValue health) => new Entity(Sensor, HealthPrefix + health.Member) { Health = health };

        internal static Entity OfActuator(string name) => new Entity(Switch, name);

        internal static Entity OfConnection() => new Entity(BinarySensor, ConnectionId);
    }
}

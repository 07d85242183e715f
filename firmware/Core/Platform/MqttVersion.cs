namespace Firmware.Platform
{
    /// <summary>Versions of MQTT that a device can speak; the values are those of the wire.</summary>
    public enum MqttVersion
    {
        /// <summary>MQTT 3.1.1.</summary>
        V311 = 4,

        /// <summary>MQTT 5.</summary>
        V5 = 5,
    }
}

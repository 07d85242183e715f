namespace Boards.Esp32
{
    /// <summary>Describes why a broker refused CONNECT: MQTT 3.1.1 section 3.2.2.3, MQTT 5 section 3.2.2.2.</summary>
    internal static class MqttRefusal
    {
        /// <summary>Describes a reason code.</summary>
        /// <param name="code">1 to 5 for MQTT 3.1.1, 128 and above for MQTT 5.</param>
        /// <returns>A text for people, with the code in it.</returns>
        internal static string Describe(int code)
        {
            string reason = code == 4 || code == 134 ? "bad user name or password"
                : code == 5 || code == 135 ? "not authorized"
                : code == 3 || code == 136 ? "server unavailable"
                : code == 2 || code == 133 ? "client identifier not valid"
                : code == 1 || code == 132 ? "unsupported protocol version, see mqtt.version"
                : "connection refused";
            return "broker: " + reason + " (reason " + code.ToString() + ")";
        }
    }
}

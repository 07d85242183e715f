namespace Firmware.Platform
{
    /// <summary>Reason codes of a broker in words.</summary>
    public static class ReasonText
    {
        /// <summary>The version of MQTT is refused (MQTT 5).</summary>
        public const int VersionRefused = 132;

        /// <summary>The version of MQTT is refused (MQTT 3.1.1).</summary>
        public const int VersionRefused311 = 1;

        /// <summary>The broker retains no messages.</summary>
        public const int RetainNotSupported = 154;

        private const int TakenOver = 142;
        private const int UseAnotherServer = 156;
        private const int ServerMoved = 157;

        /// <summary>Gives a code in words, with its number behind them.</summary>
        /// <param name="code">A code of CONNACK, SUBACK or DISCONNECT: MQTT 3.1.1 section 3.2.2.3 (1 to 5), MQTT 5 section 2.4.</param>
        /// <returns>The text.</returns>
        public static string Of(int code) => Words(code) + " (reason " + code.ToString() + ")";

        /// <summary>Tells whether the broker has ended a connection for another one: one of another client, or with another broker.</summary>
        /// <param name="code">The code.</param>
        /// <returns>Whether it has.</returns>
        public static bool IsBrokersWish(int code) => code == TakenOver || (code | 1) == ServerMoved; // or 156: use another server

        /// <summary>Tells whether the broker does not let this client in: its user name, password, id or address.</summary>
        /// <param name="code">The code.</param>
        /// <returns>Whether it does not.</returns>
        public static bool IsAccessRefused(int code) => code == 2 || code == 4 || code == 5 || (code >= 133 && code <= 135) || code == 138;

        private static string Words(int code)
        {
            switch (code)
            {
                case VersionRefused311:
                case VersionRefused:
                    return "protocol version refused";
                case 2:
                case 133:
                    return "client id refused";
                case 3:
                case 136:
                    return "server unavailable";
                case 4:
                case 134:
                    return "bad user name or password";
                case 5:
                case 135:
                    return "not authorized";
                case 137:
                    return "server busy";
                case 138:
                    return "banned";
                case 139:
                    return "server shutting down";
                case 141:
                    return "keep-alive timeout";
                case TakenOver:
                    return "taken over by another client with this id";
                case 143:
                    return "topic filter invalid";
                case 147:
                    return "receive maximum exceeded";
                case 149:
                    return "packet too large";
                case 151:
                    return "quota exceeded";
                case 152:
                    return "administrative action";
                case RetainNotSupported:
                    return "retain not supported";
                case 155:
                    return "QoS 1 not supported";
                case UseAnotherServer:
                    return "use another server";
                case ServerMoved:
                    return "server moved";
                case 159:
                    return "connection rate exceeded";
                default:
                    return "refused";
            }
        }
    }
}

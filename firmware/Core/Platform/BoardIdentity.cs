namespace Firmware.Platform
{
    /// <summary>Which device this is; fixed from the start to the end of a run.</summary>
    public sealed class BoardIdentity
    {
        private const string HexDigits = "0123456789abcdef";

        /// <summary>Creates an identity.</summary>
        /// <param name="board">The board's name, the name of its folder, e.g. "esp32-devkitc".</param>
        /// <param name="mac">The six bytes of the station's MAC address.</param>
        /// <param name="wakeCause">Why the chip started: "power-on", "timer", "pin", ...</param>
        public BoardIdentity(string board, byte[] mac, string wakeCause)
        {
            Board = board;
            WakeCause = wakeCause;
            DeviceId = "esp32-" + Hex(mac, 0, 6);
            SenmlBaseName = "urn:dev:mac:" + Hex(mac, 0, 3) + "fffe" + Hex(mac, 3, 3) + "_";
        }

        /// <summary>The board's name.</summary>
        public readonly string Board;

        /// <summary>Why the chip started.</summary>
        public readonly string WakeCause;

        /// <summary>"esp32-" and the MAC in 12 lower-case hex digits: topic level and MQTT client id.</summary>
        public readonly string DeviceId;

        /// <summary>SenML base name: a URN of the EUI-64 made from the MAC (RFC 9039 section 4.1), ending in "_".</summary>
        public readonly string SenmlBaseName;

        /// <summary>Who makes the board; null when that is not known.</summary>
        public string Manufacturer;

        /// <summary>
        /// The program's version, "x.y.z"; null for that of the firmware. A program sets its own: the image of an update may
        /// leave out assemblies of the firmware that are built in.
        /// </summary>
        public string Version;

        private static string Hex(byte[] bytes, int offset, int count)
        {
            char[] digits = HexDigits.ToCharArray();
            char[] text = new char[count * 2];
            for (int i = 0; i < count; i++)
            {
                int b = bytes[offset + i];
                text[i * 2] = digits[b >> 4];
                text[(i * 2) + 1] = digits[b & 15];
            }

            return new string(text);
        }
    }
}

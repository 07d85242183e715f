namespace Firmware.Gateway.Modbus
{
    /// <summary>
    /// Frames of Modbus RTU: their CRC, and where the response to a request stands among received bytes.
    /// </summary>
    /// <remarks>https://www.modbus.org/docs/Modbus_over_serial_line_V1_02.pdf, section 2.5.1; Modbus_Application_Protocol_V1_1b3, sections 6 and 7.</remarks>
    internal static class ModbusFrame
    {
        internal const int ReadHolding = 3;
        internal const int ReadInput = 4;
        internal const int WriteSingle = 6;
        internal const int WriteMultiple = 16;

        /// <summary>Bytes of the longest response that is asked for, 32 registers, and of a late one before it.</summary>
        internal const int MaxLength = 144;

        /// <summary>In the function of a response: it is an exception, whose code follows.</summary>
        internal const int Exception = 0x80;

        /// <summary>Where the data of a response to a read begins.</summary>
        internal const int DataAt = 3;

        internal const int CrcLength = 2;

        /// <summary>Bytes of the response to a write: register and value, or their count.</summary>
        internal const int EchoLength = 8;

        /// <summary>Bytes of an exception.</summary>
        private const int ShortestResponse = 5;

        private const int Polynomial = 0xA001;

        // CRC-16 of each byte, the low bit first: 512 bytes, for two thirds of the time that one of four bits takes.
        private static readonly ushort[] Table = CreateTable();

        /// <summary>The CRC of bytes; 0 when the last two are that of those before.</summary>
        internal static int Crc(byte[] data, int from, int count)
        {
            ushort[] table = Table;
            int end = from + count;
            int crc = 0xFFFF;
            if ((count & 1) != 0)
            {
                crc = 0xFF ^ table[(byte)(crc ^ data[from++])];
            }

            // Two in a pass: the loop itself would cost half as much as a byte.
            for (; from < end; from += 2)
            {
                crc = (crc >> 8) ^ table[(byte)(crc ^ data[from])];
                crc = (crc >> 8) ^ table[(byte)(crc ^ data[from + 1])];
            }

            return crc;
        }

        /// <summary>
        /// Finds the response to a request. What stands before it is noise, the end of a late answer, or one of another
        /// device; what only looks like it has another CRC.
        /// </summary>
        /// <param name="data">Begins with what was received.</param>
        /// <param name="count">How many bytes.</param>
        /// <param name="request">The request.</param>
        /// <returns>Where it begins; when it is not there, the complement of where it may yet begin.</returns>
        internal static int FindResponse(byte[] data, int count, byte[] request)
        {
            byte address = request[0];
            byte function = request[1];
            bool isRead = function <= ReadInput;
            int whole = isRead ? DataAt + (2 * request[5]) + CrcLength : EchoLength;
            int first = count;
            for (int at = 0; at < count; at++)
            {
                if (data[at] != address)
                {
                    continue;
                }

                int length = whole;
                int left = count - at;
                if (left > 1 && data[at + 1] != function)
                {
                    if (data[at + 1] != (function | Exception))
                    {
                        continue;
                    }

                    length = ShortestResponse;
                }

                if (left < length)
                {
                    first = first < at ? first : at;
                    continue;
                }

                // Also the number of bytes has to be right, or what an echo says.
                bool isRight = length != whole || (isRead ? data[at + 2] + DataAt + CrcLength == whole
                    : Layouts.AreSame(data, at + 2, request, 2, 4));
                if (isRight && Crc(data, at, length) == 0)
                {
                    return at;
                }
            }

            return ~first;
        }

        private static ushort[] CreateTable()
        {
            ushort[] table = new ushort[256];
            for (int i = 0; i < table.Length; i++)
            {
                int crc = i;
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
                }

                table[i] = (ushort)crc;
            }

            return table;
        }
    }
}

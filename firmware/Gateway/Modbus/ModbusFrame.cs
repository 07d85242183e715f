namespace Firmware.Gateway.Modbus
{
    /// <summary>
    /// Frames of Modbus RTU: requests of a master, and where the response to one stands among received bytes.
    /// </summary>
    /// <remarks>https://www.modbus.org/docs/Modbus_over_serial_line_V1_02.pdf, section 2.5.1; Modbus_Application_Protocol_V1_1b3, sections 6 and 7.</remarks>
    internal static class ModbusFrame
    {
        internal const int ReadHolding = 3;
        internal const int ReadInput = 4;
        internal const int WriteSingle = 6;
        internal const int WriteMultiple = 16;

        /// <summary>Bytes of the longest frame.</summary>
        internal const int MaxLength = 256;

        /// <summary>The most registers of a read.</summary>
        internal const int MaxRegisters = 125;

        /// <summary>In the function of a response: it is an exception, whose code follows.</summary>
        internal const int Exception = 0x80;

        /// <summary>Where the data of a response to a read begins.</summary>
        internal const int DataAt = 3;

        /// <summary>Bytes of an exception.</summary>
        internal const int ShortestResponse = 5;

        private const int CrcLength = 2;
        private const int EchoLength = 8; // of address and count, or value
        private const int Polynomial = 0xA001;

        // CRC-16 of each byte, the low bit first: 512 bytes, for two thirds of the time that one of four bits takes.
        private static readonly ushort[] Table = CreateTable();

        /// <summary>The CRC of bytes; 0 when the last two are that of those before.</summary>
        internal static int Crc(byte[] data, int from, int count)
        {
            ushort[] table = Table;
            int crc = 0xFFFF;
            for (int end = from + count; from < end; from++)
            {
                crc = (crc >> 8) ^ table[(crc ^ data[from]) & 0xFF];
            }

            return crc;
        }

        /// <summary>Writes a request to read registers.</summary>
        /// <returns>Its length.</returns>
        internal static int Read(byte[] frame, int address, int function, int register, int count)
        {
            frame[0] = (byte)address;
            frame[1] = (byte)function;
            Put(frame, 2, register);
            Put(frame, 4, count);
            return Seal(frame, 6);
        }

        /// <summary>Writes a request to write one register, or two as one value.</summary>
        /// <returns>Its length.</returns>
        internal static int Write(byte[] frame, int address, int register, int words, uint value)
        {
            frame[0] = (byte)address;
            frame[1] = (byte)(words == 1 ? WriteSingle : WriteMultiple);
            Put(frame, 2, register);
            if (words == 1)
            {
                Put(frame, 4, (int)value);
                return Seal(frame, 6);
            }

            Put(frame, 4, words);
            frame[6] = (byte)(2 * words);
            Put(frame, 7, (int)(value >> 16));
            Put(frame, 9, (int)value);
            return Seal(frame, 11);
        }

        /// <summary>
        /// Finds the response to a request. What stands before it is noise, the end of a late answer, or one of another
        /// device; what only looks like it has another CRC.
        /// </summary>
        /// <param name="data">Begins with what was received.</param>
        /// <param name="count">How many bytes.</param>
        /// <param name="request">The request.</param>
        /// <returns>Where it begins; -1 when it is not there, or not complete.</returns>
        internal static int FindResponse(byte[] data, int count, byte[] request)
        {
            byte address = request[0];
            for (int at = 0; at + ShortestResponse <= count; at++)
            {
                if (data[at] == address)
                {
                    int length = LengthOf(data, at, request);
                    if (length > 0 && at + length <= count && Crc(data, at, length) == 0)
                    {
                        return at;
                    }
                }
            }

            return -1;
        }

        /// <summary>Bytes of the response to a request that went well.</summary>
        internal static int ResponseLength(byte[] request) =>
            request[1] <= ReadInput ? DataAt + (2 * ((request[4] << 8) | request[5])) + CrcLength : EchoLength;

        // 0 when it is not the beginning of a response to the request.
        private static int LengthOf(byte[] data, int at, byte[] request)
        {
            byte function = request[1];
            if (data[at + 1] == (function | Exception))
            {
                return ShortestResponse;
            }

            int length = ResponseLength(request);
            if (data[at + 1] != function)
            {
                return 0;
            }

            if (function <= ReadInput)
            {
                return data[at + 2] + DataAt + CrcLength == length ? length : 0;
            }

            return data[at + 2] == request[2] && data[at + 3] == request[3] && data[at + 4] == request[4] ? length : 0;
        }

        private static int Seal(byte[] frame, int length)
        {
            int crc = Crc(frame, 0, length);
            frame[length] = (byte)crc;
            frame[length + 1] = (byte)(crc >> 8);
            return length + CrcLength;
        }

        private static void Put(byte[] frame, int at, int value)
        {
            frame[at] = (byte)(value >> 8);
            frame[at + 1] = (byte)value;
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

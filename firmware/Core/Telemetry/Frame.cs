namespace Firmware.Telemetry
{
    /// <summary>
    /// A record of the outbox on flash: a length, a CRC over length and content, the content. The CRC detects a frame
    /// that a power cut left incomplete.
    /// </summary>
    internal static class Frame
    {
        internal const int Overhead = 5;
        internal const int MaxContent = 255;

        /// <summary>Completes a frame whose content follows the room for the overhead.</summary>
        internal static void Seal(byte[] frame, int at, int contentLength)
        {
            frame[at] = (byte)contentLength;
            PutInt(frame, at + 1, 0);
            PutInt(frame, at + 1, (int)Crc32.Of(frame, at, Overhead + contentLength));
        }

        /// <summary>The length of the whole frame at a position, or 0 when there is none that is whole.</summary>
        internal static int Check(byte[] data, int at, int end)
        {
            if (at + Overhead >= end)
            {
                return 0;
            }

            int length = Overhead + data[at];
            if (data[at] == 0 || at + length > end)
            {
                return 0;
            }

            int crc = GetInt(data, at + 1);
            PutInt(data, at + 1, 0);
            bool isWhole = (int)Crc32.Of(data, at, length) == crc;
            PutInt(data, at + 1, crc);
            return isWhole ? length : 0;
        }

        internal static void PutInt(byte[] data, int at, int value)
        {
            data[at] = (byte)value;
            data[at + 1] = (byte)(value >> 8);
            data[at + 2] = (byte)(value >> 16);
            data[at + 3] = (byte)(value >> 24);
        }

        internal static int GetInt(byte[] data, int at) =>
            data[at] | (data[at + 1] << 8) | (data[at + 2] << 16) | (data[at + 3] << 24);
    }
}

using System;
using Firmware.Telemetry;

namespace Firmware.Sleep
{
    /// <summary>
    /// File format of the wake record: a version, numbers, a CRC-32 of both. A number is zigzag-encoded (0, -1, 1, -2, ...)
    /// in groups of seven bits, the lowest first; the top bit is set in all bytes but the last.
    /// </summary>
    internal static class WakeRecordFile
    {
        private const byte Version = 2;
        private const int CrcLength = 4;
        private const int LongestNumber = 10;

        /// <summary>Encodes numbers as a file.</summary>
        internal static byte[] Encode(long[] numbers)
        {
            byte[] buffer = new byte[1 + (numbers.Length * LongestNumber) + CrcLength];
            buffer[0] = Version;
            int end = 1;
            for (int i = 0; i < numbers.Length; i++)
            {
                ulong rest = (ulong)((numbers[i] << 1) ^ (numbers[i] >> 63));
                for (; rest > 127; rest >>= 7)
                {
                    buffer[end++] = (byte)(rest | 128);
                }

                buffer[end++] = (byte)rest;
            }

            Frame.PutInt(buffer, end, (int)Crc32.Of(buffer, 0, end));
            byte[] file = new byte[end + CrcLength];
            Array.Copy(buffer, file, file.Length);
            return file;
        }

        /// <summary>Decodes a file.</summary>
        /// <param name="file">Content of the file.</param>
        /// <param name="numbers">Receives the numbers.</param>
        /// <returns>Count of numbers; 0 when the file is incomplete, corrupt, or of another version.</returns>
        internal static int Decode(byte[] file, long[] numbers)
        {
            int end = file.Length - CrcLength;
            if (end < 1 || file[0] != Version || (int)Crc32.Of(file, 0, end) != Frame.GetInt(file, end))
            {
                return 0;
            }

            int count = 0;
            for (int at = 1; at < end; count++)
            {
                if (count == numbers.Length)
                {
                    return 0;
                }

                int group = file[at++];
                ulong value = (ulong)(group & 127);
                for (int shift = 7; group > 127; shift += 7)
                {
                    if (at == end || shift > 63)
                    {
                        return 0;
                    }

                    group = file[at++];
                    value |= (ulong)(group & 127) << shift;
                }

                numbers[count] = (long)(value >> 1) ^ -(long)(value & 1);
            }

            return count;
        }
    }
}

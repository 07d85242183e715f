using System;
using Firmware.Platform;

namespace Firmware.Telemetry
{
    /// <summary>A small file that ends with a CRC-32 of its content: one that flash has damaged is not read.</summary>
    public static class CheckedFile
    {
        private const int CrcLength = 4;

        /// <summary>Reads the content.</summary>
        /// <param name="storage">Has the file.</param>
        /// <param name="name">Its name.</param>
        /// <returns>Null when there is no such file, or it is damaged.</returns>
        public static byte[] Read(IStorage storage, string name)
        {
            byte[] file = storage.Read(name);
            int length = LengthOf(file);
            if (length == 0)
            {
                return null;
            }

            byte[] content = new byte[length];
            Array.Copy(file, content, length);
            return content;
        }

        /// <summary>Bytes of the content, which the file begins with; 0 when there is none, or it is damaged.</summary>
        internal static int LengthOf(byte[] file)
        {
            int end = file == null ? 0 : file.Length - CrcLength;
            return end > 0 && Frame.GetInt(file, end) == (int)Crc32.Of(file, 0, end) ? end : 0;
        }

        /// <summary>Replaces the content as one step.</summary>
        /// <param name="storage">Receives the file.</param>
        /// <param name="name">Its name.</param>
        /// <param name="content">The new content.</param>
        /// <returns>False when it could not be written; the old content stays.</returns>
        public static bool Replace(IStorage storage, string name, byte[] content)
        {
            return storage.Replace(name, Seal(content, content.Length));
        }

        /// <summary>The file that holds a content.</summary>
        /// <param name="content">Begins with the content.</param>
        /// <param name="length">Bytes of the content.</param>
        /// <returns>The content and its CRC.</returns>
        public static byte[] Seal(byte[] content, int length)
        {
            byte[] file = new byte[length + CrcLength];
            Array.Copy(content, file, length);
            Frame.PutInt(file, length, (int)Crc32.Of(file, 0, length));
            return file;
        }
    }
}

using System;
using Firmware.Platform;

namespace Firmware.Telemetry
{
    /// <summary>
    /// Events that wait while the device is off: each with its kind and length. The file is there only
    /// while there are any.
    /// </summary>
    internal static class EventFile
    {
        private const string File = "events";
        private const int Overhead = 3;

        /// <summary>Keeps events, or removes the file when there are none.</summary>
        /// <returns>False when storage refused.</returns>
        internal static bool Save(IStorage storage, EventQueueEntry[] entries, int count)
        {
            if (count == 0)
            {
                return storage.Delete(File);
            }

            int length = 0;
            for (int i = 0; i < count; i++)
            {
                length += Overhead + entries[i].Payload.Length;
            }

            byte[] file = new byte[length];
            int at = 0;
            for (int i = 0; i < count; i++)
            {
                byte[] payload = entries[i].Payload;
                file[at] = (byte)(entries[i].IsAlarm ? 1 : 0);
                file[at + 1] = (byte)payload.Length;
                file[at + 2] = (byte)(payload.Length >> 8);
                Array.Copy(payload, 0, file, at + Overhead, payload.Length);
                at += Overhead + payload.Length;
            }

            return CheckedFile.Replace(storage, File, file);
        }

        /// <summary>Reads what was kept.</summary>
        /// <returns>How many were put into the array.</returns>
        internal static int Load(IStorage storage, EventQueueEntry[] entries)
        {
            byte[] file = CheckedFile.Read(storage, File);
            if (file == null)
            {
                return 0;
            }

            int count = 0;
            int at = 0;
            while (count < entries.Length && at + Overhead <= file.Length)
            {
                int length = file[at + 1] | (file[at + 2] << 8);
                if (at + Overhead + length > file.Length)
                {
                    break;
                }

                byte[] payload = new byte[length];
                Array.Copy(file, at + Overhead, payload, 0, length);

                // An event without a date stays so: it is unknown how long the device was off.
                entries[count++] = new EventQueueEntry(payload, file[at] == 1, true, 0);
                at += Overhead + length;
            }

            return count;
        }
    }
}

using System.Text;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Gateway
{
    /// <summary>Reads and writes the layout of a <see cref="ReadingGroup"/>, and keeps it in a file.</summary>
    internal static class Layouts
    {
        private const int Hexadecimal = 16;
        private const int KeyDigits = 8;

        /// <summary>How many channels a layout has before a place.</summary>
        internal static int CountOf(byte[] layout, int place)
        {
            int count = 0;
            for (int at = 0; at < place; at += layout[at])
            {
                count++;
            }

            return count;
        }

        /// <summary>Writes a channel, without the bytes of the owner.</summary>
        /// <param name="layout">Receives them.</param>
        /// <param name="at">From where on.</param>
        /// <param name="decimals">0 to 9.</param>
        /// <param name="name">The name.</param>
        /// <param name="unit">The unit; empty for none.</param>
        /// <returns>Where it ends.</returns>
        internal static int Put(byte[] layout, int at, int decimals, string name, string unit)
        {
            byte[] first = Encoding.UTF8.GetBytes(name);
            byte[] second = Encoding.UTF8.GetBytes(unit);
            int behind = at + ReadingGroup.NameAt + first.Length + 1 + second.Length;
            layout[at] = (byte)(behind - at);
            layout[at + ReadingGroup.DecimalsAt] = (byte)decimals;
            layout[at + ReadingGroup.NameLengthAt] = (byte)first.Length;
            first.CopyTo(layout, at + ReadingGroup.NameAt);
            layout[at + ReadingGroup.NameAt + first.Length] = (byte)second.Length;
            second.CopyTo(layout, behind - second.Length);
            return behind;
        }

        /// <summary>Puts a layout into its file, if it is not there: readings that wait are named by it after a restart.</summary>
        /// <returns>False when storage refused.</returns>
        internal static bool Keep(ReadingGroup group, IStorage storage)
        {
            byte[] layout = group.Layout;
            int length = layout.Length;
            for (uint crc = Crc32.Of(layout, 0, length); ; crc++)
            {
                string key = string.Empty;
                uint rest = crc;
                for (int digit = 0; digit < KeyDigits; digit++, rest /= Hexadecimal)
                {
                    uint value = rest % Hexadecimal;
                    key += (char)(value < 10 ? '0' + value : 'a' + value - 10);
                }

                // Another layout may have the same CRC: it goes on to be that of its readings.
                string file = ReadingGroup.FilePrefix + key;
                byte[] there = CheckedFile.Read(storage, file);
                if (there == null || (there.Length == length && AreSame(there, 0, layout, 0, length)))
                {
                    group.Key = key;
                    return there != null || CheckedFile.Replace(storage, file, layout);
                }
            }
        }

        /// <summary>Whether so many bytes are the same.</summary>
        internal static bool AreSame(byte[] first, int at, byte[] second, int from, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (first[at + i] != second[from + i])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Removes the files that no group has any more, when no reading waits.</summary>
        internal static void Clean(DeviceContext device, ReadingGroup[] groups)
        {
            IStorage storage = device.Storage;
            string[] files = device.Outbox.Count == 0 ? storage.List() : null;
            for (int i = 0; files != null && i < files.Length; i++)
            {
                bool isUnused = files[i].IndexOf(ReadingGroup.FilePrefix) == 0;
                for (int j = 0; isUnused && j < groups.Length; j++)
                {
                    isUnused = files[i] != ReadingGroup.FilePrefix + groups[j].Key;
                }

                if (isUnused)
                {
                    storage.Delete(files[i]);
                }
            }
        }
    }
}

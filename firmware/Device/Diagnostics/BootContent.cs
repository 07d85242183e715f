using System;
using System.Text;
using Firmware.Telemetry;

namespace Firmware.Diagnostics
{
    /// <summary>
    /// What the boot record says of one run, and its form on flash: one frame (length, CRC-32, content) of at most 260
    /// bytes. A later version may add to its end; a change of what is there needs another version number.
    /// </summary>
    internal sealed class BootContent
    {
        internal const int MaxWord = 16;
        internal const int MaxType = 40;
        internal const int MaxWhere = 20;
        internal const int MaxMessage = 80;

        internal int Count;
        internal int Starts; // in a row that did not last, this one among them
        internal int Stage;
        internal int GoodRevision;
        internal string Wake = string.Empty;
        internal string End = string.Empty; // why it ended; empty when it did not end on purpose
        internal int FailedBoot; // run of the exception, 0 without one
        internal int FailedUptime; // its seconds
        internal string FailedType = string.Empty;
        internal string FailedWhere = string.Empty;
        internal string FailedMessage = string.Empty;

        private const byte Version = 1;
        private const int VersionAt = Frame.Overhead;
        private const int StartsAt = VersionAt + 1;
        private const int StageAt = StartsAt + 1;
        private const int CountAt = StageAt + 1;
        private const int GoodRevisionAt = CountAt + 4;
        private const int FailedBootAt = GoodRevisionAt + 4;
        private const int FailedUptimeAt = FailedBootAt + 4;
        private const int TextsAt = FailedUptimeAt + 4;
        private const int MaxLength = Frame.Overhead + Frame.MaxContent;

        /// <summary>Reads what is on flash.</summary>
        /// <param name="data">The file, or null.</param>
        /// <returns>What it says; null when that is nothing.</returns>
        internal static BootContent Decode(byte[] data)
        {
            if (data == null)
            {
                return null;
            }

            int length = Frame.Check(data, 0, data.Length);
            return length >= TextsAt && data[VersionAt] == Version ? Decode(data, length) : null;
        }

        internal byte[] Encode()
        {
            byte[] data = new byte[MaxLength];
            data[VersionAt] = Version;
            data[StartsAt] = (byte)Starts;
            data[StageAt] = (byte)Stage;
            Frame.PutInt(data, CountAt, Count);
            Frame.PutInt(data, GoodRevisionAt, GoodRevision);
            Frame.PutInt(data, FailedBootAt, FailedBoot);
            Frame.PutInt(data, FailedUptimeAt, FailedUptime);
            int at = Put(data, TextsAt, Wake, MaxWord);
            at = Put(data, at, End, MaxWord);
            at = Put(data, at, FailedType, MaxType);
            at = Put(data, at, FailedWhere, MaxWhere);
            at = Put(data, at, FailedMessage, MaxLength - at - 1);
            byte[] frame = new byte[at];
            Array.Copy(data, frame, at);
            Frame.Seal(frame, 0, at - Frame.Overhead);
            return frame;
        }

        private static BootContent Decode(byte[] data, int length)
        {
            int at = TextsAt;
            return new BootContent
            {
                Starts = data[StartsAt],
                Stage = data[StageAt],
                Count = Frame.GetInt(data, CountAt),
                GoodRevision = Frame.GetInt(data, GoodRevisionAt),
                FailedBoot = Frame.GetInt(data, FailedBootAt),
                FailedUptime = Frame.GetInt(data, FailedUptimeAt),
                Wake = Get(data, ref at, length),
                End = Get(data, ref at, length),
                FailedType = Get(data, ref at, length),
                FailedWhere = Get(data, ref at, length),
                FailedMessage = Get(data, ref at, length),
            };
        }

        // A text is its length and its bytes; what does not fit is cut between two characters.
        private static int Put(byte[] data, int at, string text, int maxBytes)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            int count = bytes.Length;
            if (count > maxBytes)
            {
                count = maxBytes;
                while (count > 0 && (bytes[count] & 0xC0) == 0x80)
                {
                    count--;
                }
            }

            data[at] = (byte)count;
            Array.Copy(bytes, 0, data, at + 1, count);
            return at + 1 + count;
        }

        private static string Get(byte[] data, ref int at, int end)
        {
            int from = at + 1;
            int count = at < end ? data[at] : 0;
            at = from + count;
            return count == 0 || at > end ? string.Empty : Encoding.UTF8.GetString(data, from, count);
        }
    }
}

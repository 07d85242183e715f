using System.Text;
using Firmware.Platform;

namespace Firmware.Telemetry
{
    /// <summary>
    /// Readings that are measured together and kept without an object for each: those of a child of a gateway. Its channels
    /// are <c>name_channel</c>. What the channels are stands in one array, of which a record of the outbox has only the key;
    /// the array is in a file for as long as such a record may wait.
    /// </summary>
    /// <remarks>
    /// A channel in <see cref="Layout"/>: bytes of all of it, decimal places, length of the name, six bytes of the owner, name,
    /// length of the unit, unit.
    /// </remarks>
    public class ReadingGroup
    {
        /// <summary>The most channels: a mask has a bit for each.</summary>
        public const int MaxChannels = 16;

        /// <summary>Before the key in the name of the file that holds the layout.</summary>
        public const string FilePrefix = "layout-";

        /// <summary>Where the decimal places stand in a channel.</summary>
        public const int DecimalsAt = 1;

        /// <summary>Where the length of its name stands.</summary>
        public const int NameLengthAt = 2;

        /// <summary>Where the bytes of the owner begin.</summary>
        public const int OwnAt = 3;

        /// <summary>Where the name begins.</summary>
        public const int NameAt = 9;

        /// <summary>Bytes of a value: an integer with the decimal places of its channel, the low byte first.</summary>
        public const int ValueLength = 4;

        /// <summary>Where the interval begins in <see cref="Bits"/>.</summary>
        public const int IntervalShift = 44;

        /// <summary>In place of a scale in the <see cref="ChannelTable"/>: the entry is a group, its unit the key.</summary>
        internal const int Scale = 254;

        /// <summary>Bytes of a record in a pack beside the name of the group and what the layout has of it.</summary>
        internal const int RecordOverhead = 24;

        /// <summary>The group's name.</summary>
        public readonly string Name;

        /// <summary>Its channels; null for none.</summary>
        public byte[] Layout;

        /// <summary>From bit <see cref="IntervalShift"/> on, seconds from one measurement to the next; the bits below are the owner's.</summary>
        public long Bits;

        /// <summary>Names the layout, whose file has it; null before it is kept.</summary>
        public string Key;

        /// <summary>Creates a group without channels.</summary>
        /// <param name="name">Its name.</param>
        public ReadingGroup(string name)
        {
            Name = name;
        }

        /// <summary>The name of a channel, without that of the group.</summary>
        /// <param name="layout">The layout.</param>
        /// <param name="at">The channel's place.</param>
        /// <returns>The name.</returns>
        public static string NameOf(byte[] layout, int at) => Encoding.UTF8.GetString(layout, at + NameAt, layout[at + NameLengthAt]);

        /// <summary>The unit of a channel.</summary>
        /// <param name="layout">The layout.</param>
        /// <param name="at">The channel's place.</param>
        /// <returns>The unit; empty for none.</returns>
        public static string UnitOf(byte[] layout, int at)
        {
            int unit = at + NameAt + layout[at + NameLengthAt];
            return Encoding.UTF8.GetString(layout, unit + 1, layout[unit]);
        }

        /// <summary>Finds which values may be written to a channel, all in its decimal places.</summary>
        /// <param name="at">The channel's place.</param>
        /// <param name="lowest">The lowest value.</param>
        /// <param name="highest">The highest value.</param>
        /// <returns>From one value to the next; 0 for a channel that cannot be written.</returns>
        public virtual int StepOf(int at, out int lowest, out int highest)
        {
            lowest = 0;
            highest = 0;
            return 0;
        }
    }
}

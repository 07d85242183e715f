namespace Firmware.Security
{
    /// <summary>
    /// Walks over the elements of DER (ITU-T X.690) without recursion or copies. Each call stays within the element that was
    /// entered, and goes forward or fails: no input makes it read outside or run for long.
    /// </summary>
    internal sealed class DerReader
    {
        internal const int Integer = 0x02;
        internal const int BitString = 0x03;
        internal const int OctetString = 0x04;
        internal const int UtcTime = 0x17;
        internal const int GeneralizedTime = 0x18;
        internal const int Sequence = 0x30;

        /// <summary>Context tag 0, constructed; 1 is one more.</summary>
        internal const int Context0 = 0xA0;

        internal readonly byte[] Data;

        /// <summary>Where the next element begins.</summary>
        internal int At;

        /// <summary>Where the element that was entered ends.</summary>
        internal int End;

        /// <summary>Where the content of the last element begins.</summary>
        internal int Start;

        /// <summary>Bytes of the content of the last element.</summary>
        internal int Length;

        internal DerReader(byte[] data, int at, int end)
        {
            Data = data;
            At = at;
            End = end;
        }

        /// <summary>Reads the next element, if it has that tag and is whole.</summary>
        internal bool Next(int tag)
        {
            byte[] data = Data;
            int at = At;
            int end = End;
            if (end - at < 2 || data[at] != tag)
            {
                return false;
            }

            int length = data[at + 1];
            at += 2;
            if (length >= 0x80)
            {
                // One or two bytes of length: no element of a certificate is longer. 0x80 has no length at all.
                int count = length - 0x80;
                if (count < 1 || count > 2 || end - at < count)
                {
                    return false;
                }

                length = data[at++];
                if (count == 2)
                {
                    length = length << 8 | data[at++];
                }
            }

            if (length > end - at)
            {
                return false;
            }

            Start = at;
            Length = length;
            At = at + length;
            return true;
        }

        /// <summary>Reads the next element likewise, and goes into it.</summary>
        internal bool Enter(int tag)
        {
            bool isThere = Next(tag);
            if (isThere)
            {
                At = Start;
                End = Start + Length;
            }

            return isThere;
        }

        /// <summary>Whether the content of the last element is the same as those bytes.</summary>
        internal bool Is(byte[] content, int skip)
        {
            int length = Length - skip;
            if (length != content.Length)
            {
                return false;
            }

            for (int i = 0; i < length; i++)
            {
                if (Data[Start + skip + i] != content[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}

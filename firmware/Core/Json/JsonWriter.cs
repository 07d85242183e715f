using System;
using System.Text;

namespace Firmware.Json
{
    /// <summary>Writes JSON text (RFC 8259) as UTF-8 into one buffer that grows; sets the commas itself.</summary>
    /// <remarks>
    /// The calls have to make up a valid text; this is not checked. A part that does not fit is left out as a whole,
    /// and <see cref="IsTooLong"/> says so.
    /// </remarks>
    public sealed partial class JsonWriter
    {
        // A comma follows every value at once and the end of a container takes it back, so there is no state but the
        // bytes. So the buffer is one byte longer than the text may be.
        private const byte Comma = (byte)',';
        private const int UsualLength = 4096;
        private const byte Quote = (byte)'"';

        // Of a longer text it is counted how many bytes it needs, before memory is taken for the most that it may need.
        private const int LongestGuess = 160;

        private static readonly byte[] None = new byte[0];

        private readonly Encoding _utf8 = Encoding.UTF8;
        private readonly int _capacity;
        private int _tooLongAt = -1;

        /// <summary>Makes an empty writer; it takes memory when it is written to.</summary>
        /// <param name="capacity">Bytes to start with.</param>
        /// <param name="maxLength">The longest text in bytes.</param>
        public JsonWriter(int capacity, int maxLength)
        {
            if (capacity < 0 || capacity > maxLength)
            {
                throw new ArgumentOutOfRangeException(nameof(capacity));
            }

            MaxLength = maxLength;
            _capacity = capacity;
        }

        /// <summary>The text's length in bytes.</summary>
        public int Length
        {
            get
            {
                int at = At;
                return at > 0 && Buffer[at - 1] == Comma ? at - 1 : at;
            }
        }

        /// <summary>Whether something is missing because it did not fit.</summary>
        public bool IsTooLong => _tooLongAt >= 0;

        /// <summary>Holds the text up to <see cref="Length"/>. Another array takes its place when it grows.</summary>
        public byte[] Buffer = None;

        /// <summary>Bytes that the text may have.</summary>
        public readonly int MaxLength;

        /// <summary>Gives the bytes that a page of items may have: fewer when the text is bounded by what a broker takes.</summary>
        /// <param name="usual">The bytes that it has otherwise.</param>
        /// <returns>Those, or half of the text's bound: the rest is for what is around the items, and for the last one.</returns>
        public int PageSize(int usual) => MaxLength / 2 < usual && MaxLength < UsualLength ? MaxLength / 2 : usual;

        /// <summary>Where the next part goes: behind the comma of the last one. <see cref="Truncate"/> takes it for a length, too.</summary>
        internal int At;

        /// <summary>Clears the text.</summary>
        public void Clear()
        {
            At = 0;
            _tooLongAt = -1;
        }

        /// <summary>Takes memory for a text that will be long, at once: a text that grows holds its memory twice.</summary>
        /// <param name="length">Bytes that it will have, about.</param>
        public void MakeRoom(int length)
        {
            Grow(length < MaxLength ? length : MaxLength);
        }

        /// <summary>Clears the text and releases its memory.</summary>
        public void Release()
        {
            Clear();
            Buffer = None;
        }

        /// <summary>Goes back to an earlier <see cref="Length"/>, taken between two calls.</summary>
        /// <param name="length">That length.</param>
        public void Truncate(int length)
        {
            if (length < 0 || length > At)
            {
                throw new ArgumentOutOfRangeException(nameof(length));
            }

            length -= length > 0 && Buffer[length - 1] == Comma ? 1 : 0;
            if (length <= _tooLongAt)
            {
                _tooLongAt = -1;
            }

            At = length;
            int before = length > 0 ? Buffer[length - 1] : '[';
            if (before != '{' && before != '[' && before != ':')
            {
                Buffer[At++] = Comma;
            }
        }

        /// <summary>The text alone.</summary>
        /// <returns>A copy of exactly its length.</returns>
        public byte[] ToArray()
        {
            byte[] text = new byte[Length];
            Array.Copy(Buffer, text, text.Length);
            return text;
        }

        /// <summary>Starts an object; members follow.</summary>
        public void BeginObject()
        {
            Begin((byte)'{');
        }

        /// <summary>Ends an object.</summary>
        public void EndObject()
        {
            End((byte)'}');
        }

        /// <summary>Starts an array; values follow.</summary>
        public void BeginArray()
        {
            Begin((byte)'[');
        }

        /// <summary>Ends an array.</summary>
        public void EndArray()
        {
            End((byte)']');
        }

        /// <summary>Starts a member; its value follows.</summary>
        /// <param name="name">ASCII without characters that have to be escaped; not checked.</param>
        public void Name(string name)
        {
            byte[] buffer = Buffer;
            int at = At;
            int length = name.Length;
            if (at + length + 4 > buffer.Length && (buffer = Reserve(at + length + 3)) == null)
            {
                return;
            }

            buffer[at] = Quote;
            _utf8.GetBytes(name, 0, length, buffer, at + 1);
            at += length + 1;
            buffer[at] = Quote;
            buffer[at + 1] = (byte)':';
            At = at + 2;
        }

        /// <summary>Writes a string, or null.</summary>
        /// <param name="value">Any text.</param>
        public void String(string value)
        {
            if (value == null)
            {
                Null();
                return;
            }

            byte[] buffer = Buffer;
            int at = At;
            int length = value.Length;
            if (at + length * 3 + 3 > buffer.Length)
            {
                if (length > LongestGuess || !Grow(at + length * 3 + 2))
                {
                    LongString(_utf8.GetBytes(value));
                    return;
                }

                buffer = Buffer;
            }

            buffer[at] = Quote;
            int end = at + 1 + _utf8.GetBytes(value, 0, length, buffer, at + 1);
            buffer[end] = Quote;

            // The scan ends at the closing quote or before.
            byte[] stops = JsonBytes.Stops;
            int i = at;
            do
            {
                i++;
            }
            while (stops[buffer[i]] == 0);

            if (i == end)
            {
                buffer[end + 1] = Comma;
                At = end + 2;
            }
            else
            {
                CloseString(i, end);
            }
        }

        /// <summary>Writes an integer.</summary>
        /// <param name="value">Any integer.</param>
        public void Number(long value)
        {
            Fixed(value, 0);
        }

        /// <summary>
        /// Writes a fixed-point number as <see cref="FixedPoint.Write"/> does: 2137 at scale 2 is 21.37.
        /// </summary>
        /// <param name="value">The number times ten to the power of <paramref name="scale"/>.</param>
        /// <param name="scale">Decimal places, 0 to 9.</param>
        public void Fixed(long value, int scale)
        {
            byte[] buffer = Buffer;
            int at = At;
            if (at + FixedPoint.MaxLength + 1 > buffer.Length)
            {
                if (!Grow(at + FixedPoint.MaxLength))
                {
                    byte[] text = new byte[FixedPoint.MaxLength];
                    Raw(text, 0, FixedPoint.Write(value, scale, text, 0));
                    return;
                }

                buffer = Buffer;
            }

            at = FixedPoint.Write(value, scale, buffer, at);
            buffer[at] = Comma;
            At = at + 1;
        }

        /// <summary>Writes <c>true</c> or <c>false</c>.</summary>
        /// <param name="value">Which.</param>
        public void Boolean(bool value)
        {
            byte[] literal = value ? JsonBytes.True : JsonBytes.False;
            Raw(literal, 0, literal.Length);
        }

        /// <summary>Writes <c>null</c>.</summary>
        public void Null()
        {
            Raw(JsonBytes.Null, 0, JsonBytes.Null.Length);
        }

        /// <summary>Writes a value that is JSON text already.</summary>
        /// <param name="data">Holds one complete value; not checked.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">How many bytes it has.</param>
        public void Raw(byte[] data, int offset, int count)
        {
            byte[] buffer = Buffer;
            int at = At;
            if (at + count + 1 > buffer.Length && (buffer = Reserve(at + count)) == null)
            {
                return;
            }

            Array.Copy(data, offset, buffer, at, count);
            at += count;
            buffer[at] = Comma;
            At = at + 1;
        }

        /// <summary>
        /// Copies text that was prepared once and ends where a value follows, as <c>{"n":"temperature","v":</c>; it
        /// replaces the calls that would have written it, at a tenth of their cost.
        /// </summary>
        /// <param name="data">Such text; not checked.</param>
        /// <param name="from">Where it starts.</param>
        public void Fragment(byte[] data, int from = 0)
        {
            byte[] buffer = Buffer;
            int at = At;
            int count = data.Length - from;
            if (at + count + 1 > buffer.Length && (buffer = Reserve(at + count)) == null)
            {
                return;
            }

            Array.Copy(data, from, buffer, at, count);
            At = at + count;
        }

        /// <summary>A part of a fragment: further parts or a value follow.</summary>
        /// <param name="data">As for <see cref="Fragment"/>.</param>
        /// <param name="from">Where it starts.</param>
        /// <param name="count">Its length.</param>
        public void Part(byte[] data, int from, int count)
        {
            byte[] buffer = Buffer;
            int at = At;
            if (at + count + 1 > buffer.Length && (buffer = Reserve(at + count)) == null)
            {
                return;
            }

            Array.Copy(data, from, buffer, at, count);
            At = at + count;
        }

        /// <summary>A fragment that a number follows and with it the end of the object: three calls in one.</summary>
        /// <param name="data">As for <see cref="Fragment"/>.</param>
        /// <param name="from">Where it starts.</param>
        /// <param name="value">As for <see cref="Fixed"/>.</param>
        /// <param name="scale">Decimal places, 0 to 9.</param>
        public void Record(byte[] data, int from, long value, int scale)
        {
            byte[] buffer = Buffer;
            int at = At;
            int count = data.Length - from;
            if (at + count + FixedPoint.MaxLength + 2 > buffer.Length)
            {
                Fragment(data, from);
                Fixed(value, scale);
                EndObject();
                return;
            }

            Array.Copy(data, from, buffer, at, count);
            at = FixedPoint.Write(value, scale, buffer, at + count);
            buffer[at] = (byte)'}';
            buffer[at + 1] = Comma;
            At = at + 2;
        }
    }
}

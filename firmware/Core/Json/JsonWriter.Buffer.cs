using System;

namespace Firmware.Json
{
    /// <content>The bytes behind the calls.</content>
    public sealed partial class JsonWriter
    {
        private const int LongestStep = 1024;

        private void Begin(byte opener)
        {
            byte[] buffer = Buffer;
            int at = At;
            if (at + 2 > buffer.Length && (buffer = Reserve(at + 1)) == null)
            {
                return;
            }

            buffer[at] = opener;
            At = at + 1;
        }

        private void End(byte closer)
        {
            byte[] buffer = Buffer;
            int at = At;
            if (at > 0 && buffer[at - 1] == Comma)
            {
                at--;
            }

            if (at + 2 > buffer.Length && (buffer = Reserve(at + 1)) == null)
            {
                return;
            }

            buffer[at] = closer;
            buffer[at + 1] = Comma;
            At = at + 2;
        }

        /// <summary>Writes a string that may not fit.</summary>
        private void LongString(byte[] utf8)
        {
            int from = At + 1;
            int end = from + utf8.Length;
            byte[] buffer = Reserve(end + 1);
            if (buffer != null)
            {
                buffer[from - 1] = Quote;
                Array.Copy(utf8, 0, buffer, from, utf8.Length);
                CloseString(from, end);
            }
        }

        /// <summary>Escapes what needs it in the last string's text, from a byte before the first of these on, and closes it.</summary>
        private void CloseString(int from, int end)
        {
            int extra = JsonEscapes.Measure(Buffer, from, end);
            byte[] buffer = Reserve(end + extra + 1);
            if (buffer == null)
            {
                return;
            }

            JsonEscapes.Spread(buffer, from, end, extra);
            end += extra;
            buffer[end] = Quote;
            buffer[end + 1] = Comma;
            At = end + 2;
        }

        /// <summary>The buffer with room for a text of that length, or null: then the text is too long.</summary>
        private byte[] Reserve(int length)
        {
            if (Grow(length))
            {
                return Buffer;
            }

            if (_tooLongAt < 0)
            {
                _tooLongAt = Length;
            }

            return null;
        }

        private bool Grow(int length)
        {
            byte[] buffer = Buffer;
            if (length < buffer.Length)
            {
                return true;
            }

            if (length > MaxLength)
            {
                return false;
            }

            // Doubling to the end would need three times the memory of a long text for a moment.
            int step = buffer.Length == 0 ? _capacity : buffer.Length < LongestStep ? buffer.Length : LongestStep;
            int size = buffer.Length + step;
            size = size > MaxLength ? MaxLength : size;
            byte[] grown = new byte[(size > length ? size : length) + 1];
            Array.Copy(buffer, grown, buffer.Length);
            Buffer = grown;
            return true;
        }
    }
}

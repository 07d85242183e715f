using System;
using System.Text;
using Firmware.Platform;

namespace Firmware.Provisioning
{
    /// <summary>The fields of a form (multipart/form-data, RFC 7578), where they lie in its bytes.</summary>
    internal sealed class FormReader
    {
        private const int MaxFields = 24;
        private const string NameMark = "; name=\"";

        private readonly byte[] _body;
        private readonly string[] _names = Texts.New(MaxFields);
        private readonly int[] _starts = new int[MaxFields];
        private readonly int[] _ends = new int[MaxFields];
        private int _count;

        /// <summary>Reads a form.</summary>
        /// <param name="body">Its bytes, which are not copied.</param>
        /// <param name="boundary">What separates its parts.</param>
        public FormReader(byte[] body, string boundary)
        {
            _body = body;
            IsWhole = Read(Encoding.UTF8.GetBytes("\r\n--" + boundary));
        }

        /// <summary>Whether it is a form, up to its end.</summary>
        public readonly bool IsWhole;

        /// <summary>Gives the text of a field.</summary>
        /// <param name="name">The field.</param>
        /// <param name="maxBytes">Its longest length in UTF-8.</param>
        /// <param name="text">The text; empty when there is no such field.</param>
        /// <returns>False when it is longer, no UTF-8, or has control characters.</returns>
        public bool TryGet(string name, int maxBytes, out string text)
        {
            text = string.Empty;
            int field = Find(name);
            if (field < 0)
            {
                return true;
            }

            int start = _starts[field];
            int count = _ends[field] - start;
            if (count > maxBytes || !IsText(_body, start, _ends[field]))
            {
                return false;
            }

            text = Encoding.UTF8.GetString(_body, start, count);
            return true;
        }

        /// <summary>Gives the bytes of a field.</summary>
        /// <param name="name">The field.</param>
        /// <returns>A copy; null when there is no such field, or nothing in it.</returns>
        public byte[] Bytes(string name)
        {
            int field = Find(name);
            int count = field < 0 ? 0 : _ends[field] - _starts[field];
            if (count == 0)
            {
                return null;
            }

            byte[] bytes = new byte[count];
            Array.Copy(_body, _starts[field], bytes, 0, count);
            return bytes;
        }

        private int Find(string name)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_names[i] == name)
                {
                    return i;
                }
            }

            return -1;
        }

        private bool Read(byte[] delimiter)
        {
            byte[] body = _body;
            byte[] empty = Encoding.UTF8.GetBytes("\r\n\r\n");

            // The first one begins the body: it has no line end before it.
            int at = delimiter.Length - 2;
            if (!Matches(body, 0, delimiter, 2))
            {
                return false;
            }

            while (at + 1 < body.Length)
            {
                if (body[at] == '-' && body[at + 1] == '-')
                {
                    return true;
                }

                int head = IndexOf(body, empty, at);
                if (body[at] != '\r' || body[at + 1] != '\n' || head < 0 || _count == MaxFields)
                {
                    return false;
                }

                int start = head + empty.Length;
                int end = IndexOf(body, delimiter, start);
                string name = NameIn(at + 2, head);
                if (end < 0 || name == null)
                {
                    return false;
                }

                _names[_count] = name;
                _starts[_count] = start;
                _ends[_count++] = end;
                at = end + delimiter.Length;
            }

            return false;
        }

        // Of the part's headers; null without one.
        private string NameIn(int start, int end)
        {
            if (end <= start || !IsText(_body, start, end, true))
            {
                return null;
            }

            string head = Encoding.UTF8.GetString(_body, start, end - start);
            int from = head.IndexOf(NameMark) + NameMark.Length;
            int to = from < NameMark.Length ? -1 : head.IndexOf('"', from);
            return to < 0 ? null : head.Substring(from, to - from);
        }

        private static bool Matches(byte[] body, int at, byte[] what, int from)
        {
            if (at + what.Length - from > body.Length)
            {
                return false;
            }

            for (int i = from; i < what.Length; i++)
            {
                if (body[at++] != what[i])
                {
                    return false;
                }
            }

            return true;
        }

        private static int IndexOf(byte[] body, byte[] what, int from)
        {
            byte first = what[0];
            int last = body.Length - what.Length;
            for (int i = from; i <= last; i++)
            {
                if (body[i] == first && Matches(body, i, what, 0))
                {
                    return i;
                }
            }

            return -1;
        }

        private static bool IsText(byte[] data, int at, int end, bool mayBreak = false)
        {
            while (at < end)
            {
                int c = data[at++];
                int more = c < 0x80 ? 0 : c >= 0xC2 && c < 0xE0 ? 1 : c >= 0xE0 && c < 0xF0 ? 2 : c >= 0xF0 && c < 0xF5 ? 3 : -1;
                bool isBreak = mayBreak && (c == '\r' || c == '\n');
                if (more < 0 || at + more > end || (c < ' ' && !isBreak) || c == 0x7F)
                {
                    return false;
                }

                // Longer than it must be, half of a pair, or beyond Unicode (RFC 3629 section 4).
                int next = more > 0 ? data[at] : 0;
                if ((c == 0xE0 && next < 0xA0) || (c == 0xED && next > 0x9F) || (c == 0xF0 && next < 0x90) || (c == 0xF4 && next > 0x8F))
                {
                    return false;
                }

                for (; more > 0; more--)
                {
                    if ((data[at++] & 0xC0) != 0x80)
                    {
                        return false;
                    }
                }
            }

            return true;
        }
    }
}

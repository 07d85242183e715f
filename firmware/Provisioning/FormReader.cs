using System.Text;
using Firmware.Platform;

namespace Firmware.Provisioning
{
    /// <summary>The fields of a form (multipart/form-data, RFC 7578), where they lie in its bytes.</summary>
    internal sealed class FormReader
    {
        private const int MaxFields = 24;
        private const int MaxHead = 512;
        private const string NameMark = "; name=\"";

        private readonly Pieces _body;
        private readonly string[] _names = Texts.New(MaxFields);
        private readonly int[] _starts = new int[MaxFields];
        private readonly int[] _ends = new int[MaxFields];
        private int _count;

        /// <summary>Reads a form.</summary>
        /// <param name="body">Its bytes, which are not copied.</param>
        /// <param name="boundary">What separates its parts.</param>
        public FormReader(Pieces body, string boundary)
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
            byte[] bytes = count > maxBytes ? null : Copy(start, count);
            if (bytes == null || !IsText(bytes, false))
            {
                return false;
            }

            text = Encoding.UTF8.GetString(bytes, 0, count);
            return true;
        }

        /// <summary>Gives some bytes of a field.</summary>
        /// <param name="name">The field.</param>
        /// <param name="from">The first of them.</param>
        /// <param name="max">How many at most.</param>
        /// <returns>A copy; empty behind the end, and without such a field.</returns>
        public byte[] Bytes(string name, int from, int max)
        {
            int field = Find(name);
            int rest = field < 0 ? 0 : _ends[field] - _starts[field] - from;
            return Copy(field < 0 ? 0 : _starts[field] + from, rest < 0 ? 0 : rest < max ? rest : max);
        }

        private byte[] Copy(int start, int count)
        {
            byte[] bytes = new byte[count];
            for (int at = 0; at < count;)
            {
                at += _body.CopyTo(start + at, bytes, at);
            }

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
            Pieces body = _body;
            byte[] empty = Encoding.UTF8.GetBytes("\r\n\r\n");

            // The first one begins the body: it has no line end before it.
            int at = delimiter.Length - 2;
            if (!body.Has(delimiter, 2, 0))
            {
                return false;
            }

            while (at + 1 < body.Length)
            {
                if (body.At(at) == '-' && body.At(at + 1) == '-')
                {
                    return true;
                }

                int head = body.IndexOf(empty, at);
                if (body.At(at) != '\r' || body.At(at + 1) != '\n' || head < 0 || _count == MaxFields)
                {
                    return false;
                }

                int start = head + empty.Length;
                int end = body.IndexOf(delimiter, start);
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
            byte[] bytes = end <= start || end - start > MaxHead ? null : Copy(start, end - start);
            if (bytes == null || !IsText(bytes, true))
            {
                return null;
            }

            string head = Encoding.UTF8.GetString(bytes, 0, bytes.Length);
            int from = head.IndexOf(NameMark) + NameMark.Length;
            int to = from < NameMark.Length ? -1 : head.IndexOf('"', from);
            return to < 0 ? null : head.Substring(from, to - from);
        }

        private static bool IsText(byte[] data, bool mayBreak)
        {
            int at = 0;
            int end = data.Length;
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

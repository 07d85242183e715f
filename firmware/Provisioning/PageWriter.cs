using System;
using System.Collections;
using System.Text;

namespace Firmware.Provisioning
{
    /// <summary>HTML while it is put together, in small pieces: a buffer that grows would need twice the memory.</summary>
    internal sealed class PageWriter
    {
        private const int PieceLength = 512;

        private readonly ArrayList _pieces = new ArrayList();
        private byte[] _piece = new byte[0];
        private int _at;

        /// <summary>Bytes so far.</summary>
        internal int Length;

        /// <summary>Adds HTML.</summary>
        internal void Add(string html)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(html);
            for (int i = 0; i < bytes.Length;)
            {
                if (_at == _piece.Length)
                {
                    _piece = new byte[PieceLength];
                    _pieces.Add(_piece);
                    _at = 0;
                }

                int count = PieceLength - _at < bytes.Length - i ? PieceLength - _at : bytes.Length - i;
                Array.Copy(bytes, i, _piece, _at, count);
                _at += count;
                i += count;
            }

            Length += bytes.Length;
        }

        /// <summary>Adds a text: in an element, or in the quotes of an attribute.</summary>
        internal void AddText(string text)
        {
            char[] marks = "&<>\"'".ToCharArray(); // an array of constants would take a type of its own
            while (!string.IsNullOrEmpty(text))
            {
                int at = text.IndexOfAny(marks);
                Add(at < 0 ? text : text.Substring(0, at));
                if (at < 0)
                {
                    return;
                }

                string rest = text.Substring(at);
                Add(rest.StartsWith("&") ? "&amp;" : rest.StartsWith("<") ? "&lt;" : rest.StartsWith(">") ? "&gt;" : rest.StartsWith("\"") ? "&quot;" : "&#39;");
                text = rest.Substring(1);
            }
        }

        /// <summary>Copies bytes.</summary>
        /// <param name="from">The first of them.</param>
        /// <param name="buffer">Receives them.</param>
        /// <param name="at">From here.</param>
        /// <returns>How many: as many as have room, and lie in one piece.</returns>
        internal int CopyTo(int from, byte[] buffer, int at)
        {
            int offset = from % PieceLength;
            int count = PieceLength - offset < Length - from ? PieceLength - offset : Length - from;
            count = count < buffer.Length - at ? count : buffer.Length - at;
            if (count > 0)
            {
                Array.Copy((byte[])_pieces[from / PieceLength], offset, buffer, at, count);
            }

            return count;
        }
    }
}

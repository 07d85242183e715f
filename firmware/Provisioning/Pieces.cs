using System;
using System.Collections;
using System.Text;

namespace Firmware.Provisioning
{
    /// <summary>
    /// Bytes in small pieces: a form while it comes in, a page while it is put together. A heap that has been in use for a while
    /// has no room for 8 KB at one place.
    /// </summary>
    internal sealed class Pieces
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
            Add(bytes, 0, bytes.Length);
        }

        /// <summary>Adds bytes up to an index.</summary>
        internal void Add(byte[] bytes, int from, int end)
        {
            Length += end - from;
            for (int i = from; i < end;)
            {
                if (_at == _piece.Length)
                {
                    _piece = new byte[PieceLength];
                    _pieces.Add(_piece);
                    _at = 0;
                }

                int count = PieceLength - _at < end - i ? PieceLength - _at : end - i;
                Array.Copy(bytes, i, _piece, _at, count);
                _at += count;
                i += count;
            }
        }

        /// <summary>A byte.</summary>
        internal byte At(int index) => ((byte[])_pieces[index / PieceLength])[index % PieceLength];

        /// <summary>Whether some bytes are there, from the one with that number on.</summary>
        internal bool Has(byte[] what, int from, int index)
        {
            bool isSame = index + what.Length - from <= Length;
            for (int i = from; isSame && i < what.Length; i++)
            {
                isSame = At(index++) == what[i];
            }

            return isSame;
        }

        /// <summary>Where some bytes are; -1 for nowhere.</summary>
        internal int IndexOf(byte[] what, int from)
        {
            byte first = what[0];
            int end = Length - what.Length + 1;
            for (int i = from; i < end;)
            {
                byte[] piece = (byte[])_pieces[i / PieceLength];
                for (int at = i % PieceLength; at < PieceLength && i < end; at++, i++)
                {
                    if (piece[at] == first && Has(what, 0, i))
                    {
                        return i;
                    }
                }
            }

            return -1;
        }

        /// <summary>Adds a text: in an element, or in the quotes of an attribute.</summary>
        /// <remarks>By bytes: the device's IndexOfAny does not find what stands behind a character of four bytes.</remarks>
        internal void AddText(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text ?? string.Empty);
            int from = 0;
            for (int i = 0; i < bytes.Length; i++)
            {
                string mark = Escape(bytes[i]);
                if (mark != null)
                {
                    Add(bytes, from, i);
                    Add(mark);
                    from = i + 1;
                }
            }

            Add(bytes, from, bytes.Length);
        }

        private static string Escape(byte mark)
        {
            switch (mark)
            {
                case (byte)'&': return "&amp;";
                case (byte)'<': return "&lt;";
                case (byte)'>': return "&gt;";
                case (byte)'"': return "&quot;";
                case (byte)'\'': return "&#39;";
                default: return null;
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

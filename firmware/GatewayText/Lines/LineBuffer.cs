using System;

namespace Firmware.GatewayText.Lines
{
    /// <summary>
    /// Finds lines in what a serial line receives: bounded, and in step again at the next end of a line whatever came before.
    /// </summary>
    /// <remarks>Every control character but the tab ends a line: no line of JSON or NMEA 0183 contains one.</remarks>
    internal sealed class LineBuffer
    {
        /// <summary>In place of a start: a line begins where the one before has ended.</summary>
        internal const int None = -1;

        private readonly int _start;
        private bool _isSkipping;

        /// <summary>Creates a buffer.</summary>
        /// <param name="maxLength">Bytes of the longest line.</param>
        /// <param name="start">A byte with which a line begins wherever it stands, e.g. '$'; <see cref="None"/> for none.</param>
        internal LineBuffer(int maxLength, int start)
        {
            Bytes = new byte[maxLength];
            _start = start;
        }

        /// <summary>Holds the line.</summary>
        internal readonly byte[] Bytes;

        /// <summary>Its length in bytes.</summary>
        internal int Length;

        /// <summary>Whether it is complete; the caller sets <see cref="Length"/> to 0 when it was read.</summary>
        internal bool IsWhole;

        /// <summary>Lines that were longer.</summary>
        internal int TooLong;

        /// <summary>Takes bytes up to the end of a line.</summary>
        /// <param name="data">What was received.</param>
        /// <param name="at">The first byte to take.</param>
        /// <param name="end">Behind the last one.</param>
        /// <returns>Where to go on; <see cref="IsWhole"/> tells whether a line must be read before.</returns>
        internal int Take(byte[] data, int at, int end)
        {
            int start = _start;
            int i = at;
            if (i < end && data[i] == start && Length == 0)
            {
                _isSkipping = false;
                i++;
            }

            while (i < end)
            {
                int b = data[i];
                if (b == start || (b < ' ' && b != '\t'))
                {
                    break;
                }

                i++;
            }

            int count = i - at;
            if (!_isSkipping && Length + count > Bytes.Length)
            {
                _isSkipping = true;
                TooLong++;
                Length = 0;
            }

            if (!_isSkipping)
            {
                Array.Copy(data, at, Bytes, Length, count);
                Length += count;
            }

            bool isEnd = i < end;
            IsWhole = isEnd && Length > 0;
            _isSkipping &= !isEnd;
            return isEnd && data[i] != start ? i + 1 : i;
        }
    }
}

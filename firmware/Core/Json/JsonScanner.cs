using System;

namespace Firmware.Json
{
    /// <summary>The validating pass of <see cref="JsonReader"/>: a text in, an index of its values out.</summary>
    /// <remarks>
    /// The interpreter makes every instruction dear, so the loops keep to locals and compare no position with the end
    /// of the text: a closing bracket guards it (see <see cref="Scan"/>), and only <see cref="Close"/> passes one.
    /// <para>
    /// An entry of the index holds in bits 16 to 30 where a value starts. A container is marked by the sign; bits 0 to
    /// 14 hold the first token behind it, and while it is open the container around it. Of everything else they hold
    /// the length less one. <see cref="Flag"/> says of a container that its sibling follows, of a string that it has
    /// escapes.
    /// </para>
    /// </remarks>
    internal sealed partial class JsonScanner
    {
        internal const int Low = 0x7FFF;
        internal const int Flag = 0x8000;
        internal const int Container = int.MinValue;

        // A set bit for the root, then a bit for each open container: 1 for an object, 0 for an array.
        private const int Closed = 1;
        private const int Deepest = Closed << JsonReader.MaxDepth;

        // Enough for most texts.
        internal const int FewTokens = 64;

        private int _last;
        private int _end;

        internal int[] Tape;

        /// <summary>The index for every text that it is enough for; null takes a new one for each.</summary>
        internal int[] Kept;

        internal bool HasEscapes;

        internal JsonError Error;

        internal int ErrorPosition;

        /// <summary>Forgets the last text, and its index.</summary>
        internal void Reset()
        {
            Tape = null;
            HasEscapes = false;
            Error = JsonError.None;
            ErrorPosition = 0;
        }

        /// <summary>
        /// Scans the text whose value starts at <paramref name="i"/> and whose last byte stands before
        /// <paramref name="end"/>. At <paramref name="last"/> there has to be a closing bracket: the text's own last
        /// byte, or one put behind the text.
        /// </summary>
        internal bool Scan(byte[] data, int i, int last, int end)
        {
            Tape = Kept ?? new int[FewTokens];
            _last = last;
            _end = end;
            int b = data[i];
            if (b == '{' || b == '[')
            {
                return ScanTree(data, i);
            }

            int behind;
            if (b == '"')
            {
                behind = FinishString(data, i + 1, i, 0) + 1;
            }
            else
            {
                behind = ScanScalar(data, i);
                Tape[0] = i << 16 | behind - 1 - i;
            }

            if (behind <= 0)
            {
                return false;
            }

            return behind == end || Refuse(JsonError.TrailingData, SkipSpace(data, behind));
        }

        /// <summary>Scans a container. Long, because a call costs as much as a dozen bytes.</summary>
        private bool ScanTree(byte[] data, int i)
        {
            byte[] stops = JsonBytes.Stops;
            int[] tape = Tape;
            int limit = tape.Length - 2;
            int n = 0;
            int open = 0;
            int kinds = Closed;
            bool inObject = false;

            // Each turn is an element of an array, or a member of an object: its name, then its value.
            while (true)
            {
                if (n > limit)
                {
                    tape = Grow(n, i);
                    limit = tape.Length - 2;
                }

                int start;
                if (inObject)
                {
                    if (data[i] != '"' && (i = SkipSpaceTo(data, i, '"')) < 0)
                    {
                        return false;
                    }

                    start = i;
                    do
                    {
                        i++;
                    }
                    while (stops[data[i]] == 0);

                    if (data[i] == '"')
                    {
                        tape[n] = start << 16 | i - start;
                    }
                    else if ((i = FinishString(data, i, start, n)) < 0)
                    {
                        return false;
                    }

                    n++;
                    if (data[++i] != ':' && (i = SkipSpaceTo(data, i, ':')) < 0)
                    {
                        return false;
                    }

                    i++;
                }

                int b = data[i];
                while (b <= ' ' && (b == ' ' || b == '\n' || b == '\r' || b == '\t'))
                {
                    b = data[++i];
                }

                start = i;
                if (b == '"')
                {
                    do
                    {
                        i++;
                    }
                    while (stops[data[i]] == 0);

                    if (data[i] == '"')
                    {
                        tape[n] = start << 16 | i - start;
                    }
                    else if ((i = FinishString(data, i, start, n)) < 0)
                    {
                        return false;
                    }

                    n++;
                    i++;
                }
                else if (b == '{' || b == '[')
                {
                    if (kinds >= Deepest)
                    {
                        return Refuse(JsonError.TooDeep, i);
                    }

                    tape[n] = start << 16 | open;
                    open = n++;
                    inObject = b == '{';
                    kinds = inObject ? kinds << 1 | 1 : kinds << 1;
                    if (data[++i] <= ' ')
                    {
                        i = SkipSpace(data, i);
                    }

                    if (data[i] != b + ('}' - '{'))
                    {
                        continue;
                    }
                }
                else if ((i = ScanScalar(data, i)) >= 0)
                {
                    tape[n++] = start << 16 | i - 1 - start;
                }
                else
                {
                    return false;
                }

                if (data[i] != ',')
                {
                    i = Close(data, i, n, ref open, ref kinds);
                    if (i < 0 || kinds == Closed)
                    {
                        return i >= 0;
                    }

                    inObject = (kinds & 1) != 0;
                }

                i++;
            }
        }

        /// <summary>
        /// Closes the containers that end from <paramref name="i"/> on; gives the position of the comma behind them.
        /// </summary>
        private int Close(byte[] data, int i, int n, ref int open, ref int kinds)
        {
            int[] tape = Tape;
            int end = _end;
            int closed = -1;
            int b = data[i];
            do
            {
                if (b == ((kinds & 1) != 0 ? '}' : ']'))
                {
                    closed = open;
                    int entry = tape[closed];
                    open = entry & Low;
                    tape[closed] = entry ^ open | n | Container;
                    kinds >>= 1;
                    if (kinds == Closed || i + 1 >= end)
                    {
                        return Finish(data, i + 1, kinds);
                    }
                }
                else if (b > ' ' || SkipSpace(data, i) == i)
                {
                    return Fail(JsonError.UnexpectedByte, i);
                }

                b = data[++i];
            }
            while (b != ',');

            if (closed >= 0)
            {
                tape[closed] |= Flag;
            }

            return i;
        }

        private int Finish(byte[] data, int i, int kinds)
        {
            if (kinds != Closed || i > _end)
            {
                return Fail(JsonError.UnexpectedEnd, _end);
            }

            return i == _end ? i : Fail(JsonError.TrailingData, SkipSpace(data, i));
        }

        /// <summary>A larger index: no text has more than a value in two bytes, but for the brackets still open.</summary>
        private int[] Grow(int n, int i)
        {
            int[] grown = new int[n + (_end - i) / 2 + JsonReader.MaxDepth + 4];
            Array.Copy(Tape, grown, n);
            Tape = grown;
            return grown;
        }

        /// <summary>Notes an error. At the end of the text it is always the missing rest.</summary>
        private int Fail(JsonError error, int position)
        {
            bool atEnd = position >= _end;
            Error = atEnd ? JsonError.UnexpectedEnd : error;
            ErrorPosition = atEnd ? _end : position;
            return -1;
        }

        private bool Refuse(JsonError error, int position)
        {
            Fail(error, position);
            return false;
        }
    }
}

using System;
using System.Text;

namespace Firmware.Json
{
    /// <summary>
    /// Strict reader of JSON text (RFC 8259): one validating pass over the bytes leaves an index of the values, and no
    /// object for a value. A value is named by its token number; the root is 0.
    /// </summary>
    /// <remarks>
    /// The text is read where it lies and has to stay unchanged as long as it is asked for values. Methods that take a
    /// token answer for <see cref="None"/> what they answer for an absent value; a number that the reader did not give
    /// out is a programming error.
    /// </remarks>
    public sealed partial class JsonReader
    {
        /// <summary>How many containers may lie inside one another, the outermost included.</summary>
        public const int MaxDepth = 16;

        /// <summary>The token of nothing: absent, or at the end.</summary>
        public const int None = -1;

        private const int LongestText = JsonScanner.Low;

        private readonly JsonScanner _scanner = new JsonScanner();
        private readonly Encoding _utf8 = Encoding.UTF8;
        private readonly int _maxLength;
        private int[] _tape;
        private byte[] _data;
        private int _shift;

        /// <summary>Makes a reader for texts of at most <paramref name="maxLength"/> bytes, 1 to 32767.</summary>
        /// <param name="maxLength">The limit in bytes.</param>
        public JsonReader(int maxLength)
        {
            if (maxLength < 1 || maxLength > LongestText)
            {
                throw new ArgumentOutOfRangeException(nameof(maxLength));
            }

            _maxLength = maxLength;
        }

        /// <summary>Why the last text was refused.</summary>
        public JsonError Error;

        /// <summary>Where the last text was refused, in bytes from its start.</summary>
        public int ErrorOffset;

        /// <summary>
        /// Reads <paramref name="count"/> bytes from <paramref name="offset"/> on. No content makes it throw; false
        /// leaves the reason in <see cref="Error"/> and <see cref="ErrorOffset"/>.
        /// </summary>
        /// <param name="data">Holds the text.</param>
        /// <param name="offset">Where the text starts.</param>
        /// <param name="count">How many bytes it has.</param>
        /// <returns>Whether the text is valid JSON within the limits.</returns>
        public bool TryParse(byte[] data, int offset, int count)
        {
            Clear();
            if (data == null)
            {
                throw new ArgumentNullException(nameof(data));
            }

            if (offset < 0 || count < 0 || offset > data.Length - count)
            {
                throw new ArgumentOutOfRangeException(nameof(count));
            }

            if (count > _maxLength)
            {
                return Refuse(JsonError.TooLarge, _maxLength);
            }

            int end = offset + count;
            while (end > offset && data[end - 1] <= ' ' && IsSpace(data[end - 1]))
            {
                end--;
            }

            return end > offset ? Scan(data, offset, end) : Refuse(JsonError.Empty, count);
        }

        /// <summary>Lets go of the last text and of the memory that it needed.</summary>
        public void Clear()
        {
            _scanner.Reset();
            _tape = null;
            _data = null;
            _shift = 0;
            Error = JsonError.None;
            ErrorOffset = 0;
        }

        /// <summary>Keeps the memory for texts of few values: no text of up to 62 needs any from now on.</summary>
        public void KeepIndex() => _scanner.Kept = new int[JsonScanner.FewTokens];

        /// <summary>The error in words, as "byte 17: control character in a string".</summary>
        /// <returns>Text for humans.</returns>
        public string Describe()
        {
            string text = JsonErrorText.Of(Error);
            return Error == JsonError.None ? text : "byte " + ErrorOffset.ToString() + ": " + text;
        }

        /// <summary>The kind of a value.</summary>
        /// <param name="token">A value or a member's name.</param>
        /// <returns>Its kind.</returns>
        public JsonKind KindOf(int token)
        {
            switch (_data[_tape[token] >> 16 & JsonScanner.Low])
            {
                case (byte)'{':
                    return JsonKind.Object;
                case (byte)'[':
                    return JsonKind.Array;
                case (byte)'"':
                    return JsonKind.String;
                case (byte)'t':
                    return JsonKind.True;
                case (byte)'f':
                    return JsonKind.False;
                case (byte)'n':
                    return JsonKind.Null;
                default:
                    return JsonKind.Number;
            }
        }

        /// <summary>The first element of an array, or the name of the first member of an object.</summary>
        /// <param name="container">An array or object.</param>
        /// <returns>A token, or <see cref="None"/> if it is empty or no container.</returns>
        public int First(int container)
        {
            return container >= 0 && Behind(container) > container + 1 ? container + 1 : None;
        }

        /// <summary>The value of a member.</summary>
        /// <param name="nameToken">The member's name.</param>
        /// <returns>The token of its value.</returns>
        public int ValueOf(int nameToken)
        {
            return nameToken + 1;
        }

        /// <summary>What follows in the same container: after an element the next one, after a name the next name.</summary>
        /// <param name="token">An element, or the name of a member.</param>
        /// <returns>A token, or <see cref="None"/> at the end.</returns>
        public int Next(int token)
        {
            if (token < 0)
            {
                return None;
            }

            int[] tape = _tape;
            byte[] data = _data;
            while (true)
            {
                int entry = tape[token];
                if (entry < 0)
                {
                    return (entry & JsonScanner.Flag) != 0 ? entry & JsonScanner.Low : None;
                }

                // The text says what follows. Behind a name it is the value, behind which the next name follows.
                int i = (entry >> 16) + (entry & JsonScanner.Low) + 1;
                int b = data[i];
                if (b <= ' ')
                {
                    b = data[JsonScanner.SkipSpace(data, i)];
                }

                token++;
                if (b != ':')
                {
                    return b == ',' ? token : None;
                }
            }
        }

        /// <summary>The number of elements of an array or members of an object.</summary>
        /// <param name="container">An array or object.</param>
        /// <returns>How many; 0 for anything else.</returns>
        public int Count(int container)
        {
            int count = 0;
            for (int token = First(container); token != None; token = Next(token))
            {
                count++;
            }

            return count;
        }

        /// <summary>Looks a member up by its name. Of several with that name the last one counts.</summary>
        /// <param name="obj">An object.</param>
        /// <param name="name">The name, as it reads without escapes.</param>
        /// <returns>The token of the member's value, or <see cref="None"/> if it is absent or <paramref name="obj"/> is no object.</returns>
        public int Find(int obj, string name)
        {
            int found = None;
            if (obj < 0 || KindOf(obj) != JsonKind.Object)
            {
                return found;
            }

            byte[] wanted = _utf8.GetBytes(name);
            int[] tape = _tape;
            int quoted = wanted.Length + 1;
            int token = obj + 1;
            int behind = tape[obj] & JsonScanner.Low;
            bool escapes = _scanner.HasEscapes;
            while (token < behind)
            {
                // With escapes, the length says nothing.
                int entry = tape[token];
                if (((entry & 0xFFFF) == quoted || (escapes && (entry & JsonScanner.Flag) != 0)) && IsText(entry, wanted))
                {
                    found = token + 1;
                }

                entry = tape[token + 1];
                token = entry < 0 ? entry & JsonScanner.Low : token + 2;
            }

            return found;
        }

        /// <summary>Compares a name, exactly and after decoding its escapes.</summary>
        /// <param name="nameToken">The member's name.</param>
        /// <param name="name">The name, as it reads without escapes.</param>
        /// <returns>Whether they are the same.</returns>
        public bool NameEquals(int nameToken, string name)
        {
            return IsText(_tape[nameToken], _utf8.GetBytes(name));
        }

        private static bool IsSpace(int b)
        {
            return b == ' ' || b == '\n' || b == '\r' || b == '\t';
        }

        private bool Scan(byte[] data, int offset, int end)
        {
            int last = end - 1;
            if ((data[last] != '}' && data[last] != ']') || end > LongestText)
            {
                // Rare, and mostly no JSON: a copy with the guard that the scanner needs.
                int count = end - offset;
                byte[] guarded = new byte[count + 1];
                Array.Copy(data, offset, guarded, 0, count);
                guarded[count] = (byte)']';
                data = guarded;
                _shift = offset;
                offset = 0;
                end = count;
                last = count;
            }

            if (!_scanner.Scan(data, JsonScanner.SkipSpace(data, offset), last, end))
            {
                return Refuse(_scanner.Error, _scanner.ErrorPosition - offset);
            }

            _data = data;
            _tape = _scanner.Tape;
            return true;
        }

        private bool Refuse(JsonError error, int offset)
        {
            Clear();
            Error = error;
            ErrorOffset = offset;
            return false;
        }

        /// <summary>The first token behind a value.</summary>
        private int Behind(int token)
        {
            int entry = _tape[token];
            return entry < 0 ? entry & JsonScanner.Low : token + 1;
        }
    }
}

using System;
using System.Text;
using Firmware.Gateway;
using Firmware.Json;
using Firmware.Telemetry;

namespace Firmware.GatewayText.Lines
{
    /// <summary>
    /// Reads the lines of a small controller where they lie: an object whose members are channels, or a SenML pack (RFC 8428).
    /// A channel is named as in the settings, or child_channel (RFC 9039).
    /// </summary>
    internal sealed partial class LineReader
    {
        /// <summary>Bytes of the longest line.</summary>
        internal const int MaxLength = 512;

        /// <summary>In place of an id: the line is no response.</summary>
        internal const long NoId = -1;

        private const int MaxName = 64;
        private const int MaxError = 64;
        private const int SenmlVersion = 10;
        private const int None = JsonReader.None;

        // See KeyOf.
        private const int LongestKey = 5;
        private const long Identifier = ('i' << 8) | 'd';
        private const long Urn = ('u' << 24) | ('r' << 16) | ('n' << 8) | ':';
        private const long BaseVersion = ('b' << 24) | ('v' << 16) | ('e' << 8) | 'r';
        private const long ErrorText = ((long)'e' << 32) | ((long)'r' << 24) | ('r' << 16) | ('o' << 8) | 'r';

        private readonly JsonReader _json = new JsonReader(MaxLength);
        private readonly byte[] _layout;
        private readonly byte[] _prefix;
        private readonly byte[] _name = new byte[MaxName];
        private byte[] _line;

        // Of a SenML pack: what holds for the records that follow.
        private int _baseName;
        private int _baseUnit;
        private int _baseValue;

        /// <summary>Creates a reader.</summary>
        /// <param name="child">Name of the child.</param>
        /// <param name="layout">Its channels, see <see cref="ReadingGroup"/>.</param>
        internal LineReader(string child, byte[] layout)
        {
            _layout = layout;
            _prefix = Encoding.UTF8.GetBytes(child + "_");
            _json.KeepIndex();
        }

        /// <summary>The values of the last line, with the decimal places of their channels.</summary>
        internal readonly int[] Values = new int[ReadingGroup.MaxChannels];

        /// <summary>One bit for each channel that the last line has a value of.</summary>
        internal int Mask;

        /// <summary>The request that the last line responds to; <see cref="NoId"/> for none.</summary>
        internal long Id;

        /// <summary>Why that request failed, in the controller's words; null when it has not.</summary>
        internal string Error;

        /// <summary>Names that no channel has.</summary>
        internal int Unknown;

        /// <summary>Lines that are none of the protocol, and values that are no number, do not fit, or have another unit.</summary>
        internal int Refused;

        /// <summary>Reads a line.</summary>
        /// <param name="line">Holds it from its start.</param>
        /// <param name="count">Its length in bytes.</param>
        /// <returns>False when it is refused as a whole.</returns>
        internal bool Read(byte[] line, int count)
        {
            Mask = 0;
            Id = NoId;
            Error = null;
            _line = line;
            _baseName = None;
            _baseUnit = None;
            _baseValue = None;

            // What a controller prints besides costs no more than a look.
            bool isObject = count > 0 && line[0] == '{';
            bool isRead = (isObject || (count > 0 && line[0] == '[')) && _json.TryParse(line, 0, count);
            for (int token = isRead ? _json.First(0) : None; isRead && token != None; token = _json.Next(token))
            {
                isRead = isObject ? ReadMember(token) : _json.KindOf(token) == JsonKind.Object && ReadRecord(token);
            }

            if (!isRead)
            {
                Mask = 0;
                Id = NoId;
                Refused++;
            }

            return isRead;
        }

        private bool ReadMember(int name)
        {
            int value = _json.ValueOf(name);
            long key = KeyOf(_json.StartOf(name), _json.LengthOf(name));
            if (key == Identifier)
            {
                // Any other says who the controller is.
                Id = _json.TryGetInt64(value, out long id) && id >= 0 ? id : NoId;
                return true;
            }

            if (key == ErrorText)
            {
                _json.TryGetString(value, out string error);
                Error = error == null ? "refused" : error.Length > MaxError ? error.Substring(0, MaxError) : error;
            }
            else
            {
                Take(name, None, value);
            }

            return true;
        }

        // Times are left out: a line counts when it arrives.
        private bool ReadRecord(int record)
        {
            int name = None;
            int unit = None;
            int value = None;
            for (int label = _json.First(record); label != None; label = _json.Next(label))
            {
                int token = _json.ValueOf(label);
                int start = _json.StartOf(label);
                int length = _json.LengthOf(label);
                switch (KeyOf(start, length))
                {
                    case 'n': name = token; break;
                    case 'u': unit = token; break;
                    case 'v': value = token; break;
                    case ('v' << 8) | 'b': value = token; break;
                    case ('b' << 8) | 'n': _baseName = token; break;
                    case ('b' << 8) | 'u': _baseUnit = token; break;
                    case ('b' << 8) | 'v': _baseValue = token; break;
                    case BaseVersion:
                        if (!_json.TryGetInt64(token, out long version) || version > SenmlVersion)
                        {
                            return false;
                        }

                        break;
                    default:
                        // Who does not know such a label must not read the pack (RFC 8428 section 4.4).
                        if (_line[start + length - 2] == '_')
                        {
                            return false;
                        }

                        break;
                }
            }

            if (value != None)
            {
                Take(name, unit == None ? _baseUnit : unit, value);
            }

            return true;
        }

        private void Take(int name, int unit, int value)
        {
            JsonReader json = _json;
            byte[] layout = _layout;
            int length = 0;
            int index = 0;
            int at = Append(_baseName, ref length) && Append(name, ref length) ? 0 : layout.Length;
            int skipped = _prefix.Length;
            skipped = length > skipped && Layouts.AreSame(_prefix, 0, _name, 0, skipped) ? skipped : 0;
            length -= skipped;
            while (at < layout.Length
                && (layout[at + ReadingGroup.NameLengthAt] != length || !Layouts.AreSame(layout, at + ReadingGroup.NameAt, _name, skipped, length)))
            {
                at += layout[at];
                index++;
            }

            if (at >= layout.Length)
            {
                Unknown++;
                return;
            }

            if (json.KindOf(value) == JsonKind.Null)
            {
                return;
            }

            // No unit given, or none wanted, is the right one.
            int place = at + ReadingGroup.NameAt + length;
            int count = layout[place];
            bool isRight = unit == None || count == 0
                || (json.LengthOf(unit) == count + 2 && Layouts.AreSame(layout, place + 1, _line, json.StartOf(unit) + 1, count));
            int decimals = layout[at + ReadingGroup.DecimalsAt];
            long sum = 0;
            if (!isRight || !TryGet(value, decimals, out long number) || (_baseValue != None && !TryGet(_baseValue, decimals, out sum))
                || (sum += number) >= int.MaxValue || sum <= int.MinValue)
            {
                Refused++;
                return;
            }

            Values[index] = (int)sum;
            Mask |= 1 << index;
        }

        // Adds a string to the name; a device's URN names the controller, not the channel.
        private bool Append(int token, ref int length)
        {
            if (token == None)
            {
                return true;
            }

            int start = _json.StartOf(token);
            int count = _json.LengthOf(token) - 2;
            if (_json.KindOf(token) != JsonKind.String)
            {
                return false;
            }

            if (count > 4 && KeyOf(start, 4 + 2) == Urn)
            {
                return true;
            }

            if (length + count > MaxName)
            {
                return false;
            }

            Array.Copy(_line, start + 1, _name, length, count);
            length += count;
            return true;
        }

        // The bytes of a label of up to five, in quotes, as a number: a text to compare with would take memory each time.
        private long KeyOf(int start, int length)
        {
            byte[] line = _line;
            long key = 0;
            for (int i = 1; length <= LongestKey + 2 && i < length - 1; i++)
            {
                key = (key << 8) | line[start + i];
            }

            return key;
        }
    }
}

using System.Text;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Settings;

namespace Firmware.Rules
{
    /// <summary>Makes the numbers of <see cref="RuleCode"/> from the JSON of a rule, and says what is wrong with it.</summary>
    internal sealed class RuleReader
    {
        private const string Members = " when: and: any: then: else: stale: pause:";
        private const long MaxQuantity = 1000000000000000;
        private const int MaxSeconds = 604800;
        private const int MaxOutputMilliseconds = 86400000;
        private const int MaxText = 64;
        private const int MaxParams = 160;
        private const int MaxShown = 16;

        private readonly SettingsSource _source;
        private readonly JsonReader _reader;
        private readonly int[] _code = new int[RuleCode.MaxNumbers];
        private readonly byte[] _texts = new byte[RuleCode.MaxTexts];
        private int _at = RuleCode.First;
        private int _end; // of the texts
        private bool _isWrong;
        private bool _isTooLong;

        internal RuleReader(SettingsSource source)
        {
            _source = source;
            _reader = source.Reader;
        }

        /// <summary>Reads a rule.</summary>
        /// <param name="token">An object.</param>
        /// <param name="path">Ends in the name of the rule.</param>
        /// <returns>Null when something is wrong, which is a fault of the source then.</returns>
        internal int[] Read(int token, string path)
        {
            if (!_source.IsObject(token, path) || !AreKnown(token, path, Members))
            {
                return null;
            }

            // The first text is the name.
            _code[RuleCode.Texts] = Put(Encoding.UTF8.GetBytes(path.Substring(path.LastIndexOf('.') + 1)));
            int counts = List(token, path, "when", RuleCode.MaxConditions) | (List(token, path, "and", RuleCode.MaxConditions) << 8);
            int actions = List(token, path, "then", RuleCode.MaxActions) | (List(token, path, "else", RuleCode.MaxActions) << 8) | (List(token, path, "stale", RuleCode.MaxActions) << 16);
            int any = _reader.Find(token, "any");
            bool isAny = any != JsonReader.None && Number(Setting.Boolean("any", SettingEffect.Now, false), any, path + ".any") != 0;
            int pause = _reader.Find(token, "pause");
            _code[RuleCode.Counts] = counts | (isAny ? RuleCode.Any : 0);
            _code[RuleCode.Lists] = actions;
            _code[RuleCode.Pause] = pause == JsonReader.None ? 0 : Integer(pause, path + ".pause", 1, MaxSeconds);
            if (counts == 0 && !_isWrong)
            {
                Fault(path + ".when", "must have a condition");
            }
            else if (actions == 0 && !_isWrong)
            {
                Fault(path + ".then", "must have an action");
            }

            if (_isTooLong)
            {
                Fault(path, "is too long: divide it into two rules");
            }

            return _isWrong ? null : Pack();
        }

        private int[] Pack()
        {
            int[] rule = new int[_at + ((_end + 3) / 4)];
            System.Array.Copy(_code, rule, _at);
            for (int i = 0; i < _end; i++)
            {
                rule[_at + (i >> 2)] |= _texts[i] << ((i & 3) << 3);
            }

            rule[RuleCode.Texts] |= _at;
            return rule;
        }

        private int List(int rule, string path, string name, int max)
        {
            int token = _reader.Find(rule, name);
            path += "." + name;
            if (token == JsonReader.None || !_source.IsArray(token, path, max))
            {
                _isWrong |= token != JsonReader.None;
                return 0;
            }

            int count = 0;
            int events = 0;
            for (int item = _reader.First(token); item != JsonReader.None; item = _reader.Next(item))
            {
                string place = path + "[" + count + "]";
                int start = _at;
                int op = Record(item, place, max == RuleCode.MaxActions ? RuleCode.Actions : RuleCode.Conditions);
                if (max == RuleCode.MaxConditions)
                {
                    Check(op, start, place);
                }
                else
                {
                    events += (op & RuleCode.KindMask) == RuleCode.Event ? 1 : 0;
                    if (!_isWrong && (op & RuleCode.KindMask) == RuleCode.Output && ((op & RuleCode.On) != 0) == ((op & RuleCode.Level) != 0))
                    {
                        Fault(place, "must have either on or level");
                    }
                }

                count++;
            }

            if (events > 1)
            {
                Fault(path, "can have one event");
            }

            return count;
        }

        private int Record(int token, string path, string forms)
        {
            int start = _at;
            Add(0);
            string[] kinds = forms.Split('|');
            for (int kind = 0; kind < kinds.Length && _source.IsObject(token, path); kind++)
            {
                string[] members = kinds[kind].Split(' ');
                string key = NameOf(members[members[0] == "for:s" ? 1 : 0]);
                if (_reader.Find(token, key) == JsonReader.None)
                {
                    continue;
                }

                int op = kind;
                for (int i = 0; i < members.Length && AreKnown(token, path, " " + kinds[kind]); i++)
                {
                    string name = NameOf(members[i]);
                    int value = _reader.Find(token, name);
                    if (value != JsonReader.None)
                    {
                        op |= 1 << (RuleCode.FirstMember + i);
                        Value(members[i].Substring(name.Length + 1)[0], value, path + "." + name);
                    }
                    else if (members[i].EndsWith("!"))
                    {
                        Fault(path + "." + name, "is missing");
                    }
                }

                if (!_isTooLong)
                {
                    _code[start] = op | ((_at - start) << RuleCode.LengthShift);
                }

                return op;
            }

            Fault(path, forms == RuleCode.Actions ? "must have output, event, measure, interval or request" : "must have channel, time, days, battery, connection or presence");
            return RuleCode.KindMask;
        }

        private static string NameOf(string member) => member.Substring(0, member.IndexOf(':'));

        private void Value(char type, int token, string path)
        {
            switch (type)
            {
                case 'n':
                    Text(token, path, TopicLevel.MaxLength);
                    break;
                case 't':
                    Text(token, path, MaxText);
                    break;
                case 'j':
                    bool isShort = _reader.KindOf(token) == JsonKind.Object && _reader.LengthOf(token) <= MaxParams;
                    Add(Must(isShort, path, "must be an object of at most 160 bytes") ? Put(_reader.CopyOf(token)) : 0);
                    break;
                case 'c':
                case 'p':
                case 'q':
                    bool isAny = type == 'c' && _reader.KindOf(token) == JsonKind.True;
                    long quantity = isAny ? 1 : Number(Setting.Number(path, SettingEffect.Now, type == 'q' ? -MaxQuantity : type == 'p' ? 0 : 1, MaxQuantity, 0, null), token, path);
                    Add((int)quantity);
                    Add((int)(quantity >> 32));
                    break;
                case 's':
                    Add(Integer(token, path, 1, MaxSeconds));
                    break;
                case 'i':
                    Add(Integer(token, path, 1, DeviceSettings.MaxInterval));
                    break;
                case 'l':
                    Add(Integer(token, path, 0, 100));
                    break;
                case 'm':
                    bool isTime = _reader.TryGetFixed(token, 3, out long milliseconds) && milliseconds >= 1 && milliseconds <= MaxOutputMilliseconds;
                    Must(isTime, path, "must be a number from 0.001 to 86400 with at most 3 decimals");
                    Add((int)milliseconds);
                    break;
                case 'b':
                    Add((int)Number(Setting.Boolean(path, SettingEffect.Now, false), token, path));
                    break;
                case 'f':
                    Must(_reader.KindOf(token) == JsonKind.True, path, "must be true");
                    break;
                case 'w':
                    _reader.TryGetString(token, out string window);
                    Add(TimeWindow.Parse(window));
                    Must(_code[_at - 1] >= 0, path, "must be two different times of day as \"06:00-22:00\"");
                    break;
                case 'd':
                    _reader.TryGetString(token, out string days);
                    Add(TimeWindow.ParseDays(days));
                    Must(_code[_at - 1] > 0, path, "must be days as \"mon-fri\" or \"sat,sun\"");
                    break;
                default:
                    Add((int)Number(Setting.Choice(path, SettingEffect.Now, RuleCode.WordsOf(type)), token, path));
                    break;
            }
        }

        private void Check(int op, int start, string path)
        {
            int moves = op & RuleCode.Moves;
            int limits = op & (RuleCode.Above | RuleCode.Below);
            if (_isWrong || _isTooLong || (op & RuleCode.KindMask) != RuleCode.Channel)
            {
                return;
            }

            // What moves holds until the next evaluation only.
            Must((moves & (moves - 1)) == 0 && (moves == 0 || (op & RuleCode.For) == 0), path, "can have only one of changed, rising, falling and rate, and not with for");
            Must(moves + limits + (op & RuleCode.Is) != 0, path, "must have above, below, is, changed, rising, falling or rate");
            Must(limits != 0 || (op & RuleCode.Hysteresis) == 0, path + ".hysteresis", "needs above or below");
            start += 2 + ((op & RuleCode.For) == 0 ? 0 : 1) + ((op & RuleCode.Device) == 0 ? 0 : 1) + ((op & RuleCode.MaxAge) == 0 ? 0 : 1) + ((op & RuleCode.Hysteresis) == 0 ? 0 : 2);
            Must(limits != (RuleCode.Above | RuleCode.Below) || RuleCode.Long(_code, start) < RuleCode.Long(_code, start + 2), path + ".above", "must be less than below");
            Must((op & RuleCode.Device) != 0 || (op & RuleCode.MaxAge) == 0, path + ".maxAge", "needs device");
        }

        private bool Must(bool condition, string path, string reason)
        {
            if (!condition)
            {
                Fault(path, reason);
            }

            return condition;
        }

        private void Fault(string path, string reason)
        {
            // The first is said.
            if (!_isWrong)
            {
                _source.Fault(path, reason);
            }

            _isWrong = true;
        }

        private long Number(Setting form, int token, string path)
        {
            object number = form.Read(_source, token, path);
            _isWrong |= number == null;
            return number == null ? 0 : (long)number;
        }

        private int Integer(int token, string path, int min, int max) => (int)Number(Setting.Integer(path, SettingEffect.Now, min, max, min, null), token, path);

        // A name, or anything up to a length.
        private void Text(int token, string path, int max)
        {
            bool isName = max == TopicLevel.MaxLength;
            _reader.TryGetString(token, out string text);
            bool isValid = text != null && text.Length > 0 && text.Length <= max && (!isName || TopicLevel.IsValid(text));
            Add(Must(isValid, path, "must be 1 to " + max + (isName ? " of A-Z a-z 0-9 _ -" : " characters")) ? Put(Encoding.UTF8.GetBytes(text)) : 0);
        }

        private void Add(int number)
        {
            if (_at == _code.Length)
            {
                _isTooLong = true;
                _at--;
            }

            _code[_at++] = number;
        }

        // Each text once: an output is mostly named in several lists.
        private int Put(byte[] text)
        {
            for (int i = 0; i + text.Length <= _end; i++)
            {
                int j = 0;
                while (j < text.Length && _texts[i + j] == text[j])
                {
                    j++;
                }

                if (j == text.Length)
                {
                    return i | (j << 16);
                }
            }

            if (_end + text.Length > _texts.Length)
            {
                _isTooLong = true;
                return 0;
            }

            text.CopyTo(_texts, _end);
            _end += text.Length;
            return (_end - text.Length) | (text.Length << 16);
        }

        private bool AreKnown(int token, string path, string members)
        {
            for (int name = _reader.First(token); name != JsonReader.None; name = _reader.Next(name))
            {
                _reader.TryGetString(name, out string key);
                if (key == null || members.IndexOf(" " + key + ":") < 0)
                {
                    key = key == null ? "?" : key.Length > MaxShown ? key.Substring(0, MaxShown) + "..." : key;
                    Fault(path + "." + key, "is not a member of this");
                    return false;
                }
            }

            return true;
        }
    }
}

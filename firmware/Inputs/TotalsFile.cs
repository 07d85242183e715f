using Firmware.Connectivity;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Inputs
{
    /// <summary>
    /// The pulses of the meters on flash, in two files that are written in turn, each with a CRC: a damaged one costs what
    /// the other has not. Totals of inputs that the settings do not name any more are kept, as far as there is room: a change that
    /// is rolled back takes nothing away.
    /// </summary>
    internal sealed class TotalsFile
    {
        private const string FileName = "totals";
        private const int MaxEntries = 2 * InputsSetting.MaxInputs;
        private const int EntryLength = 12; // key and pulses

        private readonly IStorage _storage;
        private readonly int[] _keys = new int[MaxEntries];
        private readonly long[] _pulses = new long[MaxEntries];
        private int _count;
        private int _turn;

        internal TotalsFile(IStorage storage)
        {
            _storage = storage;
            int first = Load(0);
            int second = Load(1);
            _turn = (first > second ? first : second) + 1;
        }

        /// <summary>The pulses of an input; 0 for one that is new.</summary>
        internal long Find(string name)
        {
            int at = IndexOf(KeyOf(name));
            return at < 0 ? 0 : _pulses[at];
        }

        /// <summary>Notes the pulses of an input.</summary>
        internal void Put(string name, long pulses) => Put(KeyOf(name), pulses);

        /// <summary>Writes what was noted.</summary>
        /// <returns>False when it could not be written.</returns>
        internal bool Save()
        {
            byte[] content = new byte[4 + (_count * EntryLength)];
            Frame.PutInt(content, 0, _turn);
            for (int i = 0; i < _count; i++)
            {
                int at = 4 + (i * EntryLength);
                Frame.PutInt(content, at, _keys[i]);
                Frame.PutInt(content, at + 4, (int)_pulses[i]);
                Frame.PutInt(content, at + 8, (int)(_pulses[i] >> 32));
            }

            if (!CheckedFile.Replace(_storage, FileName + (_turn & 1), content))
            {
                return false;
            }

            _turn++;
            return true;
        }

        internal static int KeyOf(string name) => Jitter.SeedOf(name, 0);

        // Of both files the greater total counts: whatever happened, it does not go back further than it must.
        private int Load(int file)
        {
            byte[] content = CheckedFile.Read(_storage, FileName + file);
            if (content == null || content.Length < 4 || (content.Length - 4) % EntryLength != 0)
            {
                return 0;
            }

            for (int at = 4; at < content.Length; at += EntryLength)
            {
                int key = Frame.GetInt(content, at);
                long pulses = (uint)Frame.GetInt(content, at + 4) | ((long)Frame.GetInt(content, at + 8) << 32);
                int known = IndexOf(key);
                if (pulses > 0 && (known < 0 || _pulses[known] < pulses))
                {
                    Put(key, pulses);
                }
            }

            return Frame.GetInt(content, 0);
        }

        private int IndexOf(int key)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_keys[i] == key)
                {
                    return i;
                }
            }

            return -1;
        }

        private void Put(int key, long pulses)
        {
            int at = IndexOf(key);
            if (at < 0)
            {
                // When it is full the oldest goes: those in use were put last.
                if (_count == MaxEntries)
                {
                    for (int i = 1; i < MaxEntries; i++)
                    {
                        _keys[i - 1] = _keys[i];
                        _pulses[i - 1] = _pulses[i];
                    }

                    _count--;
                }

                at = _count++;
                _keys[at] = key;
            }

            _pulses[at] = pulses;
        }
    }
}

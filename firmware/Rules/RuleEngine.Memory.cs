using Firmware.Telemetry;

namespace Firmware.Rules
{
    /// <content>
    /// The state over a sleep, as a file that is written only when something has changed. Times are epoch milliseconds as the
    /// clock said at the start of the run, so that they stay the same; on a device that does not know the time, their age.
    /// </content>
    internal sealed partial class RuleEngine
    {
        private const int Version = 1;
        private const int Header = 5;
        private const int RuleLength = Stride * 8;

        private long _offset = long.MinValue; // from uptime to the times in the file
        private int _saved; // CRC of the file

        /// <summary>Goes on where the run before the sleep was.</summary>
        /// <param name="file">Null for none.</param>
        /// <param name="slept">Milliseconds; <see cref="long.MaxValue"/> when that is not known.</param>
        internal void Load(byte[] file, long slept)
        {
            bool isDated = _clock.IsSynchronized;
            _offset = isDated ? _clock.UtcMilliseconds - _clock.Uptime : long.MinValue;
            if (file == null || file.Length != Length || Frame.GetInt(file, 1) != Mark() || (file[0] == Version) != isDated || (!isDated && slept == long.MaxValue))
            {
                return;
            }

            _saved = (int)Crc32.Of(file, 0, file.Length);
            Exchange(file, isDated ? _offset : slept, true);
            for (int r = 0; r < _rules.Length; r++)
            {
                Show(r);
            }
        }

        /// <summary>The state.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>The content of the file; null when that is the same as before.</returns>
        internal byte[] Save(long now)
        {
            if (_offset == long.MinValue && _clock.IsSynchronized)
            {
                _offset = _clock.UtcMilliseconds - now;
            }

            bool isDated = _offset != long.MinValue;
            long offset = isDated ? _offset : -now;
            byte[] file = new byte[Length];
            file[0] = (byte)(isDated ? Version : 0);
            Frame.PutInt(file, 1, Mark());
            Exchange(file, offset, false);
            int crc = (int)Crc32.Of(file, 0, file.Length);
            bool isSame = crc == _saved;
            _saved = crc;
            return isSame ? null : file;
        }

        // The same walk in both directions.
        private void Exchange(byte[] file, long offset, bool isLoad)
        {
            int at = Header;
            for (int i = 0; i < _info.Length; i++, at += 8)
            {
                int unit = i % Stride >= Since ? 100 : 1;
                _info[i] = (int)(Exchange(file, at, _info[i] * (long)unit, unit == 1 ? 0 : offset, isLoad) / unit);
            }

            for (int i = 0; i < _since.Length; i++, at += 8)
            {
                _since[i] = Exchange(file, at, _since[i], offset, isLoad);
            }

            for (int i = 0; i < _last.Length; i++, at += 8)
            {
                _last[i] = Exchange(file, at, _last[i], 0, isLoad);
            }

            if (isLoad)
            {
                System.Array.Copy(file, at, _marks, 0, _marks.Length);
            }
            else
            {
                _marks.CopyTo(file, at);
            }
        }

        private static long Exchange(byte[] file, int at, long number, long offset, bool isLoad)
        {
            if (isLoad)
            {
                return (((long)Frame.GetInt(file, at + 4) << 32) | (uint)Frame.GetInt(file, at)) - offset;
            }

            number += offset;
            Frame.PutInt(file, at, (int)number);
            Frame.PutInt(file, at + 4, (int)(number >> 32));
            return number - offset;
        }

        private int Length => Header + (_rules.Length * RuleLength) + _marks.Length + ((_since.Length + _last.Length) * 8);

        // Of the rules that the state belongs to.
        private int Mark()
        {
            int mark = 17;
            for (int r = 0; r < _rules.Length; r++)
            {
                int[] rule = Rule(r);
                for (int i = 0; i < rule.Length; i++)
                {
                    mark = (mark * 31) + rule[i];
                }
            }

            return mark;
        }
    }
}

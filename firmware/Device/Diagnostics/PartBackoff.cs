namespace Firmware.Diagnostics
{
    /// <summary>
    /// When the parts of a loop may run: one that fails waits 1 s, then 2 s, and so on up to 60 s, so that it does not keep
    /// the others from their work; when it works once, it is as before.
    /// </summary>
    public sealed class PartBackoff
    {
        /// <summary>Milliseconds of the first pause.</summary>
        public const int FirstPause = 1000;

        /// <summary>Milliseconds of the longest pause.</summary>
        public const int LongestPause = 60000;

        private readonly long[] _dueAt;
        private readonly int[] _pauses;

        /// <summary>Creates it with all parts well.</summary>
        /// <param name="parts">How many parts there are; they are named by number, from 0.</param>
        public PartBackoff(int parts)
        {
            _dueAt = new long[parts];
            _pauses = new int[parts];
        }

        /// <summary>Whether a part may run now.</summary>
        /// <param name="part">The part.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>False while it waits.</returns>
        public bool MayRun(int part, long now) => now >= _dueAt[part];

        /// <summary>When a part runs next: without this a loop whose failed part is due would not pause at all.</summary>
        /// <param name="part">The part.</param>
        /// <param name="due">Uptime in milliseconds at which it has work.</param>
        /// <returns>That, or the later end of its wait; the end of its wait also when it has no work but failed.</returns>
        public long DueAt(int part, long due)
        {
            long retry = _dueAt[part];
            return _pauses[part] > 0 && due == long.MaxValue ? retry : due > retry ? due : retry;
        }

        /// <summary>A part failed.</summary>
        /// <param name="part">The part.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Failed(int part, long now)
        {
            int pause = _pauses[part];
            pause = pause == 0 ? FirstPause : pause > LongestPause / 2 ? LongestPause : pause * 2;
            _pauses[part] = pause;
            _dueAt[part] = now + pause;
        }

        /// <summary>A part did its work.</summary>
        /// <param name="part">The part.</param>
        public void Worked(int part)
        {
            if (_pauses[part] > 0)
            {
                _pauses[part] = 0;
                _dueAt[part] = 0;
            }
        }
    }
}

namespace Firmware.Updates
{
    /// <summary>
    /// Which block of an image is to be asked for next, and when: pure, no I/O. One is under way at a time. Without an answer
    /// it is asked for again after 10 s, later after up to 60 s; after a bad one after 1 s, then ever later: whoever floods the
    /// device with wrong blocks delays an update, but does not wear the device out.
    /// </summary>
    public sealed class BlockPull
    {
        /// <summary>Bytes of a block.</summary>
        public const int BlockSize = Manifest.BlockSize;

        private const long FirstPatience = 10000;
        private const long LongestPatience = 60000;
        private const long BadPause = 1000;

        private readonly int _size;
        private int _staged;
        private long _askAt;
        private bool _isAsked;

        /// <summary>Goes on with an image.</summary>
        /// <param name="size">Its bytes.</param>
        /// <param name="staged">How many of them are on flash; perhaps a part of a block.</param>
        public BlockPull(int size, int staged)
        {
            _size = size;
            _staged = staged;
        }

        /// <summary>Blocks of the image.</summary>
        public int Count => (_size + BlockSize - 1) / BlockSize;

        /// <summary>Bytes of the image on flash.</summary>
        public int Staged => _staged;

        /// <summary>The block that is wanted, from 0.</summary>
        public int Next => _staged / BlockSize;

        /// <summary>Bytes of the wanted block that are on flash already, after a power cut.</summary>
        public int Tail => _staged % BlockSize;

        /// <summary>Length of the wanted block.</summary>
        public int NextLength => _size - (Next * BlockSize) < BlockSize ? _size - (Next * BlockSize) : BlockSize;

        /// <summary>Whether all of it is on flash.</summary>
        public bool IsComplete => _staged >= _size;

        /// <summary>How often the wanted block was bad.</summary>
        public int Bad { get; private set; }

        /// <summary>How often it was asked for in vain, in a row.</summary>
        public int Unanswered { get; private set; }

        /// <summary>How often flash did not take the wanted block, in a row.</summary>
        public int Unwritten { get; private set; }

        /// <summary>Blocks that are on flash, the last one included.</summary>
        public int Done => IsComplete ? Count : Next;

        /// <summary>When the wanted block is to be asked for.</summary>
        public long DueAt => _askAt;

        /// <summary>It was asked for.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Asked(long now)
        {
            Unanswered += _isAsked ? 1 : 0;
            _isAsked = true;
            long patience = FirstPatience << (Unanswered < 3 ? Unanswered : 3);
            _askAt = now + (patience < LongestPatience ? patience : LongestPatience);
        }

        /// <summary>There is a connection again: what was asked for before is not under way any more.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Reconnected(long now)
        {
            _isAsked = false;
            Unanswered = 0;
            _askAt = Bad == 0 || _askAt < now ? now : _askAt;
        }

        /// <summary>The wanted block came, and was not right.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Refused(long now)
        {
            // One that was not asked for tells nothing, however often it comes.
            if (_isAsked)
            {
                _isAsked = false;
                Unanswered = 0;
                Bad++;
                _askAt = now + (BadPause << (Bad < 7 ? Bad - 1 : 6));
            }
        }

        /// <summary>The wanted block, or a part of it, was written.</summary>
        /// <param name="staged">Bytes of the image on flash now.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Written(int staged, long now)
        {
            Bad = staged / BlockSize == Next && staged < _size ? Bad : 0;
            Unwritten = 0;
            _staged = staged;
            _isAsked = false;
            Unanswered = 0;
            _askAt = now;
        }

        /// <summary>Flash did not take it: it is asked for again later.</summary>
        /// <param name="staged">Bytes of the image on flash now.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        public void NotWritten(int staged, long now)
        {
            Unwritten++;
            _staged = staged;
            _isAsked = false;
            _askAt = now + FirstPatience;
        }
    }
}

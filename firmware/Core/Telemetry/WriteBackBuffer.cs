namespace Firmware.Telemetry
{
    /// <summary>The few newest readings, which are not on flash: oldest first.</summary>
    internal sealed class WriteBackBuffer
    {
        /// <summary>From 8 frames on they may take as much: small ones of many children go to flash in one write.</summary>
        internal const int Bytes = 1024;

        private const int Capacity = 16;
        private const int Least = 8;
        private const int Few = 2; // while the broker takes them at once

        private byte[][] _frames = new byte[Few][];

        internal int Count;

        internal bool IsFull => Count == Capacity || (Count >= Least && Length > Bytes - (Bytes / Capacity));

        /// <summary>Uptime in milliseconds since which one waits, or since flash was tried last.</summary>
        internal long Since;

        /// <summary>Bytes that they will take on flash.</summary>
        internal int Length
        {
            get
            {
                int length = 0;
                for (int i = 0; i < Count; i++)
                {
                    length += _frames[i].Length;
                }

                return length;
            }
        }

        internal byte[] At(int index) => _frames[index];

        internal void Add(byte[] frame, long now)
        {
            Since = Count == 0 ? now : Since;
            if (Count == _frames.Length)
            {
                byte[][] more = new byte[Count * 2][];
                _frames.CopyTo(more, 0);
                _frames = more;
            }

            _frames[Count++] = frame;
        }

        /// <summary>Removes the oldest.</summary>
        internal void Remove(int count)
        {
            for (int i = 0; i < Count; i++)
            {
                _frames[i] = i + count < Count ? _frames[i + count] : null;
            }

            Count -= count;
        }
    }
}

namespace Firmware.Connectivity
{
    /// <summary>
    /// Small deterministic randomness (xorshift32): differs between devices and between their boots, so that a thousand
    /// devices that lose the broker together do not come back together. Not for secrets.
    /// </summary>
    public sealed class Jitter
    {
        private const uint FnvBasis = 2166136261;
        private const uint FnvPrime = 16777619;

        private uint _state;

        /// <summary>Creates a source.</summary>
        /// <param name="seed">The same seed gives the same numbers.</param>
        public Jitter(int seed)
        {
            // Seeds that differ in one bit are to give numbers that have nothing in common (the finalizer of MurmurHash3).
            uint state = (uint)seed;
            state = (state ^ (state >> 16)) * 0x85EBCA6B;
            state = (state ^ (state >> 13)) * 0xC2B2AE35;
            state ^= state >> 16;

            // Of a zero nothing but zeros would come.
            _state = state == 0 ? FnvBasis : state;
        }

        /// <summary>The seed of a device (FNV-1a).</summary>
        /// <param name="deviceId">The device id.</param>
        /// <param name="bootCount">Number of this run.</param>
        /// <returns>The seed.</returns>
        public static int SeedOf(string deviceId, int bootCount)
        {
            uint hash = FnvBasis;
            char[] id = deviceId.ToCharArray();
            for (int i = 0; i < id.Length; i++)
            {
                hash = (hash ^ id[i]) * FnvPrime;
            }

            for (int shift = 0; shift < 32; shift += 8)
            {
                hash = (hash ^ (uint)((bootCount >> shift) & 255)) * FnvPrime;
            }

            return (int)hash;
        }

        /// <summary>The next number.</summary>
        /// <param name="maximum">0 to 1 000 000 000.</param>
        /// <returns>0 to the maximum, each equally likely.</returns>
        public int Next(int maximum)
        {
            uint state = _state;
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            _state = state;
            return (int)(state % (uint)(maximum + 1));
        }
    }
}

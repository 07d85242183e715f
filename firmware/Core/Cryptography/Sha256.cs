using System;
using Firmware.Platform;

namespace Firmware.Cryptography
{
    /// <summary>
    /// SHA-256 (FIPS 180-4, section 6.2) and HMAC-SHA256 (RFC 2104) in managed code. The device's library has only HMAC, and
    /// not on every runtime. A block of 4 KB takes about 26 million host instructions, 0.2 to 0.4 s on an ESP32.
    /// </summary>
    public sealed class Sha256 : IKeyedDigest
    {
        /// <summary>Bytes of a hash.</summary>
        public const int Length = 32;

        private const int BlockLength = 64;
        private const int Rounds = 64;
        private const int LengthField = 8;
        private const byte InnerPad = 0x36;
        private const byte OuterPad = 0x5C;

        // A word times this has its bits twice in a row: then a shift to the right is a rotation, at half the cost on an
        // interpreter.
        private const ulong Twice = 0x100000001;

        /// <summary>Hashes a part of an array.</summary>
        /// <param name="data">Holds the message.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">How many bytes it has.</param>
        /// <returns>32 bytes.</returns>
        public static byte[] Hash(byte[] data, int offset, int count)
        {
            uint[] state = CreateState();
            uint[] schedule = new uint[Rounds];
            uint[] constants = CreateConstants();
            int rest = count % BlockLength;
            int tailAt = offset + count - rest;
            for (; offset < tailAt; offset += BlockLength)
            {
                AddBlock(state, schedule, constants, data, offset);
            }

            byte[] tail = new byte[rest < BlockLength - LengthField ? BlockLength : BlockLength * 2];
            Array.Copy(data, tailAt, tail, 0, rest);
            tail[rest] = 0x80;
            long bits = (long)count * 8;
            for (int i = tail.Length - 1; bits != 0; i--)
            {
                tail[i] = (byte)bits;
                bits >>= 8;
            }

            for (int i = 0; i < tail.Length; i += BlockLength)
            {
                AddBlock(state, schedule, constants, tail, i);
            }

            byte[] hash = new byte[Length];
            for (int i = 0; i < Length; i++)
            {
                hash[i] = (byte)(state[i >> 2] >> (24 - ((i & 3) << 3)));
            }

            return hash;
        }

        /// <inheritdoc/>
        public byte[] HmacSha256(byte[] key, byte[] data)
        {
            if (key.Length > BlockLength)
            {
                key = Hash(key, 0, key.Length);
            }

            return HashPadded(key, OuterPad, HashPadded(key, InnerPad, data));
        }

        // Not static: it would take 268 bytes of heap from the start on, also where the runtime has the digest.
        // No initializer: it would take a type and a static field in RAM.
        private static uint[] CreateState()
        {
            uint[] state = new uint[Length / 4];
            state[0] = 0x6A09E667;
            state[1] = 0xBB67AE85;
            state[2] = 0x3C6EF372;
            state[3] = 0xA54FF53A;
            state[4] = 0x510E527F;
            state[5] = 0x9B05688C;
            state[6] = 0x1F83D9AB;
            state[7] = 0x5BE0CD19;
            return state;
        }

        private static uint[] CreateConstants() => new uint[]
        {
            0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
            0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
            0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
            0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
            0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
            0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
            0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
            0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
        };

        private static byte[] HashPadded(byte[] key, byte pad, byte[] data)
        {
            byte[] text = new byte[BlockLength + data.Length];
            for (int i = 0; i < BlockLength; i++)
            {
                text[i] = (byte)((i < key.Length ? key[i] : 0) ^ pad);
            }

            Array.Copy(data, 0, text, BlockLength, data.Length);
            return Hash(text, 0, text.Length);
        }

        private static void AddBlock(uint[] state, uint[] w, uint[] k, byte[] data, int at)
        {
            for (int t = 0; t < 16; t++)
            {
                w[t] = (uint)(data[at] << 24 | data[at + 1] << 16 | data[at + 2] << 8 | data[at + 3]);
                at += 4;
            }

            for (int t = 16; t < Rounds; t++)
            {
                uint x = w[t - 15];
                uint y = w[t - 2];
                ulong xx = x * Twice;
                ulong yy = y * Twice;
                w[t] = w[t - 16] + w[t - 7] + ((uint)(xx >> 7 ^ xx >> 18) ^ x >> 3) + ((uint)(yy >> 17 ^ yy >> 19) ^ y >> 10);
            }

            uint a = state[0];
            uint b = state[1];
            uint c = state[2];
            uint d = state[3];
            uint e = state[4];
            uint f = state[5];
            uint g = state[6];
            uint h = state[7];
            for (int t = 0; t < Rounds; t++)
            {
                ulong ee = e * Twice;
                ulong aa = a * Twice;
                h += (uint)(ee >> 6 ^ ee >> 11 ^ ee >> 25) + (g ^ (e & (f ^ g))) + k[t] + w[t];
                uint next = h + (uint)(aa >> 2 ^ aa >> 13 ^ aa >> 22) + ((a & b) | (c & (a | b)));
                uint e1 = d + h;
                h = g;
                g = f;
                f = e;
                e = e1;
                d = c;
                c = b;
                b = a;
                a = next;
            }

            state[0] += a;
            state[1] += b;
            state[2] += c;
            state[3] += d;
            state[4] += e;
            state[5] += f;
            state[6] += g;
            state[7] += h;
        }
    }
}

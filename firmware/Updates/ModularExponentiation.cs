using System;

namespace Firmware.Updates
{
    /// <summary>
    /// Powers modulo an odd number by Montgomery's multiplication (Handbook of Applied Cryptography, section 14.3.2).
    /// </summary>
    /// <remarks>
    /// Numbers are limbs of 28 bits in 64, the least first: a column of up to 220 products and its carry fits without a
    /// look at the overflow. An interpreter pays more for an element of an array than for a multiplication, so
    /// five limbs at a time of either factor go to locals, for 25 products. The sums of the columns have all 64 bits:
    /// they are shifted as unsigned numbers.
    /// </remarks>
    internal static class ModularExponentiation
    {
        private const int LimbBits = 28;
        private const long Mask = (1 << LimbBits) - 1;
        private const int Block = 5;

        // Of the modulus, the leading bits that a digit of a quotient is estimated with.
        private const int LeadingBits = 32;

        /// <summary>The limbs of a big-endian number; their count is a multiple of five and leaves two bits free.</summary>
        internal static long[] Limbs(byte[] number)
        {
            int length = number.Length;
            long[] limbs = new long[(length * 8 + 2 + LimbBits * Block - 1) / (LimbBits * Block) * Block];
            long rest = 0;
            int bits = 0;
            int n = 0;
            for (int i = length - 1; i >= 0; i--)
            {
                rest |= (long)number[i] << bits;
                bits += 8;
                if (bits >= LimbBits)
                {
                    limbs[n++] = rest & Mask;
                    rest >>= LimbBits;
                    bits -= LimbBits;
                }
            }

            limbs[n] = rest;
            return limbs;
        }

        /// <summary>Computes <paramref name="number"/> to the power of <paramref name="exponent"/>.</summary>
        /// <param name="number">Below the modulus.</param>
        /// <param name="exponent">Odd, from 3.</param>
        /// <param name="modulus">Odd; its leading bit is set.</param>
        /// <param name="bits">Bits of the modulus, 2048 or 3072.</param>
        /// <returns>Below the modulus.</returns>
        internal static long[] Raise(long[] number, int exponent, long[] modulus, int bits)
        {
            // -1 / modulus, modulo a limb: each step doubles the number of bits that are right, three at first.
            long inverse = modulus[0];
            for (int step = 0; step < 4; step++)
            {
                inverse = inverse * (2 - modulus[0] * inverse) & Mask;
            }

            inverse = -inverse;
            long[] times = TimesRadix(number, modulus, bits);
            long[] power = (long[])times.Clone();
            long[] scratch = new long[modulus.Length];
            int bit = 30;
            while (exponent >> bit == 0)
            {
                bit--;
            }

            while (--bit >= 0)
            {
                Multiply(power, power, modulus, inverse, scratch);
                if ((exponent >> bit & 1) != 0)
                {
                    // The last factor is without the radix, and takes it from the result.
                    Multiply(power, bit == 0 ? number : times, modulus, inverse, scratch);
                }
            }

            return Reduce(power, modulus, scratch);
        }

        /// <summary>Takes the modulus from a number that is less than twice as large, where that leaves one.</summary>
        private static long[] Reduce(long[] number, long[] modulus, long[] difference)
        {
            long carry = 0;
            for (int i = 0; i < number.Length; i++)
            {
                carry += number[i] - modulus[i];
                difference[i] = carry & Mask;
                carry >>= LimbBits;
            }

            return carry < 0 ? number : difference;
        }

        /// <summary>
        /// Number times radix (2 to the power of all limbs' bits) by long division: less than twice the modulus. Each
        /// digit of the quotient is rounded, so that what remains may be negative, and columns carry only where the next
        /// digit is estimated.
        /// </summary>
        private static long[] TimesRadix(long[] number, long[] modulus, int bits)
        {
            int limbs = modulus.Length;
            int top = (bits - LeadingBits) / LimbBits + 2;
            int shift = (bits - LeadingBits) % LimbBits;
            long[] rest = new long[limbs * 2];
            Array.Copy(number, 0, rest, limbs, limbs);
            int left = LimbBits - shift;
            long divisor = (modulus[top - 1] << left) + (modulus[top - 2] >> shift);
            long half = divisor >> 1;
            for (int row = limbs - 1; row >= 0; row--)
            {
                int high = row + top;
                for (int i = high - 3; i < high; i++)
                {
                    rest[i + 1] += rest[i] >> LimbBits;
                    rest[i] &= Mask;
                }

                long digit = (rest[high] << (LimbBits + left)) + (rest[high - 1] << left) + (rest[high - 2] >> shift);
                digit = (digit < 0 ? digit - half : digit + half) / divisor;
                for (int i = 0; i < top; i++)
                {
                    rest[row + i] -= digit * modulus[i];
                }

                rest[high - 1] += rest[high] << LimbBits;
                rest[high] = 0;
            }

            long[] result = new long[limbs];
            long carry = 0;
            for (int i = 0; i < limbs; i++)
            {
                carry += rest[i] + modulus[i];
                result[i] = carry & Mask;
                carry >>= LimbBits;
            }

            return result;
        }

        /// <summary>
        /// <paramref name="a"/> becomes a * b / radix modulo n; all are less than 2n. Goes through the columns of the
        /// product, five at a time; a square needs half of the products. It is long, because a call costs as much as five
        /// products, and the columns are locals.
        /// </summary>
        private static void Multiply(long[] a, long[] b, long[] n, long inverse, long[] m)
        {
            int limbs = a.Length;
            bool isSquare = a == b;
            long c0, c1, c2, c3, c4, c5 = 0, c6 = 0, c7 = 0, c8 = 0;
            long y0, y1, y2, y3, y4;
            for (int column = 0; column < limbs * 2; column += Block)
            {
                long d0 = c5, d1 = c6, d2 = c7, d3 = c8;
                c0 = c1 = c2 = c3 = c4 = c5 = c6 = c7 = c8 = 0;
                int first = column < limbs ? 0 : column - limbs + Block;
                int i = first;
                int end = isSquare ? (column + 1) / 2 : 0;
                long[] x = a;
                long[] y = b;
                for (int phase = 0; phase < 3; phase++)
                {
                    for (; i < end; i += Block)
                    {
                        int j = column - i;
                        long x0 = x[i], x1 = x[i + 1], x2 = x[i + 2], x3 = x[i + 3], x4 = x[i + 4];
                        y0 = y[j];
                        y1 = y[j + 1];
                        y2 = y[j + 2];
                        y3 = y[j + 3];
                        y4 = y[j + 4];
                        c0 += x0 * y0;
                        c1 += x0 * y1 + x1 * y0;
                        c2 += x0 * y2 + x1 * y1 + x2 * y0;
                        c3 += x0 * y3 + x1 * y2 + x2 * y1 + x3 * y0;
                        c4 += x0 * y4 + x1 * y3 + x2 * y2 + x3 * y1 + x4 * y0;
                        c5 += x1 * y4 + x2 * y3 + x3 * y2 + x4 * y1;
                        c6 += x2 * y4 + x3 * y3 + x4 * y2;
                        c7 += x3 * y4 + x4 * y3;
                        c8 += x4 * y4;
                    }

                    if (phase == 0)
                    {
                        // What a square has twice; then the products in the middle, or all of those that are no square.
                        c0 = c0 * 2 + d0;
                        c1 = c1 * 2 + d1;
                        c2 = c2 * 2 + d2;
                        c3 = c3 * 2 + d3;
                        c4 *= 2;
                        c5 *= 2;
                        c6 *= 2;
                        c7 *= 2;
                        c8 *= 2;
                        end = (isSquare ? column / 2 : column - first) + 1;
                    }
                    else
                    {
                        // Multiples of the modulus that make the lower half zero.
                        x = m;
                        y = n;
                        i = first;
                        end = column < limbs ? column : column - first + 1;
                    }
                }

                if (column < limbs)
                {
                    y0 = n[0];
                    y1 = n[1];
                    y2 = n[2];
                    y3 = n[3];
                    y4 = n[4];
                    long m0 = c0 * inverse & Mask;
                    c1 += (long)((ulong)(c0 + m0 * y0) >> LimbBits) + m0 * y1;
                    long m1 = c1 * inverse & Mask;
                    c2 += (long)((ulong)(c1 + m1 * y0) >> LimbBits) + m0 * y2 + m1 * y1;
                    long m2 = c2 * inverse & Mask;
                    c3 += (long)((ulong)(c2 + m2 * y0) >> LimbBits) + m0 * y3 + m1 * y2 + m2 * y1;
                    long m3 = c3 * inverse & Mask;
                    c4 += (long)((ulong)(c3 + m3 * y0) >> LimbBits) + m0 * y4 + m1 * y3 + m2 * y2 + m3 * y1;
                    long m4 = c4 * inverse & Mask;
                    c5 += (long)((ulong)(c4 + m4 * y0) >> LimbBits) + m1 * y4 + m2 * y3 + m3 * y2 + m4 * y1;
                    c6 += m2 * y4 + m3 * y3 + m4 * y2;
                    c7 += m3 * y4 + m4 * y3;
                    c8 += m4 * y4;
                    m[column] = m0;
                    m[column + 1] = m1;
                    m[column + 2] = m2;
                    m[column + 3] = m3;
                    m[column + 4] = m4;
                }
                else
                {
                    int at = column - limbs;
                    a[at] = c0 & Mask;
                    c1 += (long)((ulong)c0 >> LimbBits);
                    a[at + 1] = c1 & Mask;
                    c2 += (long)((ulong)c1 >> LimbBits);
                    a[at + 2] = c2 & Mask;
                    c3 += (long)((ulong)c2 >> LimbBits);
                    a[at + 3] = c3 & Mask;
                    c4 += (long)((ulong)c3 >> LimbBits);
                    a[at + 4] = c4 & Mask;
                    c5 += (long)((ulong)c4 >> LimbBits);
                }
            }
        }
    }
}

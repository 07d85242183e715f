using System;
using Firmware.Telemetry;

namespace Firmware.Security
{
    /// <summary>
    /// What is known of a stored credential without its text: the first 72 bytes of its file. Integers little-endian: "CRD",
    /// version 1; 4 bytes number, greater in what was stored later; 4 bytes kind; 4 bytes length and 4 bytes CRC-32 of the
    /// text; 8 bytes each from and until when it is valid; 32 bytes SHA-256; 4 bytes CRC-32 of all before.
    /// </summary>
    internal sealed class Credential
    {
        internal const int HeaderLength = 72;

        private const int Magic = 0x01445243; // "CRD", 1
        private const int NumberAt = 4;
        private const int KindAt = 8;
        private const int LengthAt = 12;
        private const int CrcAt = 16;
        private const int NotBeforeAt = 20;
        private const int NotAfterAt = 28;
        private const int FingerprintAt = 36;
        private const int HeaderCrcAt = 68;

        internal readonly int Number;

        /// <summary>Whether it is a device's own, with its private key; else authorities' certificates.</summary>
        internal readonly bool IsClient;

        /// <summary>Bytes of the text.</summary>
        internal readonly int Length;

        /// <summary>CRC-32 of the text.</summary>
        internal readonly int Crc;

        internal readonly long NotBefore;
        internal readonly long NotAfter;

        private readonly byte[] _header;

        private Credential(byte[] header)
        {
            _header = header;
            Number = Frame.GetInt(header, NumberAt);
            IsClient = Frame.GetInt(header, KindAt) != 0;
            Length = Frame.GetInt(header, LengthAt);
            Crc = Frame.GetInt(header, CrcAt);
            NotBefore = GetLong(header, NotBeforeAt);
            NotAfter = GetLong(header, NotAfterAt);
        }

        /// <summary>SHA-256 of the first certificate, as 64 digits.</summary>
        internal string Fingerprint
        {
            get
            {
                char[] digits = new char[64];
                for (int i = 0; i < digits.Length; i++)
                {
                    int digit = _header[FingerprintAt + (i >> 1)] >> ((i & 1) == 0 ? 4 : 0) & 15;
                    digits[i] = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
                }

                return new string(digits);
            }
        }

        /// <summary>Reads a header; null for none.</summary>
        internal static Credential Read(byte[] header) =>
            Frame.GetInt(header, 0) == Magic && Frame.GetInt(header, HeaderCrcAt) == (int)Crc32.Of(header, 0, HeaderCrcAt) ? new Credential(header) : null;

        /// <summary>Writes a header.</summary>
        internal static byte[] Write(int number, bool isClient, PemReader text, CredentialCheck check)
        {
            byte[] header = new byte[HeaderLength];
            Frame.PutInt(header, 0, Magic);
            Frame.PutInt(header, NumberAt, number);
            Frame.PutInt(header, KindAt, isClient ? 1 : 0);
            Frame.PutInt(header, LengthAt, text.TextLength);
            Frame.PutInt(header, CrcAt, (int)text.TextCrc);
            PutLong(header, NotBeforeAt, check.NotBefore);
            PutLong(header, NotAfterAt, check.NotAfter);
            Array.Copy(check.Fingerprint, 0, header, FingerprintAt, check.Fingerprint.Length);
            Frame.PutInt(header, HeaderCrcAt, (int)Crc32.Of(header, 0, HeaderCrcAt));
            return header;
        }

        private static void PutLong(byte[] data, int at, long value)
        {
            Frame.PutInt(data, at, (int)value);
            Frame.PutInt(data, at + 4, (int)(value >> 32));
        }

        private static long GetLong(byte[] data, int at) => (long)Frame.GetInt(data, at + 4) << 32 | (uint)Frame.GetInt(data, at);
    }
}

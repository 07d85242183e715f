using System;
using Firmware.Cryptography;

namespace Firmware.Security
{
    /// <summary>
    /// Checks what is about to be stored, one block at a time: certificates (RFC 5280) that parse, and for a device's own a
    /// private key (RFC 5208, 5915, 8017) that belongs to the first of them, where its form shows that.
    /// </summary>
    internal sealed class CredentialCheck
    {
        private const string NoCertificate = "is no certificate: its DER cannot be read";
        private const string NoKey = "is no private key for EC or RSA without a password: its DER cannot be read";
        private const string WrongKey = "the private key does not belong to the certificate";

        private readonly bool _isClient;
        private byte[] _publicKey; // of the first certificate: an EC point, or the modulus of RSA
        private bool _isRsa;
        private bool _hasKey;

        internal CredentialCheck(bool isClient)
        {
            _isClient = isClient;
        }

        /// <summary>Seconds since 1970 from which the first certificate is valid.</summary>
        internal long NotBefore;

        /// <summary>Seconds since 1970 until which it is.</summary>
        internal long NotAfter;

        /// <summary>SHA-256 of its DER; null without one.</summary>
        internal byte[] Fingerprint;

        /// <summary>Goes through a text to its end.</summary>
        /// <returns>What is wrong with it; null when it can be kept.</returns>
        internal string Read(PemReader pem)
        {
            string reason = null;
            int block = 0;
            while (reason == null && pem.Next())
            {
                block++;
                reason = pem.IsKey ? TakeKey(pem) : TakeCertificate(pem);
                reason = reason == null ? null : "block " + block + ": " + reason;
            }

            Wipe(pem.Der);
            return reason ?? pem.Reason
                ?? (Fingerprint == null ? "has no certificate: PEM is needed, or the base64 of one DER" : _isClient && !_hasKey ? "has no private key" : null);
        }

        /// <summary>Overwrites what held a key: it must not stay in memory that others get.</summary>
        internal static void Wipe(byte[] secret)
        {
            for (int i = secret.Length - 1; i >= 0; i--)
            {
                secret[i] = 0;
            }
        }

        private string TakeCertificate(PemReader pem)
        {
            DerReader der = new DerReader(pem.Der, 0, pem.Length);
            if (_hasKey)
            {
                return "certificates must come before the private key";
            }

            if (!der.Enter(DerReader.Sequence) || der.End != pem.Length || !der.Next(DerReader.Sequence))
            {
                return NoCertificate;
            }

            DerReader body = new DerReader(pem.Der, der.Start, der.At);
            if (!der.Next(DerReader.Sequence) || !der.Next(DerReader.BitString) || der.At < der.End)
            {
                return NoCertificate;
            }

            // Version, serial number, algorithm, issuer; validity; subject; the public key.
            _ = body.Next(DerReader.Context0);
            if (!body.Next(DerReader.Integer) || !body.Next(DerReader.Sequence) || !body.Next(DerReader.Sequence) || !body.Next(DerReader.Sequence))
            {
                return NoCertificate;
            }

            DerReader validity = new DerReader(pem.Der, body.Start, body.At);
            long from = ReadTime(validity);
            long until = ReadTime(validity);
            if (from == long.MinValue || until == long.MinValue || !body.Next(DerReader.Sequence) || !body.Enter(DerReader.Sequence)
                || !body.Next(DerReader.Sequence) || !body.Next(DerReader.BitString) || body.Length < 2)
            {
                return NoCertificate;
            }

            if (Fingerprint == null)
            {
                NotBefore = from;
                NotAfter = until;
                Fingerprint = Sha256.Hash(pem.Der, 0, pem.Length);
                return _isClient ? TakePublicKey(body) : null;
            }

            return null;
        }

        // The content of the bit string: a byte for the bits that are not used, then the key.
        private string TakePublicKey(DerReader der)
        {
            int start = der.Start + 1;
            int length = der.Length - 1;
            DerReader rsa = new DerReader(der.Data, start, start + length);
            if (rsa.Enter(DerReader.Sequence))
            {
                if (!rsa.Next(DerReader.Integer))
                {
                    return NoCertificate;
                }

                _isRsa = true;
                start = rsa.Start;
                length = rsa.Length;
            }

            _publicKey = new byte[length];
            Array.Copy(der.Data, start, _publicKey, 0, length);
            return null;
        }

        private string TakeKey(PemReader pem)
        {
            if (!_isClient)
            {
                return "is a private key: an authority's does not belong on a device";
            }

            if (_publicKey == null || _hasKey)
            {
                return _hasKey ? "is a second private key" : "the certificate must come before the private key";
            }

            _hasKey = true;
            DerReader der = new DerReader(pem.Der, 0, pem.Length);
            if (!der.Enter(DerReader.Sequence) || der.End != pem.Length || !der.Next(DerReader.Integer))
            {
                return NoKey;
            }

            if (der.Next(DerReader.Sequence))
            {
                // PKCS 8: the key is in an octet string behind its algorithm.
                if (!der.Enter(DerReader.OctetString) || !der.Enter(DerReader.Sequence) || !der.Next(DerReader.Integer))
                {
                    return NoKey;
                }
            }

            if (der.Next(DerReader.Integer))
            {
                return !_isRsa || !der.Is(_publicKey, 0) ? WrongKey : null;
            }

            if (!der.Next(DerReader.OctetString))
            {
                return NoKey;
            }

            // Without its public point nothing but a calculation would show whether an EC key fits.
            _ = der.Next(DerReader.Context0);
            bool hasPoint = der.Enter(DerReader.Context0 + 1) && der.Next(DerReader.BitString);
            return _isRsa || (hasPoint && !der.Is(_publicKey, 1)) ? WrongKey : null;
        }

        /// <summary>UTCTime or GeneralizedTime in seconds since 1970 (RFC 5280 section 4.1.2.5); long.MinValue when it is neither.</summary>
        private static long ReadTime(DerReader der)
        {
            bool isLong = der.Next(DerReader.GeneralizedTime);
            int digits = isLong ? 14 : 12;
            if ((!isLong && !der.Next(DerReader.UtcTime)) || der.Length != digits + 1 || der.Data[der.Start + digits] != 'Z')
            {
                return long.MinValue;
            }

            int at = der.Start;
            for (int i = 0; i < digits; i++)
            {
                if (der.Data[at + i] < '0' || der.Data[at + i] > '9')
                {
                    return long.MinValue;
                }
            }

            int year = Pair(der.Data, at);
            if (isLong)
            {
                at += 2;
                year = year * 100 + Pair(der.Data, at);
            }
            else
            {
                year += year < 50 ? 2000 : 1900;
            }

            int month = Pair(der.Data, at + 2);
            int day = Pair(der.Data, at + 4);
            if (month < 1 || month > 12 || day < 1 || day > 31)
            {
                return long.MinValue;
            }

            // Days from the civil calendar, with years that begin in March.
            year -= month <= 2 ? 1 : 0;
            month += month <= 2 ? 9 : -3;
            long days = year * 365L + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1 - 719468;
            return days * 86400 + Pair(der.Data, at + 6) * 3600 + Pair(der.Data, at + 8) * 60 + Pair(der.Data, at + 10);
        }

        private static int Pair(byte[] data, int at) => (data[at] - '0') * 10 + data[at + 1] - '0';
    }
}

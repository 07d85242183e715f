using System;
using System.Text;

namespace Firmware.Tests.Fakes
{
    /// <summary>
    /// Certificates and private keys by their form alone: numbers and points are counted bytes, no cryptography is in them,
    /// and no product could use one.
    /// </summary>
    public static class TestCertificates
    {
        /// <summary>2026-01-01.</summary>
        public const long NotBefore = 1767225600;

        /// <summary>2027-01-01.</summary>
        public const long NotAfter = 1798761600;

        private const string From = "260101000000Z";
        private const string Until = "270101000000Z";

        /// <summary>Authorities' certificates with an EC key, as PEM.</summary>
        public static string Ca(int seed) => Pem("CERTIFICATE", Certificate(seed));

        /// <summary>A device's own certificate and its key, as PEM.</summary>
        public static string Client(int seed) => Ca(seed) + Key(seed);

        /// <summary>An EC key as PKCS 8 with its public point, as PEM.</summary>
        public static string Key(int seed) => Pem(KeyLabel, Element(0x30, SmallNumber(0), Element(0x30), Element(0x04, EcKey(seed))));

        /// <summary>The label of a private key, in parts: so tools that look for lost keys find none.</summary>
        public static string KeyLabel => "PRIVATE" + " KEY";

        public static byte[] Certificate(int seed) => Certificate(Time(0x17, From), Time(0x17, Until), Point(seed));

        public static byte[] Certificate(byte[] from, byte[] until, byte[] publicKey)
        {
            byte[] issuer = Element(0x30, Element(0x0C, Counted(160, 'a')));
            byte[] body = Element(0x30, Element(0xA0, SmallNumber(2)), SmallNumber(7), Element(0x30), issuer, Element(0x30, from, until), Element(0x30), Element(0x30, Element(0x30), Bits(publicKey)));
            return Element(0x30, body, Element(0x30), Bits(Counted(64, 1)));
        }

        /// <summary>SEC 1, section C.4, with the public point.</summary>
        public static byte[] EcKey(int seed) => Element(0x30, SmallNumber(1), Element(0x04, Counted(32, seed)), Element(0xA1, Bits(Point(seed))));

        public static byte[] RsaPublicKey(int seed) => Element(0x30, Element(0x02, Counted(256, seed)), SmallNumber(3));

        /// <summary>PKCS 1, as far as it is looked at.</summary>
        public static byte[] RsaKey(int seed) => Element(0x30, SmallNumber(0), Element(0x02, Counted(256, seed)), SmallNumber(3), Element(0x02, Counted(256, 9)));

        public static byte[] Time(int tag, string text) => Element(tag, Encoding.UTF8.GetBytes(text));

        public static byte[] Point(int seed)
        {
            byte[] point = Counted(65, seed);
            point[0] = 4;
            return point;
        }

        public static byte[] SmallNumber(int value) => Element(0x02, new byte[] { (byte)value });

        public static byte[] Element(int tag, params byte[][] parts)
        {
            int length = 0;
            foreach (byte[] part in parts)
            {
                length += part.Length;
            }

            byte[] head = length < 128 ? new byte[] { (byte)tag, (byte)length }
                : length < 256 ? new byte[] { (byte)tag, 0x81, (byte)length }
                : new byte[] { (byte)tag, 0x82, (byte)(length >> 8), (byte)length };
            byte[] element = new byte[head.Length + length];
            head.CopyTo(element, 0);
            int at = head.Length;
            foreach (byte[] part in parts)
            {
                part.CopyTo(element, at);
                at += part.Length;
            }

            return element;
        }

        public static string Pem(string label, byte[] der)
        {
            string text = Convert.ToBase64String(der);
            string pem = "-----BEGIN " + label + "-----\n";
            for (int i = 0; i < text.Length; i += 64)
            {
                pem += text.Substring(i, text.Length - i < 64 ? text.Length - i : 64) + "\n";
            }

            return pem + "-----END " + label + "-----\n";
        }

        private static byte[] Bits(byte[] content) => Element(0x03, new byte[1], content);

        private static byte[] Counted(int length, int first)
        {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++)
            {
                bytes[i] = (byte)(first + i);
            }

            return bytes;
        }
    }
}

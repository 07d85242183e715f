using System.Text;
using Firmware.Cryptography;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Security
{
    /// <summary>
    /// Reads a file of PEM (RFC 7468) block by block: with any line ends, blank lines and text around the blocks, or the
    /// base64 of one DER without any armour. Writes it in one form: no other text, lines of 64, each with one line feed.
    /// </summary>
    internal sealed class PemReader
    {
        /// <summary>Bytes that one certificate or key may have: RSA 4096 takes less.</summary>
        internal const int MaxDer = 2560;

        private const string Certificate = "CERTIFICATE";
        private const string KeySuffix = "PRIVATE KEY";
        private const string Begin = "-----BEGIN ";
        private const string End = "-----END ";
        private const string Dashes = "-----\n";
        private const int MaxLabel = 24;
        private const int LineLength = 64;
        private const int ChunkLength = 256;

        private readonly IStorage _storage;
        private readonly string _file;
        private string _target; // null: only measured
        private readonly byte[] _in = new byte[ChunkLength];
        private readonly byte[] _out = new byte[ChunkLength];
        private int _inAt;
        private int _inEnd;
        private int _position;
        private int _outEnd;

        /// <param name="storage">Has the file.</param>
        /// <param name="file">Its name.</param>
        internal PemReader(IStorage storage, string file)
        {
            _storage = storage;
            _file = file;
        }

        /// <summary>The block that was read last, from its start.</summary>
        internal readonly byte[] Der = new byte[MaxDer];

        /// <summary>Its bytes.</summary>
        internal int Length;

        /// <summary>Whether it is a private key; else it is a certificate.</summary>
        internal bool IsKey;

        /// <summary>Bytes of the one form so far.</summary>
        internal int TextLength;

        /// <summary>CRC-32 of the one form so far.</summary>
        internal uint TextCrc;

        /// <summary>Whether the one form could not be written.</summary>
        internal bool HasFailed;

        /// <summary>What is wrong with the text; null when nothing is.</summary>
        internal string Reason;

        /// <summary>Begins again, with the same memory.</summary>
        /// <param name="target">File to which the one form is appended.</param>
        internal void Restart(string target)
        {
            _target = target;
            _inAt = _inEnd = _position = _outEnd = TextLength = 0;
            TextCrc = 0;
        }

        /// <summary>Reads the next block.</summary>
        /// <returns>False at the end, or when something is wrong.</returns>
        internal bool Next()
        {
            string label = _position == 0 && IsBare() ? Certificate : FindLabel();
            while (label == "EC PARAMETERS")
            {
                // They are in the key, too.
                label = FindLabel();
            }

            if (label == null)
            {
                Flush();
                return false;
            }

            IsKey = label.EndsWith(KeySuffix);
            if (label.StartsWith("ENCRYPTED"))
            {
                Reason = "the private key is encrypted: send it without a password";
            }
            else if (!IsKey && !(label == Certificate))
            {
                Reason = "\"" + label + "\" is neither a certificate nor a private key";
            }
            else
            {
                Put(Begin);
                Put(label);
                Put(Dashes);
                ReadBody();
                Put(End);
                Put(label);
                Put(Dashes);
            }

            return Reason == null;
        }

        // The base64 of a SEQUENCE of 256 bytes or more begins with M.
        private bool IsBare()
        {
            int c = Read();
            while (c >= 0 && c <= ' ')
            {
                c = Read();
            }

            _inAt -= c >= 0 ? 1 : 0;
            return c == 'M';
        }

        /// <summary>Finds the next "-----BEGIN X-----", and gives X; null when there is none.</summary>
        private string FindLabel()
        {
            byte[] begin = Encoding.UTF8.GetBytes(Begin);
            int matched = 0;
            while (matched < begin.Length)
            {
                int c = Read();
                if (c < 0)
                {
                    return null;
                }

                matched = c == begin[matched] ? matched + 1 : c != '-' ? 0 : matched == 5 ? 5 : 1;
            }

            byte[] label = new byte[MaxLabel];
            int length = 0;
            for (int c = Read(); c != '-'; c = Read())
            {
                bool isName = c == ' ' || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
                if (!isName || length == MaxLabel)
                {
                    Reason = "a line \"-----BEGIN\" names no known block";
                    return null;
                }

                label[length++] = (byte)c;
            }

            int dashes = 1;
            while (dashes < 5 && Read() == '-')
            {
                dashes++;
            }

            return Encoding.UTF8.GetString(label, 0, length);
        }

        /// <summary>Decodes up to the next dash, or the end of a text without armour.</summary>
        private void ReadBody()
        {
            byte[] der = Der;
            int n = 0;
            int group = 0;
            int bits = 0;
            int column = 0;
            bool isPadded = false;
            for (int c = Read(); c >= 0 && c != '-'; c = Read())
            {
                if (c <= ' ')
                {
                    continue;
                }

                // Padding is left out here, and written behind the last digit.
                isPadded |= c == '=';
                int digit = Base64.Digit(c);
                if (digit < 0 || isPadded)
                {
                    if (c != '=')
                    {
                        Reason = "has a character that is not base64";
                        return;
                    }

                    continue;
                }

                if (column == LineLength)
                {
                    Put('\n');
                    column = 0;
                }

                Put((byte)c);
                column++;
                group = group << 6 | digit;
                bits += 6;
                if (bits >= 8)
                {
                    bits -= 8;
                    if (n == MaxDer)
                    {
                        Reason = "a certificate or key may have " + MaxDer + " bytes";
                        return;
                    }

                    der[n++] = (byte)(group >> bits);
                }
            }

            for (; (column & 3) != 0; column++)
            {
                Put('=');
            }

            Put('\n');
            Length = n;
        }

        private int Read()
        {
            if (_inAt == _inEnd)
            {
                _inEnd = _storage.ReadAt(_file, _position, _in);
                _inAt = 0;
                _position += _inEnd;
                if (_inEnd <= 0)
                {
                    _inEnd = 0;
                    return -1;
                }
            }

            return _in[_inAt++];
        }

        private void Put(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            for (int i = 0; i < bytes.Length; i++)
            {
                Put(bytes[i]);
            }
        }

        private void Put(int c)
        {
            if (_outEnd == _out.Length)
            {
                Flush();
            }

            _out[_outEnd++] = (byte)c;
        }

        private void Flush()
        {
            if (_outEnd > 0)
            {
                TextCrc = Crc32.Add(TextCrc, _out, 0, _outEnd);
                TextLength += _outEnd;
                HasFailed |= _target != null && !_storage.Append(_target, _out, _outEnd);
                _outEnd = 0;
            }
        }
    }
}

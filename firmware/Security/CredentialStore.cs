using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Security
{
    /// <summary>
    /// Certificates and keys on flash, each in two files with the same content. The files are written one after the other,
    /// so that one is whole after a power cut at any write: the old content or the new one. What is being sent lies in a
    /// third file until it is checked.
    /// </summary>
    public sealed class CredentialStore : ICredentialKeeper
    {
        /// <summary>Credentials that can be stored.</summary>
        public const int MaxCount = 8;

        /// <summary>Characters of a name.</summary>
        public const int MaxName = 16;

        /// <summary>Bytes of one credential, as text: it is in memory as a whole for each handshake.</summary>
        public const int MaxText = 8192;

        private const string Prefix = "cert-";
        private const string Parts = "cert.part";
        private const string SlotA = ".a";
        private const string SlotB = ".b";
        private const int ChunkLength = 256;

        private readonly IStorage _storage;

        /// <summary>Creates a store; no file is read.</summary>
        /// <param name="storage">Has the files.</param>
        public CredentialStore(IStorage storage)
        {
            _storage = storage;
        }

        /// <inheritdoc/>
        public byte[] Read(string name)
        {
            if (!IsName(name))
            {
                return null;
            }

            Credential newest = Find(name, out string file);
            byte[] text = newest == null ? null : ReadText(newest, file);
            if (newest != null && text == null)
            {
                // Damaged since it was stored: the other one has the same content.
                file = Other(file);
                Credential other = ReadHeader(file);
                text = other == null ? null : ReadText(other, file);
                if (text != null)
                {
                    Copy(file, Other(file), other.Length);
                }
            }

            return text;
        }

        /// <summary>Whether a name is 1 to 16 of a-z 0-9 -.</summary>
        internal static bool IsName(string name)
        {
            if (name == null || name.Length < 1 || name.Length > MaxName)
            {
                return false;
            }

            char[] characters = name.ToCharArray();
            for (int i = 0; i < characters.Length; i++)
            {
                char c = characters[i];
                if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-')
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>What is known of one; null when there is none.</summary>
        internal Credential Find(string name) => Find(name, out _);

        /// <summary>The names of all.</summary>
        /// <param name="names">Receives them, from its start: <see cref="MaxCount"/> at most.</param>
        /// <returns>How many there are.</returns>
        internal int List(string[] names)
        {
            int count = 0;
            string[] files = _storage.List();
            for (int i = 0; files != null && i < files.Length && count < MaxCount; i++)
            {
                string file = files[i];
                if (file.StartsWith(Prefix) && (file.EndsWith(SlotA) || file.EndsWith(SlotB)))
                {
                    // The file that is used is there once.
                    string name = file.Substring(Prefix.Length, file.Length - Prefix.Length - SlotA.Length);
                    if (Find(name, out string used) != null && used == file)
                    {
                        names[count++] = name;
                    }
                }
            }

            return count;
        }

        /// <summary>Removes one; false when a file could not be deleted.</summary>
        internal bool Remove(string name)
        {
            // The newer one first: then a power cut leaves nothing that was replaced.
            Find(name, out string file);
            file = file ?? FileOf(name, SlotA);
            bool isGone = _storage.Delete(file);
            return _storage.Delete(Other(file)) && isGone;
        }

        /// <inheritdoc/>
        public bool DeleteParts() => _storage.Delete(Parts);

        /// <inheritdoc/>
        public bool Append(byte[] part) => _storage.Append(Parts, part, part.Length);

        /// <inheritdoc/>
        public string Keep(string name, bool isClient, long now, out bool isStored)
        {
            isStored = false;
            PemReader pem = new PemReader(_storage, Parts);
            CredentialCheck check = new CredentialCheck(isClient);
            string reason = check.Read(pem);
            if (reason == null && pem.TextLength > MaxText)
            {
                reason = "has more than " + MaxText + " bytes";
            }
            else if (reason == null && now > 0 && check.NotAfter < now)
            {
                reason = "expired at " + check.NotAfter + ", and it is " + now;
            }

            if (reason == null)
            {
                Credential before = Find(name, out string file);
                byte[] header = Credential.Write(before == null ? 1 : before.Number + 1, isClient, pem, check);
                string first = before == null ? FileOf(name, SlotA) : Other(file);
                isStored = Write(first, header, pem);
                if (isStored)
                {
                    // One copy is enough to work with: a full flash may refuse the second.
                    Copy(first, Other(first), pem.TextLength);
                }
                else
                {
                    _storage.Delete(first);
                }
            }

            DeleteParts();
            return reason;
        }

        private static string FileOf(string name, string slot) => Prefix + name + slot;

        private static string Other(string file) => file.Substring(0, file.Length - SlotA.Length) + (file.EndsWith(SlotA) ? SlotB : SlotA);

        private Credential Find(string name, out string file)
        {
            file = FileOf(name, SlotA);
            Credential a = ReadHeader(file);
            Credential b = ReadHeader(Other(file));
            if (a != null && b != null && a.Number == b.Number)
            {
                return a;
            }

            // The power went while one was written: the newer one counts if it is whole.
            bool isB = b != null && (a == null || b.Number > a.Number);
            Credential newer = isB ? b : a;
            Credential older = isB ? a : b;
            file = isB ? Other(file) : file;
            if (newer == null || IsWhole(newer, file))
            {
                return newer;
            }

            file = Other(file);
            return older != null && IsWhole(older, file) ? older : null;
        }

        private Credential ReadHeader(string file)
        {
            byte[] header = new byte[Credential.HeaderLength];
            return _storage.ReadAt(file, 0, header) == header.Length ? Credential.Read(header) : null;
        }

        private bool IsWhole(Credential credential, string file)
        {
            byte[] chunk = new byte[ChunkLength];
            uint crc = 0;
            int at = 0;
            int count;
            do
            {
                count = _storage.ReadAt(file, Credential.HeaderLength + at, chunk);
                crc = Crc32.Add(crc, chunk, 0, count);
                at += count;
            }
            while (count == chunk.Length && at < credential.Length);
            return at == credential.Length && (int)crc == credential.Crc;
        }

        private byte[] ReadText(Credential credential, string file)
        {
            int length = credential.Length;
            byte[] text = length > 0 && length <= MaxText ? new byte[length] : null;
            return text != null && _storage.ReadAt(file, Credential.HeaderLength, text) == length && (int)Crc32.Of(text, 0, length) == credential.Crc ? text : null;
        }

        private bool Write(string file, byte[] header, PemReader pem)
        {
            pem.Restart(file);
            bool isWritten = _storage.Delete(file) && _storage.Append(file, header, header.Length);
            while (isWritten && pem.Next())
            {
            }

            CredentialCheck.Wipe(pem.Der);
            return isWritten && !pem.HasFailed;
        }

        private bool Copy(string from, string to, int length)
        {
            byte[] chunk = new byte[ChunkLength];
            int end = Credential.HeaderLength + length;
            bool isWritten = _storage.Delete(to);
            for (int at = 0; isWritten && at < end; at += chunk.Length)
            {
                int count = _storage.ReadAt(from, at, chunk);
                isWritten = count > 0 && _storage.Append(to, chunk, count);
            }

            return isWritten;
        }
    }
}

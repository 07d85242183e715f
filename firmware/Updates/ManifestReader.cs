using Firmware.Cryptography;
using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Updates
{
    /// <summary>
    /// Reads the manifest of a release: strict JSON, one object, each member once. Unknown members are ignored.
    /// </summary>
    public sealed class ManifestReader
    {
        /// <summary>The longest manifest in bytes.</summary>
        public const int MaxLength = 3328;

        // The check for repeated names compares each with all.
        private const int MaxMembers = 32;
        private const int MaxName = 32;
        private const int MaxNotes = 256;

        private readonly JsonReader _reader = new JsonReader(MaxLength);

        /// <summary>The first fault of the last text, e.g. "size: must be an integer from 1 to 294912"; null without one.</summary>
        public string Fault;

        /// <summary>Reads a manifest. Never throws.</summary>
        /// <param name="text">Its exact bytes, or null.</param>
        /// <returns>The manifest; null with a <see cref="Fault"/>.</returns>
        public Manifest Read(byte[] text)
        {
            Fault = null;
            JsonReader reader = _reader;
            if (text == null || !reader.TryParse(text, 0, text.Length))
            {
                Fault = text == null ? "is missing" : reader.Describe();
                return null;
            }

            CheckMembers(reader);
            Manifest manifest = Fault == null ? new Manifest(this) : null;
            reader.Clear();
            return Fault == null ? manifest : null;
        }

        internal string Text(string name)
        {
            if (!_reader.TryGetString(_reader.Find(0, name), out string text))
            {
                Fail(name, "must be a string");
            }

            return text;
        }

        internal string Name(string name)
        {
            string text = Text(name);
            if (text != null && !TopicLevel.IsValid(text))
            {
                Fail(name, "must be 1 to 32 of A-Z a-z 0-9 _ -");
            }

            return text;
        }

        internal ReleaseVersion Version(string name) => Known(name, ReleaseVersion.Parse(Text(name)));

        internal ReleaseVersion Runtime(string name) => Known(name, ReleaseVersion.ParseRuntime(Text(name)));

        internal int Number(string name, int least, int most)
        {
            if (_reader.TryGetInt64(_reader.Find(0, name), out long number) && number >= least && number <= most)
            {
                return (int)number;
            }

            Fail(name, "must be an integer from " + least.ToString() + " to " + most.ToString());
            return least;
        }

        internal byte[] Digests(string name, int blocks)
        {
            int length = blocks * Manifest.DigestLength;
            byte[] digests = null;
            if (_reader.TryGetBytes(_reader.Find(0, name), out byte[] text) && text.Length == (length + 2) / 3 * 4)
            {
                digests = Base64.Decode(text);
            }

            if (digests == null || digests.Length != length)
            {
                Fail(name, "must be base64 of " + blocks.ToString() + " digests");
            }

            return digests;
        }

        internal void Notes(string name)
        {
            int token = _reader.Find(0, name);
            if (token != JsonReader.None && (!_reader.TryGetString(token, out string text) || text.Length > MaxNotes))
            {
                Fail(name, "must be a string of at most 256 characters");
            }
        }

        internal bool Flag(string name)
        {
            int token = _reader.Find(0, name);
            if (!_reader.TryGetBoolean(token, out bool flag) && token != JsonReader.None)
            {
                Fail(name, "must be true or false");
            }

            return flag;
        }

        private ReleaseVersion Known(string name, ReleaseVersion version)
        {
            if (version == null)
            {
                Fail(name, "must be x.y.z");
            }

            return version;
        }

        private void CheckMembers(JsonReader reader)
        {
            if (reader.KindOf(0) != JsonKind.Object)
            {
                Fault = "must be an object";
                return;
            }

            int members = 0;
            for (int name = reader.First(0); name != JsonReader.None && Fault == null; name = reader.Next(name))
            {
                // Of members with the same name, the last one is found.
                if (++members > MaxMembers || !reader.TryGetString(name, out string text))
                {
                    Fault = "too many members, or a name with U+0000";
                }
                else if (reader.Find(0, text) != reader.ValueOf(name))
                {
                    Fail(text.Length > MaxName ? "a member" : text, "is there more than once");
                }
            }
        }

        // The first fault is kept.
        private void Fail(string name, string reason)
        {
            if (Fault == null)
            {
                Fault = name + ": " + reason;
            }
        }
    }
}

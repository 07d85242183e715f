namespace Boards.Loader
{
    /// <summary>
    /// Which image is confirmed, which is next on trial, and the results of trials: the file "slots", 134 bytes with a CRC,
    /// always replaced as a whole. A record that cannot be read means "the built-in image, nothing known".
    /// </summary>
    public sealed class SlotRecord
    {
        /// <summary>Name of the file.</summary>
        public const string FileName = "slots";

        /// <summary>Length of the file in bytes.</summary>
        public const int Size = 134;

        /// <summary>Of so many versions the failed trials are counted.</summary>
        public const int CountedVersions = 4;

        /// <summary>Longest reason, in characters of ASCII.</summary>
        public const int MaxReason = 63;

        private const long Magic = 0x534D324D; // "M2MS"
        private const int Format = 1;
        private const int VersionSize = 6;
        private const int FailuresAt = 38;
        private const int ReasonAt = 66;
        private const int CrcAt = Size - 4;
        private const int BegunFlag = 1;
        private const int OnceFlag = 2;

        private readonly long[] _versions = new long[3];
        private long[] _failedVersions; // null while no version has failed
        private int[] _failures; // beside them

        /// <summary>The confirmed image: it starts when none is on trial.</summary>
        public int Confirmed { get; set; }

        /// <summary>The slot that <see cref="Confirmed"/> took over from: what a revert goes back to.</summary>
        public int Previous { get; set; }

        /// <summary>The slot whose trial is next or has begun; <see cref="Slots.BuiltIn"/> for none.</summary>
        public int Test { get; set; }

        /// <summary>Whether that trial has begun. A start that finds it begun has found it failed.</summary>
        public bool IsBegun { get; set; }

        /// <summary>How long the trial may take, in seconds.</summary>
        public long TrialSeconds { get; set; }

        /// <summary>The slot that an image is being written to; <see cref="Slots.BuiltIn"/> for none.</summary>
        public int Staging { get; set; }

        /// <summary>The next start takes the built-in image, once: the confirmed one has stopped by itself.</summary>
        public bool IsBuiltInOnce { get; set; }

        /// <summary>Version of the built-in image that this was written beside.</summary>
        public long BuiltIn { get; set; }

        /// <summary>Version of the image that failed last, until that was reported; <see cref="ImageVersion.None"/> for none.</summary>
        public long Failed { get; private set; }

        /// <summary>Why it failed; null for none.</summary>
        public string Reason { get; private set; }

        /// <summary>Reads the record.</summary>
        /// <param name="files">Where it is.</param>
        /// <returns>One that knows nothing when there is none, or it is damaged.</returns>
        public static SlotRecord Read(SlotFiles files) => Parse(files.Read(FileName)) ?? new SlotRecord();

        /// <summary>Reads the record from bytes.</summary>
        /// <param name="content">The bytes; null is allowed.</param>
        /// <returns>Null when they are not a record.</returns>
        public static SlotRecord Parse(byte[] content)
        {
            if (content == null || content.Length != Size || Bytes.Get(content, 0, 4) != Magic || content[4] != Format
                || Bytes.Get(content, CrcAt, 4) != Bytes.Crc32(content, CrcAt))
            {
                return null;
            }

            SlotRecord record = new SlotRecord();
            record.ReadSlots(content);
            record.ReadFailures(content);
            return record.IsConsistent ? record : null;
        }

        /// <summary>Writes the record.</summary>
        /// <param name="files">Where it is kept.</param>
        /// <returns>False when it could not be written: the old one stands.</returns>
        public bool Write(SlotFiles files) => files.Replace(FileName, ToBytes());

        /// <summary>The record as bytes.</summary>
        /// <returns><see cref="Size"/> of them.</returns>
        public byte[] ToBytes()
        {
            byte[] content = new byte[Size];
            Bytes.Put(content, 0, 4, Magic);
            content[4] = Format;
            content[5] = (byte)Confirmed;
            content[6] = (byte)Previous;
            content[7] = (byte)Test;
            content[8] = (byte)Staging;
            content[9] = (byte)((IsBegun ? BegunFlag : 0) | (IsBuiltInOnce ? OnceFlag : 0));
            Bytes.Put(content, 10, 4, TrialSeconds);
            Bytes.Put(content, 14, VersionSize, BuiltIn);
            Bytes.Put(content, 20, VersionSize, _versions[Slots.A]);
            Bytes.Put(content, 26, VersionSize, _versions[Slots.B]);
            Bytes.Put(content, 32, VersionSize, Failed);
            for (int i = 0; i < CountedVersions && _failures != null; i++)
            {
                int at = FailuresAt + (i * (VersionSize + 1));
                Bytes.Put(content, at, VersionSize, _failedVersions[i]);
                content[at + VersionSize] = (byte)_failures[i];
            }

            content[ReasonAt] = (byte)Bytes.PutText(content, ReasonAt + 1, MaxReason, Reason ?? string.Empty);
            Bytes.Put(content, CrcAt, 4, Bytes.Crc32(content, CrcAt));
            return content;
        }

        /// <summary>Version of the image in a slot.</summary>
        /// <param name="slot"><see cref="Slots.A"/> or <see cref="Slots.B"/>; others have <see cref="ImageVersion.None"/>.</param>
        /// <returns>Its version.</returns>
        public long VersionOf(int slot) => slot == Slots.BuiltIn ? ImageVersion.None : _versions[slot];

        /// <summary>Sets the version of the image in a slot.</summary>
        /// <param name="slot"><see cref="Slots.A"/> or <see cref="Slots.B"/>.</param>
        /// <param name="version">Its version.</param>
        public void SetVersion(int slot, long version) => _versions[slot] = version;

        /// <summary>How often trials of a version have failed, of the last versions that did.</summary>
        /// <param name="version">The version.</param>
        /// <returns>0 to 255.</returns>
        public int FailuresOf(long version)
        {
            for (int i = 0; i < CountedVersions && _failures != null; i++)
            {
                if (_failedVersions[i] == version && version != ImageVersion.None)
                {
                    return _failures[i];
                }
            }

            return 0;
        }

        /// <summary>The trial has failed: it is over and counted, and must be reported.</summary>
        /// <param name="reason">Why.</param>
        public void FailTrial(string reason)
        {
            Fail(Test, reason);
            Count(VersionOf(Test));
            Staging = Staging == Test ? Slots.BuiltIn : Staging;
            Test = Slots.BuiltIn;
            IsBegun = false;
        }

        /// <summary>The image in a slot is of no use, which must be reported.</summary>
        /// <param name="slot">The slot.</param>
        /// <param name="reason">Why.</param>
        public void Fail(int slot, string reason)
        {
            Failed = VersionOf(slot);
            Reason = reason;
        }

        /// <summary>The failure was reported.</summary>
        public void ForgetFailure()
        {
            Failed = ImageVersion.None;
            Reason = null;
        }

        private bool IsConsistent
        {
            get
            {
                bool areSlots = Confirmed <= Slots.B && Previous <= Slots.B && Test <= Slots.B && Staging <= Slots.B;
                bool areApart = Confirmed == Slots.BuiltIn
                    || (Previous != Confirmed && Test != Confirmed && Staging != Confirmed);
                return areSlots && areApart && (Test != Slots.BuiltIn || !IsBegun);
            }
        }

        // The latest version that failed stands first; the one that failed longest ago is forgotten.
        private void Count(long version)
        {
            if (version == ImageVersion.None)
            {
                return;
            }

            int count = FailuresOf(version);
            _failedVersions = _failedVersions ?? new long[CountedVersions];
            _failures = _failures ?? new int[CountedVersions];
            int place = 0;
            while (place < CountedVersions - 1 && _failedVersions[place] != version)
            {
                place++;
            }

            for (int i = place; i > 0; i--)
            {
                _failedVersions[i] = _failedVersions[i - 1];
                _failures[i] = _failures[i - 1];
            }

            _failedVersions[0] = version;
            _failures[0] = count < 255 ? count + 1 : count;
        }

        private void ReadSlots(byte[] content)
        {
            Confirmed = content[5];
            Previous = content[6];
            Test = content[7];
            Staging = content[8];
            IsBegun = (content[9] & BegunFlag) != 0;
            IsBuiltInOnce = (content[9] & OnceFlag) != 0;
            TrialSeconds = Bytes.Get(content, 10, 4);
            BuiltIn = Bytes.Get(content, 14, VersionSize);
            _versions[Slots.A] = Bytes.Get(content, 20, VersionSize);
            _versions[Slots.B] = Bytes.Get(content, 26, VersionSize);
        }

        private void ReadFailures(byte[] content)
        {
            Failed = Bytes.Get(content, 32, VersionSize);
            if (Bytes.Get(content, FailuresAt, VersionSize) != ImageVersion.None)
            {
                // The latest stands first: there is one.
                _failedVersions = new long[CountedVersions];
                _failures = new int[CountedVersions];
                for (int i = 0; i < CountedVersions; i++)
                {
                    int at = FailuresAt + (i * (VersionSize + 1));
                    _failedVersions[i] = Bytes.Get(content, at, VersionSize);
                    _failures[i] = content[at + VersionSize];
                }
            }

            int length = content[ReasonAt];
            Reason = length == 0 || length > MaxReason ? null : Bytes.GetText(content, ReasonAt + 1, length);
        }
    }
}

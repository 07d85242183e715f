using Boards.Loader;
using Firmware.Platform;
using nanoFramework.Runtime.Native;
using Versions = Boards.Loader.ImageVersion;

namespace Boards.Esp32
{
    /// <summary>
    /// Two slots in files, beside the image in the deployment, as the loader starts them. Each change is one replacement of
    /// the loader's record, made before what it no longer speaks of is deleted, so that it never speaks of half an image.
    /// </summary>
    public sealed class UpdateSlots : IUpdateSlots
    {
        private readonly FileStorage _storage;
        private readonly SlotFiles _files;
        private readonly int _running;

        private SlotRecord _record;

        /// <summary>Creates the slots.</summary>
        /// <param name="root">The folder of the files, with a trailing backslash, e.g. "I:\".</param>
        /// <param name="runningSlot">The slot of the image that runs, as the loader says it; 0 for the built-in one.</param>
        /// <param name="builtInVersion">Version of the built-in application, as the loader says it.</param>
        /// <param name="capacity">Bytes that an image may have: there are two of them beside all other files.</param>
        public UpdateSlots(string root, int runningSlot, string builtInVersion, int capacity)
        {
            _storage = new FileStorage(root);
            _files = new SlotFiles(root);
            _running = runningSlot;
            _record = SlotRecord.Read(_files);
            ImageVersion = Versions.Format(_record.VersionOf(runningSlot));
            BuiltInVersion = builtInVersion;
            Capacity = capacity;
        }

        /// <inheritdoc/>
        public string ImageVersion { get; }

        /// <inheritdoc/>
        public string BuiltInVersion { get; }

        /// <inheritdoc/>
        public int LoaderVersion => Loader.Loader.ContractVersion;

        /// <inheritdoc/>
        public string RuntimeVersion => SystemInfo.Version.ToString();

        /// <inheritdoc/>
        public bool IsOnTrial => _running != Slots.BuiltIn && _record.IsBegun && _record.Test == _running;

        /// <inheritdoc/>
        public int Capacity { get; }

        /// <inheritdoc/>
        public string FailedVersion => Versions.Format(_record.Failed);

        /// <inheritdoc/>
        public string FailedReason => _record.Reason;

        /// <inheritdoc/>
        public int Staged
        {
            get
            {
                int length = _record.Staging == Slots.BuiltIn ? 0 : _files.LengthOf(Slots.Bundle(_record.Staging));
                return length < 0 ? 0 : length;
            }
        }

        /// <inheritdoc/>
        public byte[] ReadOffer() => _record.Staging == Slots.BuiltIn ? null : _storage.Read(Slots.Offer(_record.Staging));

        /// <inheritdoc/>
        public bool Begin(byte[] offer)
        {
            if (!IsSettled)
            {
                return false;
            }

            int slot = Spare();
            if (!Clear(slot) || !_storage.Replace(Slots.Offer(slot), offer))
            {
                return false;
            }

            _record.Staging = slot;
            return Save();
        }

        /// <inheritdoc/>
        public bool Write(byte[] data, int count) =>
            _record.Staging != Slots.BuiltIn && _record.Test == Slots.BuiltIn && count <= Capacity - Staged
            && _storage.Append(Slots.Bundle(_record.Staging), data, count);

        /// <inheritdoc/>
        public int Read(int position, byte[] buffer) =>
            _record.Staging == Slots.BuiltIn ? 0 : _storage.ReadAt(Slots.Bundle(_record.Staging), position, buffer);

        /// <inheritdoc/>
        public bool Erase() => _record.Staging == Slots.BuiltIn || Clear(_record.Staging);

        /// <inheritdoc/>
        public bool Test(string version, int seconds)
        {
            long number = Versions.Parse(version);
            if (_record.Staging == Slots.BuiltIn || !IsSettled || number == Versions.None)
            {
                return false;
            }

            _record.Test = _record.Staging;
            _record.IsBegun = false;
            _record.TrialSeconds = seconds;
            _record.SetVersion(_record.Test, number);
            return Save();
        }

        /// <inheritdoc/>
        public bool Confirm()
        {
            if (!IsOnTrial)
            {
                return true;
            }

            _record.Previous = _record.Confirmed;
            _record.Confirmed = _running;
            _record.Test = Slots.BuiltIn;
            _record.IsBegun = false;
            if (!Save())
            {
                return false;
            }

            TrialWatchdog.Stop();
            return true;
        }

        /// <inheritdoc/>
        public bool Revert(string reason)
        {
            if (IsOnTrial)
            {
                _record.FailTrial(reason);
                return Save();
            }

            if (!IsSettled)
            {
                // It is on its way already: the next start takes the one before.
                return true;
            }

            if (_record.Confirmed == Slots.BuiltIn)
            {
                return false;
            }

            _record.Confirmed = _record.Previous;
            _record.Previous = Slots.BuiltIn;
            _record.Test = Slots.BuiltIn;
            return Save();
        }

        /// <inheritdoc/>
        public int FailuresOf(string version) => _record.FailuresOf(Versions.Parse(version));

        /// <inheritdoc/>
        public bool ForgetFailure()
        {
            _record.ForgetFailure();
            return Save();
        }

        // On trial, or given up, the image that runs is not the one that the next start takes.
        private bool IsSettled => _running == Slots.BuiltIn || _running == _record.Confirmed;

        private int Spare()
        {
            if (_record.Staging != Slots.BuiltIn)
            {
                return _record.Staging;
            }

            return _record.Confirmed == Slots.BuiltIn ? Slots.A : Slots.Other(_record.Confirmed);
        }

        private bool Clear(int slot)
        {
            _record.Staging = Slots.BuiltIn;
            if (_record.Test == slot)
            {
                _record.Test = Slots.BuiltIn;
            }

            if (_record.Previous == slot)
            {
                _record.Previous = Slots.BuiltIn;
            }

            _record.SetVersion(slot, Versions.None);
            return Save() && _storage.Delete(Slots.Bundle(slot)) && _storage.Delete(Slots.Offer(slot));
        }

        private bool Save()
        {
            _record.BuiltIn = Versions.Parse(BuiltInVersion);
            if (_record.Write(_files))
            {
                return true;
            }

            // What stands in the file is what the next start will find.
            _record = SlotRecord.Read(_files);
            return false;
        }
    }
}

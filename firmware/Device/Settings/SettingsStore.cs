using System.Collections;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Settings
{
    /// <summary>
    /// Stores the settings in two slots in turn, so that one is always whole and confirmed. A settings file that was
    /// uploaded is imported into both and removed: it has no CRC, so a damaged one would be taken for another upload. The
    /// same file again changes nothing.
    /// </summary>
    public sealed class SettingsStore
    {
        private const string SlotA = "settings.a";
        private const string SlotB = "settings.b";

        private readonly IStorage _storage;
        private readonly Counters _counters;
        private readonly SettingsCatalog _catalog;

        // The slot of the settings that were confirmed last, or of none: the other one is written next.
        private int _kept = 1;
        private int _newest;
        private int _imported;
        private int _length; // of the slot that was read or written last
        private DeviceSettings _before;

        /// <summary>Creates a store that has loaded nothing yet.</summary>
        /// <param name="storage">Holds the slots and the file.</param>
        /// <param name="counters">Counts writes that failed.</param>
        /// <param name="catalog">The settings that there are; all others in the slots and the file are faults.</param>
        public SettingsStore(IStorage storage, Counters counters, SettingsCatalog catalog)
        {
            _catalog = catalog;
            _storage = storage;
            _counters = counters;
        }

        /// <summary>What could not be used when the settings were loaded: items are <see cref="SettingsFault"/>.</summary>
        public ArrayList Faults;

        /// <summary>The settings that the device runs on.</summary>
        public DeviceSettings Current;

        /// <summary>The revision, which grows with each change; 0 when no settings were ever stored.</summary>
        public int Revision;

        /// <summary>Whether <see cref="Current"/> must be confirmed, or is rolled back.</summary>
        public bool IsOnTrial => _before != null;

        /// <summary>Whether a trial was interrupted by the last restart, so that <see cref="Load"/> returned to the settings before.</summary>
        public bool WasReverted;

        /// <summary>
        /// Loads the settings at the start. A trial that was interrupted has failed; an uploaded file is imported. What
        /// cannot be stored now is stored at the next start.
        /// </summary>
        /// <returns>The settings to run on.</returns>
        public DeviceSettings Load()
        {
            Faults = new ArrayList();
            SettingsSlot newest = ReadNewest(out SettingsSlot kept, out bool isDamaged);
            _newest = Revision = newest == null ? 0 : newest.Revision;
            WasReverted = newest != null && newest.IsOnTrial && kept != null;

            // Without confirmed settings those on trial are better than defaults.
            kept = kept ?? newest;
            _imported = kept == null ? 0 : kept.Imported;
            bool isImport = TryImport(kept != null && !kept.IsOnTrial);
            if (!isImport && kept != null)
            {
                Current = Read(kept.Json);
            }

            if (isImport)
            {
                if (Put(Current, false) && PutAgain())
                {
                    _storage.Delete(DeviceSettings.File);
                }
            }
            else if (newest != null && newest.IsOnTrial)
            {
                Put(Current, false);
            }
            else if (isDamaged && kept != null)
            {
                _counters.StorageFaults++;
                // Two copies again, before the other one is lost, too.
                PutAgain();
            }

            return Current;
        }

        /// <summary>Stores changed settings and makes them the current ones. Not during a trial.</summary>
        /// <param name="changed">A changed copy of <see cref="Current"/>.</param>
        /// <param name="onTrial">Whether <see cref="Confirm"/> must confirm them.</param>
        /// <returns>False when storage refused, when they are too long, or during a trial; nothing has changed then.</returns>
        public bool Save(DeviceSettings changed, bool onTrial)
        {
            // A rollback needs stored settings; defaults are stored nowhere.
            if (IsOnTrial || (onTrial && _newest == 0 && !Put(Current, false)) || !Put(changed, onTrial))
            {
                return false;
            }

            _before = onTrial ? Current : null;
            Current = changed;
            return true;
        }

        /// <summary>Confirms the settings on trial.</summary>
        /// <returns>False when that could not be stored: the trial goes on, and fails at the next start.</returns>
        public bool Confirm()
        {
            if (!IsOnTrial)
            {
                return true;
            }

            if (!PutAgain())
            {
                return false;
            }

            _before = null;
            return true;
        }

        /// <summary>Rolls back: the settings before the trial are current again, even if that could not be stored.</summary>
        /// <returns>The settings to run on.</returns>
        public DeviceSettings RollBack()
        {
            if (IsOnTrial)
            {
                Current = _before;
                _before = null;
                Put(Current, false);
            }

            return Current;
        }

        /// <summary>
        /// Goes back to settings that are known to work, as far as they are stored: those with a revision or, if these are
        /// not there, those before the current ones. Stores nothing.
        /// </summary>
        /// <param name="revision">The revision, 0 when it is not known.</param>
        /// <returns>The settings to run on.</returns>
        public DeviceSettings UseGood(int revision)
        {
            SettingsSlot other = Revision == revision || IsOnTrial ? null : SettingsSlot.Read(_storage, Spare, out _);
            if (other != null && !other.IsOnTrial)
            {
                // The next write replaces the settings that do not work.
                _kept = 1 - _kept;
                Revision = other.Revision;
                Current = Read(other.Json);
            }

            return Current;
        }

        // The slot that the next write replaces.
        private string Spare => _kept == 0 ? SlotB : SlotA;

        private SettingsSlot ReadNewest(out SettingsSlot kept, out bool isDamaged)
        {
            SettingsSlot a = SettingsSlot.Read(_storage, SlotA, out bool isADamaged);
            SettingsSlot b = SettingsSlot.Read(_storage, SlotB, out bool isBDamaged);
            isDamaged = isADamaged || isBDamaged;
            bool isA = a != null && (b == null || a.Revision > b.Revision);
            SettingsSlot newest = isA ? a : b;
            _kept = isA ? 0 : 1;
            kept = newest;
            if (newest != null && newest.IsOnTrial)
            {
                _kept = 1 - _kept;
                kept = isA ? b : a;
                kept = kept != null && kept.IsOnTrial ? null : kept;
            }

            return newest;
        }

        /// <summary>Reads the file when it has to be: into <see cref="Current"/> unless there is something better.</summary>
        /// <returns>Whether it was imported.</returns>
        private bool TryImport(bool hasOwn)
        {
            byte[] file = _storage.Read(DeviceSettings.File);
            int crc = file == null ? 0 : (int)Crc32.Of(file, 0, file.Length);
            if (hasOwn && (file == null || crc == _imported))
            {
                if (file != null)
                {
                    _storage.Delete(DeviceSettings.File);
                }

                return false;
            }

            SettingsReader reader = new SettingsReader(_catalog);
            DeviceSettings imported = reader.Read(file);
            AddFaults(reader);
            if (reader.IsObject)
            {
                _imported = crc;
            }

            // A file that was torn in transfer does not replace stored settings.
            if (reader.IsObject || !hasOwn)
            {
                Current = imported;
            }

            return reader.IsObject;
        }

        private DeviceSettings Read(byte[] json)
        {
            _length = json.Length;
            SettingsReader reader = new SettingsReader(_catalog);
            DeviceSettings settings = reader.Read(json);
            AddFaults(reader);
            return settings;
        }

        private void AddFaults(SettingsReader reader)
        {
            for (int i = 0; i < reader.Faults.Count; i++)
            {
                Faults.Add(reader.Faults[i]);
            }
        }

        // The same revision: the client that set it knows it by this number.
        private bool PutAgain()
        {
            _newest--;
            bool isStored = Put(Current, false);
            _newest += isStored ? 0 : 1;
            return isStored;
        }

        private bool Put(DeviceSettings settings, bool onTrial)
        {
            if (!SettingsSlot.Write(_storage, Spare, onTrial, _newest + 1, _imported, settings, ref _length))
            {
                _counters.StorageFaults++;
                return false;
            }

            _newest++;
            Revision = _newest;
            _kept = onTrial ? _kept : 1 - _kept;
            return true;
        }
    }
}

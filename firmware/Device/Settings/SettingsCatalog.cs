using System;
using Firmware.Connectivity;
using Firmware.Diagnostics;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Sampling;

namespace Firmware.Settings
{
    /// <summary>
    /// Every setting that a device has: those of the core, then those of its modules. Built once for a device; a
    /// description is created at each call, since all of them would take 8 KB of heap.
    /// </summary>
    public sealed class SettingsCatalog
    {
        /// <summary>What the board's pins can serve; null when that is not known.</summary>
        public PinTable Pins;

        /// <summary>How many settings there are.</summary>
        public readonly int Count;

        internal readonly ConnectionSettings Connection = new ConnectionSettings();
        internal readonly SamplingSettings Sampling = new SamplingSettings();
        internal readonly DiagnosticsSettings Diagnostics = new DiagnosticsSettings();
        internal readonly PresenceSettings Presence = new PresenceSettings();

        private const int CoreGroups = 4;

        /// <summary>The groups in their order.</summary>
        internal readonly SettingGroup[] Groups;

        private int _cursor; // the group found last: settings are mostly read in their order

        /// <summary>Creates the catalog of a device.</summary>
        /// <param name="modules">The groups of its modules; none of them may be in another catalog.</param>
        /// <exception cref="ArgumentException">A group is in a catalog already.</exception>
        public SettingsCatalog(params SettingGroup[] modules)
        {
            Groups = new SettingGroup[CoreGroups + modules.Length];
            Groups[0] = Connection;
            Groups[1] = Sampling;
            Groups[2] = Diagnostics;
            Groups[3] = Presence;
            modules.CopyTo(Groups, CoreGroups);
            for (int i = 0; i < Groups.Length; i++)
            {
                if (Groups[i].Offset >= 0)
                {
                    throw new ArgumentException("settings group: belongs to another catalog");
                }

                Groups[i].Offset = Count;
                Count += Groups[i].Count;
                if (Groups[i].OfChannels != null)
                {
                    Sampling.Extension = Groups[i];
                }
            }
        }

        /// <summary>A new description of a setting, by its place in the order of registration.</summary>
        /// <param name="index">0 to <see cref="Count"/> - 1.</param>
        public Setting this[int index]
        {
            get
            {
                SettingGroup[] groups = Groups;
                int i = _cursor;
                while (i + 1 < groups.Length && groups[i + 1].Offset <= index)
                {
                    i++;
                }

                while (groups[i].Offset > index)
                {
                    i--;
                }

                _cursor = i;
                return Describe(groups[i], index - groups[i].Offset);
            }
        }

        /// <summary>A new description of a setting.</summary>
        /// <param name="group">One of the catalog's groups.</param>
        /// <param name="index">The setting's number in it.</param>
        /// <returns>The description.</returns>
        public Setting Describe(SettingGroup group, int index)
        {
            Setting setting = group.Describe(index);
            setting.Slot = group.Offset + index;
            return setting;
        }

        /// <summary>A new description of the setting with a whole key, or null.</summary>
        /// <param name="key">The key.</param>
        /// <returns>The description, or null.</returns>
        public Setting Find(string key)
        {
            for (int i = 0; i < Count; i++)
            {
                Setting setting = this[i];
                if (setting.Name == key)
                {
                    return setting;
                }
            }

            return null;
        }

        /// <summary>What a key names: also "channels.x" and "channels.x.gain", for any x. Null for no setting.</summary>
        internal SettingKey Resolve(string key)
        {
            int dot = key.IndexOf('.');
            string first = dot < 0 ? key : key.Substring(0, dot);
            for (int i = 0; i < Count; i++)
            {
                Setting setting = this[i];
                if (setting.Name == key)
                {
                    return new SettingKey(key, i, null, SettingKey.None);
                }

                if (setting.Name == first && setting is SettingTable)
                {
                    return ResolveEntry(key, setting, key.Substring(dot + 1));
                }
            }

            return null;
        }

        /// <summary>Whether settings begin with these words and a dot.</summary>
        internal bool IsGroup(string words)
        {
            string start = words + ".";
            for (int i = 0; i < Count; i++)
            {
                if (this[i].Name.IndexOf(start) == 0)
                {
                    return true;
                }
            }

            return false;
        }

        private static SettingKey ResolveEntry(string key, Setting table, string entry)
        {
            int dot = entry.IndexOf('.');
            string name = dot < 0 ? entry : entry.Substring(0, dot);
            Setting member = dot < 0 ? null : table.FindMember(entry.Substring(dot + 1));
            return !TopicLevel.IsValid(name) || (dot >= 0 && member == null)
                ? null
                : new SettingKey(key, table.Slot, name, member == null ? SettingKey.None : member.Slot);
        }
    }
}

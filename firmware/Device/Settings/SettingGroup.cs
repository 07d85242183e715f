namespace Firmware.Settings
{
    /// <summary>
    /// The settings of one module. The group's own constants number them from 0; by the same numbers
    /// <see cref="DeviceSettings.Number(Setting)"/> and <see cref="DeviceSettings.Value"/> give their values. An instance belongs
    /// to one <see cref="SettingsCatalog"/>.
    /// </summary>
    public abstract class SettingGroup
    {
        /// <summary>The number of the group's first setting in its catalog, -1 before it is in one.</summary>
        internal int Offset = -1;

        /// <summary>How many settings the group has; may not change.</summary>
        public abstract int Count { get; }

        /// <summary>
        /// Describes a setting; a new object at each call: all descriptions of a device would take 8 KB of heap. Settings whose
        /// keys share the word before the dot stand together, since the settings file nests them.
        /// </summary>
        /// <param name="index">0 to <see cref="Count"/> - 1.</param>
        /// <returns>A new description.</returns>
        public abstract Setting Describe(int index);

        /// <summary>The setting <c>channels</c> with members of its own, a new object at each call; null for none.</summary>
        public virtual Setting OfChannels => null;
    }
}

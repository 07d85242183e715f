using System;
using Firmware.Platform;
using Firmware.Settings;

namespace Firmware
{
    /// <summary>Joins what a board supplies, what every device has, and the modules that the board takes.</summary>
    public sealed class DeviceBuilder
    {
        private readonly Hardware _hardware;
        private Module[] _modules = new Module[0];

        /// <summary>Begins a device without further modules.</summary>
        /// <param name="hardware">What the board supplies.</param>
        public DeviceBuilder(Hardware hardware)
        {
            _hardware = hardware;
        }

        /// <summary>Adds a module. Modules start and run in the order in which they are added, the one that sleeps last.</summary>
        /// <param name="module">The module.</param>
        /// <returns>This builder.</returns>
        public DeviceBuilder Add(Module module)
        {
            Module[] modules = new Module[_modules.Length + 1];
            _modules.CopyTo(modules, 0);
            modules[_modules.Length] = module;
            if (_modules.Length > 0 && _modules[_modules.Length - 1] is ISleeper)
            {
                modules[_modules.Length] = _modules[_modules.Length - 1];
                modules[_modules.Length - 1] = module;
            }

            _modules = modules;
            return this;
        }

        /// <summary>Puts the device together. Nothing starts, and no file is read.</summary>
        /// <returns>The device.</returns>
        public Device Build()
        {
            Counters counters = new Counters();
            SettingsStore store = new SettingsStore(_hardware.Storage, counters, new SettingsCatalog(Groups()) { Pins = _hardware.PinTable });
            CoreModules core = new CoreModules(_hardware, store);
            return new Device(_hardware, core.With(_modules), core, store, counters);
        }

        private SettingGroup[] Groups()
        {
            SettingGroup[] groups = new SettingGroup[_modules.Length];
            int count = 0;
            for (int i = 0; i < _modules.Length; i++)
            {
                SettingGroup group = _modules[i].Settings;
                if (group != null)
                {
                    groups[count++] = group;
                }
            }

            SettingGroup[] all = new SettingGroup[count];
            Array.Copy(groups, all, count);
            return all;
        }
    }
}

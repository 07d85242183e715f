using Firmware.Settings;

namespace Firmware.Tests.Settings
{
    internal static class SettingEffects
    {
        /// <summary>What it takes to replace settings by others: the effects of all that differ.</summary>
        internal static SettingEffect Between(DeviceSettings before, DeviceSettings after)
        {
            SettingsComparison comparison = new SettingsComparison();
            SettingEffect effects = SettingEffect.None;
            for (int i = 0; i < before.Catalog.Count; i++)
            {
                Setting setting = before.Catalog[i];
                effects |= comparison.AreEqual(setting, before.Get(setting), after.Get(setting)) ? SettingEffect.None : setting.Effect;
            }

            return effects;
        }
    }
}

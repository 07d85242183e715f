using Firmware.Settings;

namespace Firmware.Updates
{
    /// <summary>When updates are downloaded, and how long a new image is on trial.</summary>
    public sealed class UpdateSettings : SettingGroup
    {
        /// <summary>Below this many percent of the battery no update is downloaded.</summary>
        public const int Battery = 0;

        /// <summary>Below this signal strength in dBm no update is downloaded.</summary>
        public const int Signal = 1;

        /// <summary>The UTC hour from which updates are downloaded.</summary>
        public const int FromHour = 2;

        /// <summary>The UTC hour until which updates are downloaded; the same as <see cref="FromHour"/> for any time.</summary>
        public const int ToHour = 3;

        /// <summary>The percentage of devices, chosen by id and version, that take an update.</summary>
        public const int Percent = 4;

        /// <summary>The longest random delay of an update in seconds.</summary>
        public const int Delay = 5;

        /// <summary>Seconds within which a new image must be online and have measured.</summary>
        public const int Trial = 6;

        /// <inheritdoc/>
        public override int Count => Trial + 1;

        /// <inheritdoc/>
        public override Setting Describe(int index)
        {
            switch (index)
            {
                case Battery: return Setting.Integer("update.battery", SettingEffect.Now, 0, 100, 30, "%");
                case Signal: return Setting.Integer("update.signal", SettingEffect.Now, -127, 0, -127, "dBm");
                case FromHour: return Setting.Integer("update.fromHour", SettingEffect.Now, 0, 24, 0, "h");
                case ToHour: return Setting.Integer("update.toHour", SettingEffect.Now, 0, 24, 0, "h");
                case Percent: return Setting.Integer("update.percent", SettingEffect.Now, 0, 100, 100, "%");
                case Delay: return Setting.Integer("update.delay", SettingEffect.Now, 0, 86400, 60, "s");
                default: return Setting.Integer("update.trial", SettingEffect.Now, 60, 3600, 300, "s");
            }
        }
    }
}

using Firmware.Sensing;

namespace Firmware.Settings
{
    /// <summary>What the elements of those settings are made of that have any.</summary>
    internal static class SettingMembers
    {
        // In millionths, as all quantities of a rule.
        private const long One = ChannelRule.One;
        private const long MaxQuantity = 1000000000 * One;
        private const long MaxSeconds = 86400;

        internal static Setting[] Of(int field)
        {
            switch (field)
            {
                case SettingField.Wifi:
                    return new Setting[] { Text("ssid", 1, 32, false), Text("password", 0, 63, true) };
                case SettingField.Broker:
                    return new Setting[]
                    {
                        Text("host", 1, 253, false),
                        new Setting(0, "port", SettingType.Integer, SettingEffect.Trial, 1, 65535, 1883),
                        Text("user", 0, 128, false),
                        Text("password", 0, 128, true),
                    };
                case SettingField.Channels:
                    return Channel();
                case SettingField.Actuators:
                    return Actuator();
                default:
                    return null;
            }
        }

        private static Setting[] Channel() => new Setting[]
        {
            Quantity(RuleFields.Offset, "offset", -MaxQuantity, MaxQuantity, 0),
            Quantity(RuleFields.Gain, "gain", One / 10, 10 * One, One),
            Quantity(RuleFields.Deadband, "deadband", 0, MaxQuantity, ChannelRule.Unset),
            Percent(),
            Integer(RuleFields.Heartbeat, "heartbeat", SettingEffect.Now, 1, MaxSeconds, ChannelRule.DefaultHeartbeat, "s"),
            Quantity(RuleFields.Low, "low", -MaxQuantity, MaxQuantity, ChannelRule.Unset),
            Quantity(RuleFields.High, "high", -MaxQuantity, MaxQuantity, ChannelRule.Unset),
            Quantity(RuleFields.Hysteresis, "hysteresis", 0, MaxQuantity, 0),
            Quantity(RuleFields.MaxRate, "maxRate", 1, 1000000 * One, ChannelRule.Unset),
            Stuck(),
            Quantity(RuleFields.Disagreement, "disagreement", 0, MaxQuantity, ChannelRule.Unset),
        };

        private static Setting[] Actuator() => new Setting[]
        {
            Integer(RuleFields.Pin, "pin", SettingEffect.Restart, 0, 48, RuleFields.NoPin, null),
            new Setting(RuleFields.Inverted, "inverted", SettingType.Boolean, SettingEffect.Restart, 0, 1, 0),
            new Setting(RuleFields.Safe, "safe", SettingType.Boolean, SettingEffect.Restart, 0, 1, 0),
            Integer(RuleFields.Limit, "limit", SettingEffect.Restart, 0, MaxSeconds, 0, "s"),
        };

        private static Setting Percent()
        {
            Setting percent = Quantity(RuleFields.DeadbandPercent, "deadbandPercent", 0, 100 * One, ChannelRule.Unset);
            percent.Unit = "%";
            return percent;
        }

        private static Setting Stuck()
        {
            Setting stuck = Integer(RuleFields.Stuck, "stuck", SettingEffect.Now, 0, 10000, 0, null);
            stuck.HasGap = true;
            return stuck;
        }

        private static Setting Quantity(int field, string name, long min, long max, long standard) =>
            new Setting(field, name, SettingType.Number, SettingEffect.Now, min, max, standard);

        private static Setting Integer(int field, string name, SettingEffect effect, long min, long max, long standard, string unit) =>
            new Setting(field, name, SettingType.Integer, effect, min, max, standard) { Unit = unit };

        private static Setting Text(string name, int min, int max, bool isSecret) =>
            new Setting(0, name, SettingType.Text, SettingEffect.Trial, min, max, 0) { IsSecret = isSecret };
    }
}

namespace Firmware.Settings
{
    /// <content>The kinds of settings that most modules need.</content>
    public partial class Setting
    {
        private const int MaxTopic = 64;

        /// <summary>Describes an integer.</summary>
        /// <param name="name">The key.</param>
        /// <param name="effect">What it takes to use a new value.</param>
        /// <param name="min">The least.</param>
        /// <param name="max">The greatest.</param>
        /// <param name="defaultValue">The default; for a member of a table without one, out of range.</param>
        /// <param name="unit">The unit, or null.</param>
        /// <returns>The description.</returns>
        public static Setting Integer(string name, SettingEffect effect, int min, int max, int defaultValue, string unit) =>
            new Setting(name, SettingType.Integer, effect, min, max, defaultValue >= min && defaultValue <= max ? (object)(long)defaultValue : null) { Unit = unit };

        /// <summary>Describes a number with decimals. All quantities are in millionths.</summary>
        /// <param name="name">The key.</param>
        /// <param name="effect">What it takes to use a new value.</param>
        /// <param name="min">The least.</param>
        /// <param name="max">The greatest.</param>
        /// <param name="defaultValue">The default; for a member of a table without one, out of range.</param>
        /// <param name="unit">The unit, or null.</param>
        /// <returns>The description.</returns>
        public static Setting Number(string name, SettingEffect effect, long min, long max, long defaultValue, string unit) =>
            Numeric(name, SettingType.Number, effect, min, max, defaultValue, unit);

        /// <summary>Describes a setting that is true or false.</summary>
        /// <param name="name">The key.</param>
        /// <param name="effect">What it takes to use a new value.</param>
        /// <param name="defaultValue">The default.</param>
        /// <returns>The description.</returns>
        public static Setting Boolean(string name, SettingEffect effect, bool defaultValue) =>
            Numeric(name, SettingType.Boolean, effect, 0, 1, defaultValue ? 1 : 0, null);

        /// <summary>Describes a choice of words.</summary>
        /// <param name="name">The key.</param>
        /// <param name="effect">What it takes to use a new value.</param>
        /// <param name="choices">The words; the first is the default.</param>
        /// <returns>The description.</returns>
        public static Setting Choice(string name, SettingEffect effect, string[] choices)
        {
            Setting choice = Numeric(name, SettingType.Choice, effect, 0, choices.Length - 1, 0, null);
            choice.Choices = choices;
            return choice;
        }

        /// <summary>Describes a text.</summary>
        /// <param name="name">The key.</param>
        /// <param name="effect">What it takes to use a new value.</param>
        /// <param name="min">The least number of characters.</param>
        /// <param name="max">The most characters.</param>
        /// <param name="defaultValue">The default, or null.</param>
        /// <returns>The description.</returns>
        public static Setting Text(string name, SettingEffect effect, int min, int max, string defaultValue) =>
            new Setting(name, SettingType.Text, effect, min, max, defaultValue);

        /// <summary>Describes one or more levels of a topic, at most 64 characters.</summary>
        /// <param name="name">The key.</param>
        /// <param name="effect">What it takes to use a new value.</param>
        /// <param name="defaultValue">The default.</param>
        /// <returns>The description.</returns>
        public static Setting Topic(string name, SettingEffect effect, string defaultValue) =>
            new Setting(name, SettingType.Topic, effect, 1, MaxTopic, defaultValue);

        /// <summary>Describes a list of names that may be levels of a topic, each once.</summary>
        /// <param name="name">The key.</param>
        /// <param name="effect">What it takes to use a new value.</param>
        /// <param name="max">The most names.</param>
        /// <param name="defaultValue">The default.</param>
        /// <returns>The description.</returns>
        public static Setting Names(string name, SettingEffect effect, int max, string[] defaultValue) =>
            new ListSetting(name, effect, max, defaultValue, true);

        /// <summary>Describes a list of host names or addresses.</summary>
        /// <param name="name">The key.</param>
        /// <param name="effect">What it takes to use a new value.</param>
        /// <param name="max">The most hosts.</param>
        /// <param name="defaultValue">The default.</param>
        /// <returns>The description.</returns>
        public static Setting Hosts(string name, SettingEffect effect, int max, string[] defaultValue) =>
            new ListSetting(name, effect, max, defaultValue, false);

        private static Setting Numeric(string name, SettingType type, SettingEffect effect, long min, long max, long defaultValue, string unit) =>
            new Setting(name, type, effect, min, max, defaultValue >= min && defaultValue <= max ? (object)defaultValue : null) { Unit = unit };
    }
}

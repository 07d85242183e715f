namespace Firmware.Settings
{
    /// <summary>What the value of a setting is; up to <see cref="Choice"/> it is kept as a number.</summary>
    internal enum SettingType
    {
        Integer,

        /// <summary>With six decimals, kept in millionths.</summary>
        Number,

        Boolean,

        /// <summary>One of some words, kept as its index.</summary>
        Choice,

        Text,

        /// <summary>One or more levels of a topic.</summary>
        Topic,

        /// <summary>The curve of a battery.</summary>
        Curve,

        /// <summary>Names that may be a topic's level, each once.</summary>
        Names,

        /// <summary>Names of hosts.</summary>
        Hosts,

        Networks,

        Brokers,

        /// <summary>What is wanted of channels or actuators, by their names.</summary>
        Rules,
    }
}

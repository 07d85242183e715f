namespace Firmware.Settings
{
    /// <summary>The type of a setting, as <c>settings.schema</c> shows it and as its value is kept.</summary>
    public enum SettingType
    {
        /// <summary>Kept as int.</summary>
        Integer,

        /// <summary>Kept as int: 0 or 1.</summary>
        Boolean,

        /// <summary>One of some words; kept as int, the index of the word.</summary>
        Choice,

        /// <summary>A number with at most six decimals; kept as long, in millionths.</summary>
        Number,

        /// <summary>Kept as string.</summary>
        Text,

        /// <summary>One or more levels of a topic; kept as string.</summary>
        Topic,

        /// <summary>An array of texts; kept as string[].</summary>
        List,

        /// <summary>Records with members, in an array or by name; kept as an array.</summary>
        Table,

        /// <summary>An entry of a table that is set as a whole, in a form of its own.</summary>
        Record,
    }
}

namespace Firmware.Json
{
    /// <summary>The kinds of a JSON value (RFC 8259, section 3).</summary>
    public enum JsonKind
    {
        /// <summary>Members in braces, or none.</summary>
        Object,

        /// <summary>Elements in brackets, or none.</summary>
        Array,

        /// <summary>A string; a member's name is one too.</summary>
        String,

        /// <summary>A number of any size and precision.</summary>
        Number,

        /// <summary>The literal <c>true</c>.</summary>
        True,

        /// <summary>The literal <c>false</c>.</summary>
        False,

        /// <summary>The literal <c>null</c>.</summary>
        Null,
    }
}

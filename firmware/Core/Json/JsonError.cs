namespace Firmware.Json
{
    /// <summary>Why a text was refused. <see cref="JsonReader.ErrorOffset"/> says where.</summary>
    public enum JsonError
    {
        /// <summary>Accepted.</summary>
        None,

        /// <summary>No bytes, or nothing but whitespace.</summary>
        Empty,

        /// <summary>Longer than the reader's limit.</summary>
        TooLarge,

        /// <summary>More than <see cref="JsonReader.MaxDepth"/> containers inside one another.</summary>
        TooDeep,

        /// <summary>The text stops inside a value.</summary>
        UnexpectedEnd,

        /// <summary>A byte that cannot stand here: the grammar wants another.</summary>
        UnexpectedByte,

        /// <summary>Something follows the one value of the text.</summary>
        TrailingData,

        /// <summary>A byte below 0x20 in a string; it has to be escaped.</summary>
        ControlCharacter,

        /// <summary>A backslash that starts none of the escapes of RFC 8259, section 7.</summary>
        InvalidEscape,

        /// <summary>An escaped half of a surrogate pair without its other half.</summary>
        LoneSurrogate,

        /// <summary>Bytes of a string that are not UTF-8 (RFC 3629).</summary>
        InvalidUtf8,

        /// <summary>A number with a leading zero, or without a digit where one has to be.</summary>
        InvalidNumber,
    }
}

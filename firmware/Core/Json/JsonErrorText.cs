namespace Firmware.Json
{
    /// <summary>What a <see cref="JsonError"/> is called: on the device an enum's own text is its number.</summary>
    internal static class JsonErrorText
    {
        internal static string Of(JsonError error)
        {
            switch (error)
            {
                case JsonError.None:
                    return "no error";
                case JsonError.Empty:
                    return "empty text";
                case JsonError.TooLarge:
                    return "text too long";
                case JsonError.TooDeep:
                    return "too many nested containers";
                case JsonError.UnexpectedEnd:
                    return "unexpected end";
                case JsonError.UnexpectedByte:
                    return "unexpected byte";
                case JsonError.TrailingData:
                    return "more than one value";
                case JsonError.ControlCharacter:
                    return "control character in a string";
                case JsonError.InvalidEscape:
                    return "invalid escape";
                case JsonError.LoneSurrogate:
                    return "half of a surrogate pair";
                case JsonError.InvalidUtf8:
                    return "invalid UTF-8";
                default:
                    return "invalid number";
            }
        }
    }
}

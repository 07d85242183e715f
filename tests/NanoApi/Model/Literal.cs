using System.Globalization;

namespace NanoApi.Model
{
    /// <summary>Constants as the facts write them.</summary>
    internal static class Literal
    {
        /// <summary>Null stands for a null reference and for a struct's default.</summary>
        public static object? Parse(string text, string type) => text switch
        {
            "null" => null,
            ['"', .. var inner, '"'] => inner,
            ['\'', '\\', 'u', .. var hex, '\''] => (char)ushort.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            _ => Convert.ChangeType(text, System.Type.GetType(type, throwOnError: true)!, CultureInfo.InvariantCulture),
        };

        public static string Format(object? value) => value switch
        {
            null => "null",
            string text => '"' + text + '"',
            char character => $"'\\u{(int)character:x4}'",
            bool flag => flag ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }
}

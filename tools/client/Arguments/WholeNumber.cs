using System.CommandLine;
using System.Globalization;

namespace M2m.Client.Arguments;

public static class WholeNumber
{
    public static Option<long?> Option(string name, string description, long minimum, long maximum) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= minimum && value <= maximum)
            {
                return value;
            }

            result.AddError($"{name} must be a whole number from {minimum} to {maximum}, not '{text}'");
            return null;
        },
    };
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Mqtt;
using M2m.View;

namespace M2m.Arguments;

/// <summary>The options that every command takes.</summary>
internal sealed class GlobalOptions
{
    /// <summary>Names the broker when no option does.</summary>
    public const string BrokerVariable = "M2M_BROKER";

    /// <summary>Names the prefix when no option does.</summary>
    public const string PrefixVariable = "M2M_PREFIX";

    private const string StandardBroker = "mqtt://127.0.0.1:1883";
    private const string StandardPrefix = "m2m";
    private const double MaxTimeout = 7 * 86_400;
    private static readonly TimeSpan StandardTimeout = TimeSpan.FromSeconds(10);

    private readonly Option<string?> _broker = new("--broker")
    {
        HelpName = "URL",
        Recursive = true,
        Description = $"The broker, {BrokerAddress.Rule}; without a port it is 1883 [default: {BrokerVariable}, or {StandardBroker}]",
    };

    private readonly Option<string?> _prefix = new("--prefix")
    {
        HelpName = "PREFIX",
        Recursive = true,
        Description = $"First level or levels of all topics [default: {PrefixVariable}, or {StandardPrefix}]",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Recursive = true,
        Description = "Write the result for programs: JSON, as tools/m2m/README.md documents it",
    };

    private readonly Option<double?> _timeout = new("--timeout")
    {
        HelpName = "SECONDS",
        Recursive = true,
        Description = "How long an answer is waited for; a device that sees the request later does not carry it out [default: 10]",
        CustomParser = ParseTimeout,
    };

    /// <summary>Adds them to the root.</summary>
    /// <param name="root">The root.</param>
    public void AddTo(RootCommand root) => Array.ForEach<Option>([_broker, _prefix, _json, _timeout], root.Options.Add);

    /// <summary>Reads them.</summary>
    /// <param name="result">The arguments.</param>
    /// <param name="interruption">Ends what is going on.</param>
    /// <returns>What a command is given.</returns>
    /// <exception cref="UsageException">One is wrong.</exception>
    public Invocation Read(ParseResult result, Interruption interruption)
    {
        // What was given is not repeated: it may hold a password.
        (string broker, string brokerSource) = Choose(result.GetValue(_broker), "--broker", BrokerVariable, StandardBroker);
        if (!BrokerAddress.TryParse(broker, out BrokerAddress? address))
        {
            throw new UsageException($"{brokerSource} must be {BrokerAddress.Rule}, e.g. {StandardBroker}");
        }

        (string prefix, string prefixSource) = Choose(result.GetValue(_prefix), "--prefix", PrefixVariable, StandardPrefix);
        if (!Names.IsPrefix(prefix))
        {
            throw new UsageException($"{prefixSource} must be names of A-Z a-z 0-9 _ - with single / between, not '{prefix}'");
        }

        double? timeout = result.GetValue(_timeout);
        return new Invocation
        {
            Broker = address,
            Prefix = prefix,
            Timeout = timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : StandardTimeout,
            IsTimeoutGiven = timeout is not null,
            Output = new Output(result.GetValue(_json)),
            Interruption = interruption,
        };
    }

    private static (string Value, string Source) Choose(string? option, string name, string variable, string standard)
    {
        if (option is not null)
        {
            return (option, name);
        }

        return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? (value, variable) : (standard, name);
    }

    private static double? ParseTimeout(ArgumentResult result)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and <= MaxTimeout)
        {
            return seconds;
        }

        result.AddError($"--timeout must be seconds, more than 0 and at most {MaxTimeout}, not '{text}'");
        return null;
    }
}

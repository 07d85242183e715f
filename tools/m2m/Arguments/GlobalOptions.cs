using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Mqtt;
using M2m.View;

namespace M2m.Arguments;

internal sealed class GlobalOptions
{
    public const string BrokerVariable = "M2M_BROKER";

    public const string PrefixVariable = "M2M_PREFIX";

    public const string CaVariable = "M2M_CA";

    public const string CertificateVariable = "M2M_CERT";

    public const string KeyVariable = "M2M_KEY";

    private const string DefaultBroker = "mqtt://127.0.0.1:1883";
    private const string DefaultPrefix = "m2m";
    private const double MaxTimeout = 7 * 86_400;
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    private readonly Option<string?> _broker = new("--broker")
    {
        HelpName = "URL",
        Recursive = true,
        Description = $"The broker, {BrokerAddress.Rule}; without a port it is 1883, with mqtts 8883 [default: {BrokerVariable}, or {DefaultBroker}]",
    };

    private readonly Option<string?> _ca = FileOption("--ca", $"With mqtts: the authorities to trust, in PEM, in place of those of this computer [default: {CaVariable}]");

    private readonly Option<string?> _certificate = FileOption("--cert", $"With mqtts: the certificate to show to the broker, in PEM [default: {CertificateVariable}]");

    private readonly Option<string?> _key = FileOption("--key", $"With mqtts: its private key [default: {KeyVariable}, or the file of --cert]");

    private readonly Option<string?> _mqtt = MqttVersions.Option($"The only version of MQTT to speak [default: {MqttVersions.V5}, and {MqttVersions.V311} where the broker refuses {MqttVersions.V5}]");

    private readonly Option<string?> _prefix = new("--prefix")
    {
        HelpName = "PREFIX",
        Recursive = true,
        Description = $"First level or levels of all topics [default: {PrefixVariable}, or {DefaultPrefix}]",
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
        Description = "Time to wait for a response; a device that receives the request later does not execute it [default: 10]",
        CustomParser = ParseTimeout,
    };

    public void AddTo(RootCommand root)
    {
        _mqtt.Recursive = true;
        Array.ForEach<Option>([_broker, _ca, _certificate, _key, _mqtt, _prefix, _json, _timeout], root.Options.Add);
    }

    public bool IsJson(ParseResult result) => result.GetValue(_json);

    /// <summary>The option alone: a variable says what this operator uses, not a device.</summary>
    public string? GivenBroker(ParseResult result) => result.GetValue(_broker);

    public string? GivenCa(ParseResult result) => result.GetValue(_ca);

    public string? GivenCertificate(ParseResult result) => result.GetValue(_certificate);

    public string? GivenKey(ParseResult result) => result.GetValue(_key);

    public string? GivenPrefix(ParseResult result) => result.GetValue(_prefix);

    public Invocation Read(ParseResult result, Interruption interruption)
    {
        // The message does not repeat the value: it may contain a password.
        (string broker, string brokerSource) = Choose(result.GetValue(_broker), "--broker", BrokerVariable, DefaultBroker);
        if (!BrokerAddress.TryParse(broker, out BrokerAddress? address))
        {
            throw new UsageException($"{brokerSource} must be {BrokerAddress.Rule}, e.g. {DefaultBroker}");
        }

        (string prefix, string prefixSource) = Choose(result.GetValue(_prefix), "--prefix", PrefixVariable, DefaultPrefix);
        if (!Names.IsPrefix(prefix))
        {
            throw new UsageException($"{prefixSource} must be names of A-Z a-z 0-9 _ - with single / between, not '{prefix}'");
        }

        double? timeout = result.GetValue(_timeout);
        return new Invocation
        {
            Broker = address.IsSecure ? address with { Tls = LoadTls(result) } : WithoutTls(address, result),
            MqttVersion = MqttVersions.Parse(result.GetValue(_mqtt)),
            Prefix = prefix,
            Timeout = timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultTimeout,
            IsTimeoutGiven = timeout is not null,
            Output = new Output(result.GetValue(_json)),
            Interruption = interruption,
        };
    }

    private static Option<string?> FileOption(string name, string description) => new(name) { HelpName = "FILE", Recursive = true, Description = description };

    private static string? FileOf(ParseResult result, Option<string?> option, string variable) =>
        result.GetValue(option) ?? (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } path ? path : null);

    private TlsFiles LoadTls(ParseResult result) =>
        TlsFiles.Load(FileOf(result, _ca, CaVariable), FileOf(result, _certificate, CertificateVariable), FileOf(result, _key, KeyVariable));

    // The variables may stay set for other brokers.
    private BrokerAddress WithoutTls(BrokerAddress address, ParseResult result)
    {
        Option<string?>? needless = Array.Find([_ca, _certificate, _key], option => result.GetValue(option) is not null);
        return needless is null ? address : throw new UsageException($"{needless.Name} needs a broker with TLS: mqtts://, not {address}");
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

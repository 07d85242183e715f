using System.CommandLine;
using MQTTnet.Formatter;

namespace M2m.Client.Mqtt;

/// <summary>The versions of MQTT that a client can speak.</summary>
public static class MqttVersions
{
    public const string V311 = "3.1.1";

    public const string V5 = "5";

    /// <param name="description">What the option is for.</param>
    public static Option<string?> Option(string description)
    {
        var option = new Option<string?>("--mqtt") { HelpName = $"{V311}|{V5}", Description = description };
        option.CompletionSources.Add(V311, V5);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && result.Tokens[0].Value is not (V311 or V5))
            {
                result.AddError($"--mqtt must be {V311} or {V5}, not '{result.Tokens[0].Value}'");
            }
        });
        return option;
    }

    /// <summary>Null when none is given: 5, and 3.1.1 where 5 is refused.</summary>
    public static MqttProtocolVersion? Parse(string? text) => text switch
    {
        V311 => MqttProtocolVersion.V311,
        V5 => MqttProtocolVersion.V500,
        _ => null,
    };

    public static string Name(this MqttProtocolVersion version) => version == MqttProtocolVersion.V500 ? V5 : V311;
}

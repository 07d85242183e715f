using M2m.Client.Mqtt;

namespace Boards.NativeSim.View;

/// <summary>The run as a view shows it. Contains no password.</summary>
internal sealed record RunInfo
{
    public const string Program = "native-sim";

    /// <summary>The program's own subscriber, at a broker that is not the embedded one, is refused or listens again.</summary>
    public const string Observer = "observer";

    public const string Disconnecting = "disconnecting";

    public required string Host { get; init; }

    public required int Port { get; init; }

    public required string? User { get; init; }

    public required bool HasPassword { get; init; }

    public required bool IsSecure { get; init; }

    /// <summary>Null without TLS, and when the settings name the broker.</summary>
    public required RunCredentials? Credentials { get; init; }

    public required bool IsEmbedded { get; init; }

    public required string Prefix { get; init; }

    public required IReadOnlyList<string> DeviceIds { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime StartedAt { get; init; }

    public required bool IsVirtual { get; init; }

    /// <summary>UTC of the world.</summary>
    public required Func<DateTime> Now { get; init; }

    public string Broker => new BrokerAddress(Host, Port, null, null) { Tls = IsSecure ? TlsFiles.None : null }.ToString();
}

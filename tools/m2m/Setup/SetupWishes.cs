using M2m.Arguments;

namespace M2m.Setup;

/// <summary>What the command line says; null: nothing.</summary>
internal sealed record SetupWishes
{
    public string? Board { get; init; }

    public string? Target { get; init; }

    public string? Port { get; init; }

    public string? Ssid { get; init; }

    public string? WifiPasswordFile { get; init; }

    public bool IsOpen { get; init; }

    public bool HasNoWifi { get; init; }

    public string? Broker { get; init; }

    public string? BrokerPasswordFile { get; init; }

    public string? Ca { get; init; }

    public string? Certificate { get; init; }

    public string? Key { get; init; }

    public string? Prefix { get; init; }

    public string? File { get; init; }

    public required IReadOnlyList<KeyValue> Pairs { get; init; }

    public string? Image { get; init; }

    public bool IsFilesOnly { get; init; }

    public required string Folder { get; init; }

    public bool IsForced { get; init; }
}

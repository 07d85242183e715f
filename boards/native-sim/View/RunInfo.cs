using M2m.Client.Mqtt;

namespace Boards.NativeSim.View;

/// <summary>What a view says about the run itself. Holds no password.</summary>
internal sealed record RunInfo
{
    /// <summary>Who speaks when it is no device.</summary>
    public const string Program = "native-sim";

    /// <summary>Type of the event that the run is about to end.</summary>
    public const string Leaving = "leaving";

    /// <summary>Host of the broker.</summary>
    public required string Host { get; init; }

    /// <summary>Port of the broker.</summary>
    public required int Port { get; init; }

    /// <summary>User at the broker, or null.</summary>
    public required string? User { get; init; }

    /// <summary>Whether the broker asks for a password.</summary>
    public required bool HasPassword { get; init; }

    /// <summary>Whether the broker runs in this process.</summary>
    public required bool IsEmbedded { get; init; }

    /// <summary>First level or levels of all topics.</summary>
    public required string Prefix { get; init; }

    /// <summary>The devices in their order.</summary>
    public required IReadOnlyList<string> DeviceIds { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>Whether the world's time is virtual: it may span days in a moment.</summary>
    public required bool IsVirtual { get; init; }

    /// <summary>UTC of the world now.</summary>
    public required Func<DateTime> Now { get; init; }

    /// <summary>The broker's address.</summary>
    public string Broker => new BrokerAddress(Host, Port, null, null).ToString();
}

namespace Boards.NativeSim.View;

/// <summary>The run as a view shows it. Contains no password.</summary>
internal sealed record RunInfo
{
    public const string Program = "native-sim";

    /// <summary>The program's own subscriber, at a broker that is not the embedded one, is refused or listens again.</summary>
    public const string Observer = "observer";

    public const string Disconnecting = "disconnecting";

    public required string Broker { get; init; }

    public required bool IsEmbedded { get; init; }

    /// <summary>That the embedded broker is not where its clients look for it; null when it is.</summary>
    public string? OtherPort { get; init; }

    /// <summary>Commands for another terminal, and what each is for. None where nobody can watch.</summary>
    public required IReadOnlyList<(string Purpose, string Line)> PasteLines { get; init; }

    public required IReadOnlyList<string> DeviceIds { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime StartedAt { get; init; }

    public required bool IsVirtual { get; init; }

    /// <summary>UTC of the world.</summary>
    public required Func<DateTime> Now { get; init; }
}

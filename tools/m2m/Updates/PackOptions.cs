using M2m.Client.Updates;

namespace M2m.Updates;

internal sealed record PackOptions(string Board, ReleaseVersion Version)
{
    public const string AnyRuntime = "0.0.0";

    /// <summary>Full name; null: the class <c>Application</c> of the last assembly.</summary>
    public string? Entry { get; init; }

    public int Loader { get; init; } = 1;

    public string Runtime { get; init; } = AnyRuntime;

    public string? Notes { get; init; }

    public bool AllowDowngrade { get; init; }

    public IReadOnlyCollection<string> Libraries { get; init; } = [];
}

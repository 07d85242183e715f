using M2m.Client.Arguments;
using M2m.Client.Updates;

namespace M2m.Updates;

/// <summary>What a bundle is to be.</summary>
/// <param name="Board">The board that it is for.</param>
/// <param name="Version">Its version.</param>
internal sealed record PackOptions(string Board, ReleaseVersion Version)
{
    /// <summary>A runtime that every device has.</summary>
    public const string AnyRuntime = "0.0.0";

    /// <summary>Full name of the entry type; null: <c>Application</c> in the namespace that the last assembly is named for.</summary>
    public string? Entry { get; init; }

    /// <summary>Least number of the loader's contract.</summary>
    public int Loader { get; init; } = 1;

    /// <summary>Least version of the runtime.</summary>
    public string Runtime { get; init; } = AnyRuntime;

    /// <summary>For people; null: none.</summary>
    public string? Notes { get; init; }

    /// <summary>Whether a device may go back to this version.</summary>
    public bool AllowDowngrade { get; init; }

    /// <summary>Names of assemblies that keep a version of their own.</summary>
    public IReadOnlyCollection<string> Libraries { get; init; } = [];
}

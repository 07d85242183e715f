namespace M2m.Updates;

/// <summary>What became of a release in a directory.</summary>
/// <param name="File">Its manifest.</param>
/// <param name="Release">The release; null when it is refused.</param>
/// <param name="Kind">One of the words below.</param>
/// <param name="Reason">Why it is refused, or null.</param>
internal sealed record ReleaseChange(string File, Release? Release, string Kind, string? Reason)
{
    /// <summary>It is served.</summary>
    public const string Serving = "serving";

    /// <summary>It is broken.</summary>
    public const string Refused = "refused";

    /// <summary>Its files were taken away.</summary>
    public const string Gone = "gone";
}

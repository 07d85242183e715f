namespace M2m.Updates;

internal sealed record ReleaseChange(string File, Release? Release, string Kind, string? Reason)
{
    public const string Serving = "serving";

    public const string Refused = "refused";

    public const string Gone = "gone";
}

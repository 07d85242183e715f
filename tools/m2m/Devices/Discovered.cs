namespace M2m.Devices;

internal sealed record Discovered(string By, string Id)
{
    public const string ByStatus = "status";

    public const string ByHomeAssistant = "homeassistant";

    public string? Prefix { get; init; }

    public string? State { get; init; }

    public string? Version { get; init; }

    public string? Name { get; init; }

    public string? Model { get; init; }

    public int Entities { get; init; }
}

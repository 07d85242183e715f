namespace M2m.Devices;

/// <summary>A device that was found.</summary>
/// <param name="By">How: <c>status</c> or <c>homeassistant</c>.</param>
/// <param name="Id">Its id, or its first identifier at Home Assistant.</param>
internal sealed record Discovered(string By, string Id)
{
    /// <summary>Found by its retained status.</summary>
    public const string ByStatus = "status";

    /// <summary>Found by what it announces to Home Assistant.</summary>
    public const string ByHomeAssistant = "homeassistant";

    /// <summary>The prefix of its topics, or null.</summary>
    public string? Prefix { get; init; }

    /// <summary>Its presence, or null.</summary>
    public string? State { get; init; }

    /// <summary>Version of its firmware, or null.</summary>
    public string? Version { get; init; }

    /// <summary>Its name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>What it is, or null.</summary>
    public string? Model { get; init; }

    /// <summary>How many things it announces to Home Assistant.</summary>
    public int Entities { get; init; }
}

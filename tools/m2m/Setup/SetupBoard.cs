namespace M2m.Setup;

/// <summary>A folder of boards/, the nanoFramework target that runs on it, and the assembly of its program.</summary>
internal sealed record SetupBoard(string Name, string Target, string Assembly)
{
    private static readonly string[] s_builds = ["Release", "Debug"];

    public static IReadOnlyList<SetupBoard> All { get; } =
    [
        new("esp32-devkitc", "ESP32_REV3", "Boards.Esp32DevKitC"),
        new("esp32-s3-devkitc", "ESP32_S3_QUAD", "Boards.Esp32S3DevKitC"),
        new("esp32-c3-devkitm", "ESP32_C3", "Boards.Esp32C3DevKitM"),
        new("esp32-c6-devkitc", "ESP32_C6_THREAD", "Boards.Esp32C6DevKitC"),
    ];

    /// <summary>The image of a build in this folder, the release first; null: none.</summary>
    public string? FindImage() =>
        s_builds.Select(kind => Path.Combine("boards", Name, "bin", kind, Assembly + ".bin")).FirstOrDefault(File.Exists);
}

using System.Text.Json;
using Firmware.Settings;

namespace M2m.Setup;

/// <summary>What is written and flashed.</summary>
/// <param name="Board">Null when only the files are deployed.</param>
/// <param name="Target">Null with no board.</param>
/// <param name="Port">The serial port.</param>
/// <param name="Image">The program; null: none is there.</param>
/// <param name="Files">Those of the device, by their names there.</param>
internal sealed record SetupPlan(SetupBoard? Board, string? Target, string Port, string? Image, IReadOnlyList<(string Name, byte[] Content)> Files)
{
    public const string DeployFile = "deploy.json";

    public const string SettingsFile = DeviceSettings.File;

    /// <summary>The drive of the firmware's files (boards/esp32/FileStorage.cs).</summary>
    private const string Root = "I:\\";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What nanoff reads (nanoFirmwareFlasher: FileDeploymentConfiguration.cs), the same in 2.5 and 3.0.</summary>
    public static byte[] ToDeployFile(IEnumerable<string> paths) => JsonSerializer.SerializeToUtf8Bytes(
        new Dictionary<string, object>
        {
            ["files"] = paths.Select(path => new Dictionary<string, string> { ["DestinationFilePath"] = Root + Path.GetFileName(path), ["SourceFilePath"] = path }).ToArray(),
        },
        Indented);
}

using System.Text.Json;
using M2m.Client.Arguments;

namespace Boards.NativeSim.Playback;

/// <summary>Finds a scenario by its name or path, and reads it.</summary>
internal static class ScenarioFile
{
    private const string Extension = ".json";
    private const long MaxLength = 1 << 20;

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "scenarios");

    public static IReadOnlyList<string> Names =>
        [.. Directory.EnumerateFiles(Folder, "*" + Extension).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    public static Scenario Load(string nameOrPath)
    {
        string path = Names.Contains(nameOrPath) ? Path.Combine(Folder, nameOrPath + Extension) : nameOrPath;
        try
        {
            if (!File.Exists(path))
            {
                throw new UsageException($"there is no scenario and no file '{nameOrPath}'; there are {string.Join(", ", Names)}");
            }

            if (new FileInfo(path).Length > MaxLength)
            {
                throw new UsageException($"{path} is larger than {MaxLength} bytes");
            }

            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return ScenarioReader.Read(document.RootElement);
        }
        catch (UsageException e)
        {
            throw new UsageException($"--scenario: {e.Message}");
        }
        catch (JsonException e)
        {
            throw new UsageException($"--scenario: {path} is not JSON: see line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--scenario: cannot read the file: {e.Message}");
        }
    }
}

using Boards.NativeSim.Images;
using M2m.Client.Arguments;

namespace Boards.NativeSim;

internal static class ImageCommand
{
    public static int Execute(RunOptions options)
    {
        var builtIn = Version.Parse(SimulatedBoard.Version);
        Version version = options.ImageVersion ?? new Version(builtIn.Major, builtIn.Minor + 1, 0);
        if (version.Major == builtIn.Major && version.Minor == builtIn.Minor)
        {
            throw new UsageException($"--image-version must differ from the built-in {builtIn} in major or minor: by these a device binds assemblies");
        }

        try
        {
            IReadOnlyList<string> files = ImageWriter.Write(options.ImageFolder!, version);
            Console.Out.WriteLine($"m2m update pack --board {SimulatedBoard.Name} --version {version} --entry {ImageWriter.Entry} {string.Join(' ', files.Select(Quote))}");
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--write-image: {e.Message}");
        }
    }

    private static string Quote(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"'{path}'" : path;
}

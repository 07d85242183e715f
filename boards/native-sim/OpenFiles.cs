using System.Globalization;
using M2m.Client.Arguments;

namespace Boards.NativeSim;

/// <summary>
/// Each connection is an open file. Beyond the system's limit any call fails, with a message that does not name the
/// cause: so the limit is checked first.
/// </summary>
internal static class OpenFiles
{
    private const string Limits = "/proc/self/limits";
    private const string Line = "Max open files";
    private const int OwnFiles = 500;

    public static void Require(int devices, bool isBrokerEmbedded)
    {
        int needed = (devices * (isBrokerEmbedded ? 2 : 1)) + OwnFiles;
        if (Limit() is { } limit && needed > limit)
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture,
                $"--devices {devices} needs {needed} open files, but the limit is {limit}: take fewer, or raise it with ulimit -Hn"));
        }
    }

    // The hard limit: the runtime raises the soft one to it.
    private static long? Limit()
    {
        if (!File.Exists(Limits))
        {
            return null;
        }

        string? line = File.ReadLines(Limits).FirstOrDefault(text => text.StartsWith(Line, StringComparison.Ordinal));
        string[] words = (line ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length >= 5 && long.TryParse(words[4], CultureInfo.InvariantCulture, out long hard) ? hard : null;
    }
}

using System.Globalization;
using M2m.Client.Arguments;

namespace Boards.NativeSim;

/// <summary>
/// Each connection is an open file, and the system limits those of a process. Past the limit things fail anywhere,
/// with messages that do not tell why: so it is asked before.
/// </summary>
internal static class OpenFiles
{
    private const string Limits = "/proc/self/limits";
    private const string Line = "Max open files";
    private const int OwnFiles = 500;

    /// <summary>Checks that there will be enough.</summary>
    /// <param name="devices">Number of devices.</param>
    /// <param name="isBrokerEmbedded">Whether the broker's ends of the connections are in this process too.</param>
    /// <exception cref="UsageException">There are too few.</exception>
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

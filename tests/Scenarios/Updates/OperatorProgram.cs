using System.Diagnostics;
using Boards.NativeSim.Simulation;
using M2m.Updates;

namespace Scenarios.Updates;

/// <summary>The command line m2m as an operator runs it, a process, while the world goes on a hundred times as fast as the host.</summary>
internal static class OperatorProgram
{
    private const int WorldMs = 500;
    private static readonly TimeSpan s_host = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);

    /// <summary>Runs a command.</summary>
    /// <param name="world">Goes on meanwhile; null for none.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its exit code and all that it said.</returns>
    public static async Task<(int ExitCode, string Text)> RunAsync(Scheduler? world, params string[] arguments)
    {
        string program = Path.ChangeExtension(typeof(Release).Assembly.Location, ".dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        var watch = Stopwatch.StartNew();
        while (!process.HasExited)
        {
            if (watch.Elapsed > s_patience)
            {
                process.Kill();
                throw new TimeoutException("m2m does not end: " + string.Join(' ', arguments));
            }

            if (world is null)
            {
                await Task.Delay(s_host);
            }
            else
            {
                world.PumpUntil(() => process.HasExited, s_host);
                world.RunFor(WorldMs);
            }
        }

        return (process.ExitCode, await output + await errors);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Boards.NativeSim.Faults;

namespace Scenarios.Harness;

/// <summary>The program as a person runs it: a process with arguments, its output and its exit code.</summary>
internal static class NativeSimProgram
{
    /// <summary>Only against a program that hangs: how fast the host is decides nothing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static async Task<Outcome> RunAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new Outcome(process.ExitCode, Lines(await output), Lines(await errors));
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException("native-sim does not end: " + string.Join(' ', arguments));
        }
    }

    /// <summary>A run in real time, ended by a signal once its device is online.</summary>
    public static async Task<Outcome> EndAsync(string signal, params string[] arguments)
    {
        using Process process = Start([.. arguments, "--json"]);
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
            string output = string.Empty;
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                output += line + '\n';
                if (line.Contains("\"state\":\"online\"", StringComparison.Ordinal))
                {
                    break;
                }
            }

            Task<string> rest = process.StandardOutput.ReadToEndAsync(limit.Token);
            using Process kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new Outcome(process.ExitCode, Lines(output + await rest), Lines(await errors));
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException("native-sim does not end on SIG" + signal);
        }
    }

    /// <summary>A run in virtual time with JSON lines.</summary>
    public static Task<Outcome> RunFastAsync(int seconds, params string[] more) =>
        RunAsync(["--speed", "max", "--json", "--duration", seconds.ToString(CultureInfo.InvariantCulture), .. more]);

    private static Process Start(string[] arguments)
    {
        string program = Path.ChangeExtension(typeof(Fault).Assembly.Location, ".dll");
        Process process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        return process;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>How a run ended.</summary>
    internal sealed record Outcome(int ExitCode, string[] Output, string[] Errors)
    {
        /// <summary>The last line of output.</summary>
        public JsonElement Summary => Parse(Output[^1]);

        public long Figure(string name) => Summary.GetProperty(name).GetInt64();

        /// <summary>The JSON lines of a type.</summary>
        public IEnumerable<JsonElement> Of(string type) => Output.Select(Parse).Where(line => line.GetProperty("type").GetString() == type);

        private static JsonElement Parse(string line)
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.Clone();
        }
    }
}

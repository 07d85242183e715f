using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using M2m.Client;

namespace M2m.Setup;

/// <summary>nanoFramework's flash tool (github.com/nanoframework/nanoFirmwareFlasher): 2.5 has options, 3.0 has verbs.</summary>
internal sealed partial class Nanoff
{
    public const string Install = "dotnet tool install -g nanoff";

    private const int VerbsSince = 3;
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);

    private readonly string _program;
    private readonly bool _hasVerbs;

    private Nanoff(string program, string? version)
    {
        _program = program;
        Version = version;
        _hasVerbs = version is not null && int.Parse(version.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture) >= VerbsSince;
    }

    /// <summary>As it reports it; null: none is installed.</summary>
    public string? Version { get; }

    /// <summary>The one in the path, else that of .NET's global tools, which many have not in their path.</summary>
    public static async Task<Nanoff> FindAsync(CancellationToken cancel)
    {
        string ofTools = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools", "nanoff");
        foreach (string program in new[] { "nanoff", ofTools })
        {
            if (await AskVersionAsync(program, cancel).ConfigureAwait(false) is { } said)
            {
                Match version = Number().Match(said);
                return version.Success ? new Nanoff(program, version.Value) : throw new FailedException($"nanoff --version names no version: dotnet tool update -g nanoff installs another");
            }
        }

        return new Nanoff("nanoff", null);
    }

    public string[] Runtime(string target, string port) =>
        _hasVerbs ? [_program, "flash", "target", target, "serialport", port] : [_program, "--update", "--target", target, "--serialport", port];

    public string[] Files(string deployFile, string port) =>
        _hasVerbs ? [_program, "deploy", "file", deployFile, "serialport", port] : [_program, "--filedeployment", deployFile, "--serialport", port];

    public string[] Program(string target, string image, string port) => _hasVerbs
        ? [_program, "deploy", "target", target, "serialport", port, "image", image]
        : [_program, "--target", target, "--serialport", port, "--deploy", "--image", image];

    /// <summary>What it writes goes to standard error.</summary>
    /// <exception cref="FailedException">It failed, or a file did not get there: for that it ends with 0.</exception>
    public static async Task RunAsync(string[] command, CancellationToken cancel)
    {
        string? failed = null;
        using Process process = Start(command);
        try
        {
            await Task.WhenAll(
                PassAsync(process.StandardOutput, line => failed ??= FileFailure().IsMatch(line) ? line.Trim() : null, cancel),
                PassAsync(process.StandardError, _ => { }, cancel),
                process.WaitForExitAsync(cancel)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        if (process.ExitCode != 0 || failed is not null)
        {
            throw new FailedException($"nanoff {(failed is null ? $"ended with {process.ExitCode}" : $"reports: {failed}")}. What came after it is not run; repeat from: {Quote(command)}");
        }
    }

    /// <summary>As it is typed into a shell.</summary>
    public static string Quote(string[] command) => string.Join(' ', command.Select(word =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or ':' || (c == '\\' && OperatingSystem.IsWindows())) ? word
        : OperatingSystem.IsWindows() ? $"\"{word}\"" : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));

    private static async Task<string?> AskVersionAsync(string program, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(AnswerTime);
        try
        {
            using Process process = Start([program, "--version"]);
            try
            {
                string[] said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token)).ConfigureAwait(false);
                return string.Concat(said);
            }
            finally
            {
                // It has closed its output, or does not answer.
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Win32Exception)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new FailedException($"{program} --version does not answer within {AnswerTime.TotalSeconds} s");
        }
    }

    private static Process Start(string[] command) => Process.Start(new ProcessStartInfo(command[0], command[1..])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task PassAsync(StreamReader from, Action<string> see, CancellationToken cancel)
    {
        while (await from.ReadLineAsync(cancel).ConfigureAwait(false) is { } line)
        {
            see(line);
            View.Output.Note(line);
        }
    }

    [GeneratedRegex(@"\d+\.\d+\.[0-9A-Za-z.-]+")]
    private static partial Regex Number();

    // Of its FileDeploymentManager.
    [GeneratedRegex(@"^\s*(Error|Exception) deploying ")]
    private static partial Regex FileFailure();
}

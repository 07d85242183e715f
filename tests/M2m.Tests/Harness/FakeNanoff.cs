namespace M2m.Tests.Harness;

/// <summary>A nanoff in a path of its own, that records its arguments.</summary>
internal sealed class FakeNanoff : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    /// <param name="says">What it writes for --version; null: there is none.</param>
    /// <param name="script">What it does with other arguments.</param>
    public FakeNanoff(string? says, string script = "")
    {
        if (says is null)
        {
            return;
        }

        string path = Path.Combine(_folder, "nanoff");
        File.WriteAllText(path, $"""
            #!/bin/sh
            if [ "$1" = --version ]; then echo '{says}'; exit 0; fi
            for argument in "$@"; do printf '%s|' "$argument"; done >> '{Record}'
            echo >> '{Record}'
            {script}
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    public string[] Runs => File.Exists(Record) ? File.ReadAllLines(Record) : [];

    /// <summary>No other nanoff is found with these.</summary>
    public Dictionary<string, string> Variables => new()
    {
        ["PATH"] = $"{_folder}:{string.Join(':', Environment.GetEnvironmentVariable("PATH")!.Split(':').Where(place => !File.Exists(Path.Combine(place, "nanoff"))))}",
        ["HOME"] = _folder,
    };

    private string Record => Path.Combine(_folder, "record");

    public void Dispose() => Directory.Delete(_folder, true);
}

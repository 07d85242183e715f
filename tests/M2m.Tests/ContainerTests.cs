using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using M2m.Tests.Harness;

namespace M2m.Tests;

/// <summary>What can be known of containers/ without an engine; .ci/try-containers builds and runs it where one is.</summary>
[TestClass]
public sealed class ContainerTests
{
    private static readonly string[] Folders = ["firmware", "boards", "tools"];

    private static string Root => NativeSimTests.Repository;

    private static string[] Steps => [.. Read("Containerfile").Split('\n').Where(line => line.Length > 0 && line[0] != '#')];

    private static string Compose => Read("compose.yaml");

    [TestMethod]
    public void Everything_that_is_copied_is_there()
    {
        string[] copied = [.. Copied()];
        CollectionAssert.IsSubsetOf(Folders, copied);
        Assert.AreEqual(string.Empty, string.Join(' ', copied.Where(path => !Path.Exists(Path.Combine(Root, path)))));
    }

    [TestMethod]
    public void Projects_need_nothing_that_is_not_copied()
    {
        string[] published = [.. Steps.Select(step => Regex.Match(step, "^RUN dotnet publish (\\S+) -c Release -o (\\S+)$")).Where(match => match.Success).Select(match => match.Groups[1].Value)];
        CollectionAssert.AreEqual(new[] { "boards/native-sim", "tools/m2m" }, published);
        var seen = new HashSet<string>();
        var open = new Stack<string>(published.Select(folder => Directory.GetFiles(Path.Combine(Root, folder), "*.csproj").Single()));
        while (open.TryPop(out string? project))
        {
            if (seen.Add(project))
            {
                foreach (Match reference in Regex.Matches(File.ReadAllText(project), "<(?:ProjectReference Include|Import Project)=\"([^\"$]+)\""))
                {
                    open.Push(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, reference.Groups[1].Value)));
                }
            }
        }

        Assert.IsGreaterThan(15, seen.Count);
        Assert.AreEqual(string.Empty, string.Join(' ', seen.Where(path => !Folders.Contains(Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar)[0]))));
    }

    [TestMethod]
    public void Build_output_of_this_computer_stays_out()
    {
        string[] left = File.ReadAllLines(Path.Combine(Root, ".dockerignore"));
        CollectionAssert.IsSubsetOf(new[] { "**/bin", "**/obj", ".git", "**/node_modules" }, left);
        Assert.IsFalse(left.Any(line => Copied().Contains(line)), string.Join(' ', left));
    }

    [TestMethod]
    public async Task Commands_of_the_services_are_valid()
    {
        string[] simulator = Words("native-sim", "command");
        string help = await HelpAsync(NativeSimTests.NativeSim());
        Assert.AreEqual(string.Empty, string.Join(' ', simulator.Where(word => word.StartsWith("--", StringComparison.Ordinal) && !help.Contains(word + " ", StringComparison.Ordinal))));
        Assert.AreEqual("/app/native-sim/native-sim.dll", JsonSerializer.Deserialize<string[]>(Steps.Single(step => step.StartsWith("ENTRYPOINT ", StringComparison.Ordinal))["ENTRYPOINT ".Length..])![1]);
        Assert.AreEqual("/app/m2m/m2m.dll", Words("m2m", "entrypoint")[1]);
        StringAssert.Matches(await HelpAsync(Tool.Dll), new Regex($"^  {Words("m2m", "command")[0]} ", RegexOptions.Multiline));
        StringAssert.Contains(Compose, "dockerfile: containers/Containerfile");
        StringAssert.Contains(Compose, "M2M_BROKER: \"mqtt://broker:1883\"");
        StringAssert.Contains(Compose, "[\"127.0.0.1:1883:1883\"]");
    }

    private static IEnumerable<string> Copied() => Steps.Where(step => step.StartsWith("COPY ", StringComparison.Ordinal) && !step.Contains("--from", StringComparison.Ordinal)).SelectMany(step => step.Split(' ')[1..^1]);

    private static string Read(string name) => File.ReadAllText(Path.Combine(Root, "containers", name));

    private static string[] Words(string service, string key)
    {
        string own = Regex.Match(Compose, $"^  {service}:\n((?:    .*\n?)+)", RegexOptions.Multiline).Groups[1].Value;
        return JsonSerializer.Deserialize<string[]>(Regex.Match(own, $"{key}: (\\[.*\\])").Groups[1].Value)!;
    }

    private static async Task<string> HelpAsync(string program)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [program, "--help"]) { RedirectStandardOutput = true })!;
        string said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said;
    }
}

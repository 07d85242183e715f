using M2m.Client;
using M2m.Client.Updates;
using M2m.Tests.Harness;
using M2m.Updates;

namespace M2m.Tests;

[TestClass]
public class UpdatePackTests
{
    [TestMethod]
    public async Task Device_assemblies_become_a_bundle_and_a_manifest()
    {
        using var releases = new Releases();
        string core = Write(releases, "core.pe", CodeFiles.Pe("Firmware.Core", "0.2.0.0"));
        string board = Write(releases, "board.pe", CodeFiles.Pe("Boards.Test", "0.2.0.0", references: ("Firmware.Core", "0.2.0.0")));
        string[] arguments =
        [
            "update", "pack", "--board", "esp32-devkitc", "--version", "0.2.0", "--loader", "2", "--runtime", "1.9.0", "--notes", "warm \"é\"", "--allow-downgrade", "--out", releases.At("new/folder"), core, board,
        ];
        Ran people = await Tool.RunAsync(null, arguments);
        Assert.AreEqual(0, people.ExitCode, people.Error);
        StringAssert.Contains(people.Out, "Firmware.Core  0.2.0.0");
        StringAssert.Contains(people.Error, "Next: m2m update sign");

        // Once more: the same input is the same release.
        Ran programs = await Tool.RunAsync(null, [.. arguments, "--json"]);
        Assert.AreEqual(0, programs.ExitCode, programs.Error);
        Assert.AreEqual("Boards.Test.Application", programs.Json.GetProperty("entry").GetString());
        Bundle bundle = Bundle.Read(File.ReadAllBytes(releases.At("new/folder/esp32-devkitc-0.2.0.bundle")));
        Assert.AreEqual("Firmware.Core Boards.Test", string.Join(' ', bundle.Parts.Select(part => part.Name)));
        Manifest manifest = ManifestReader.Read(File.ReadAllBytes(releases.At("new/folder/esp32-devkitc-0.2.0.json")));
        Assert.AreEqual("2 1.9.0 warm \"é\" True", $"{manifest.Loader} {manifest.Runtime} {manifest.Notes} {manifest.AllowDowngrade}");
        Assert.AreEqual(0, ReleaseCheck.Of(releases.At("new/folder/esp32-devkitc-0.2.0.json"), null).Problems.Count);
        await File.WriteAllBytesAsync(core, CodeFiles.Pe("Firmware.Core", "0.2.0.0", "Other"));
        Ran other = await Tool.RunAsync(null, arguments);
        Assert.AreEqual(1, other.ExitCode);
        StringAssert.Contains(other.Error, "exists already with other content");
    }

    [TestMethod]
    public void Desktop_assemblies_are_read_without_being_loaded()
    {
        using var releases = new Releases();
        IReadOnlyList<byte[]> files = CodeFiles.Dlls(("Firmware.Core", "0.2.0.0"), ("Boards.Test", "0.2.0.0"));
        CodeAssembly[] assemblies = [.. files.Select((bytes, i) => CodeAssembly.Load(Write(releases, $"{i}.dll", bytes)))];
        (byte[] bundle, _) = Packer.Pack(Options(), assemblies);
        Assert.AreEqual("Boards.Test.Application", Bundle.Read(bundle).Entry);
        string message = Refusal(Options(), assemblies[1], assemblies[0]);
        StringAssert.Contains(message, "Boards.Test refers to Firmware.Core, which comes later");
    }

    [TestMethod]
    public void Assembly_of_another_version_is_refused_with_what_to_do()
    {
        CodeAssembly old = Pe("Boards.Test", "0.1.0.0");
        StringAssert.Contains(Refusal(Options(), old), "has version 0.1.0.0, the release 0.2.0 needs 0.2.0.0");
        StringAssert.Contains(Refusal(Options(), Pe("Boards.Test", "0.2.1.0")), "--library Boards.Test");
        Packer.Pack(Options() with { Libraries = ["Some.Library"] }, [Pe("Some.Library", "7.1.2.3"), Pe("Boards.Test", "0.2.0.0")]);
    }

    [TestMethod]
    public void Assembly_that_was_built_against_an_older_one_is_refused()
    {
        CodeAssembly board = Pe("Boards.Test", "0.2.0.0", ("Firmware.Core", "0.1.0.0"));
        StringAssert.Contains(Refusal(Options(), Pe("Firmware.Core", "0.2.0.0"), board), "was built against Firmware.Core 0.1.0.0");
    }

    [TestMethod]
    public void Assemblies_that_cannot_be_loaded_together_are_refused()
    {
        CodeAssembly board = Pe("Boards.Test", "0.2.0.0");
        CodeAssembly core = Pe("Firmware.Core", "0.2.0.0");
        CodeAssembly desktop = DesktopAssembly.Read("x.dll", CodeFiles.Dlls(("Firmware.Core", "0.2.0.0"))[0]);
        StringAssert.Contains(Refusal(Options(), board, Pe("Boards.Test", "0.2.0.0")), "are both Boards.Test");
        StringAssert.Contains(Refusal(Options(), desktop, board), "not for the same machine");
        StringAssert.Contains(Refusal(Options(), Pe("Boards.Test", "0.2.0.0", ("Firmware.Core", "0.2.0.0")), core), "which comes later");
        StringAssert.Contains(Refusal(Options(), [.. Enumerable.Range(0, 17).Select(i => Pe($"A{i}", "0.2.0.0"))]), "1 to 16 assemblies");
    }

    [TestMethod]
    public void Entry_type_that_is_not_there_is_refused()
    {
        CodeAssembly[] assemblies = [Pe("Boards.Test", "0.2.0.0"), Pe("Firmware.Core", "0.2.0.0")];
        StringAssert.Contains(Refusal(Options() with { Entry = "Boards.Test.Program" }, assemblies), "e.g. Boards.Test.Application");
        StringAssert.Contains(Refusal(Options() with { Entry = "a b" }, assemblies), "cannot be the entry type");
        Packer.Pack(Options() with { Entry = "Boards.Test.Application" }, assemblies);
    }

    [TestMethod]
    [DataRow("Boards.Shared.Application", "Boards.Shared.Board", "Boards.Shared.Application")]
    [DataRow("Boards.Test.Application", "Boards.Shared.Application", "Boards.Test.Application")]
    public void Entry_is_the_class_Application_of_the_last_assembly(string entry, params string[] types)
    {
        var board = new CodeAssembly { Path = "b.pe", Name = "Boards.Test", Version = new Version(0, 2, 0, 0), References = [], Types = types, Bytes = new byte[200], IsNano = true };
        (byte[] bundle, _) = Packer.Pack(Options(), [Pe("Firmware.Core", "0.2.0.0"), board]);
        Assert.AreEqual(entry, Bundle.Read(bundle).Entry);
    }

    [TestMethod]
    public void Bundle_larger_than_a_device_holds_is_refused()
    {
        CodeAssembly Large(string name) => new()
        {
            Path = name, Name = name, Version = new Version(0, 2, 0, 0), References = [], Types = [name + ".Application"], Bytes = new byte[150_000], IsNano = true,
        };
        StringAssert.Contains(Refusal(Options(), Large("A"), Large("B")), "a device has room for 294912");
    }

    [TestMethod]
    public void Every_damage_of_a_pe_is_noticed()
    {
        byte[] file = CodeFiles.Pe("Boards.Test", "0.2.0.0", references: ("mscorlib", "1.17.11.0"));
        CodeAssembly read = NanoAssembly.Read("x.pe", file);
        Assert.AreEqual("Boards.Test 0.2.0.0 (mscorlib, 1.17.11.0) Boards.Test.Application", $"{read.Name} {read.Version} {read.References[0]} {read.Types[0]}");
        for (int i = 0; i < file.Length; i++)
        {
            byte[] damaged = [.. file];
            damaged[i] ^= 0x10;
            Assert.ThrowsExactly<FailedException>(() => NanoAssembly.Read("x.pe", damaged), $"byte {i}");
            byte[] cut = file[..i];
            Assert.ThrowsExactly<FailedException>(() => NanoAssembly.Read("x.pe", cut), $"length {i}");
        }
    }

    [TestMethod]
    [DataRow("--board ../x --version 0.2.0 a.pe", "--board must be 1 to 32")]
    [DataRow("--board b --version 0.2 a.pe", "--version must be x.y.z")]
    [DataRow("--board b --version 0.2.0 --runtime new a.pe", "--runtime must be")]
    [DataRow("--board b --version 0.2.0 --loader 0 a.pe", "--loader must be a whole number from 1 to 255")]
    [DataRow("--version 0.2.0 a.pe", "--board")]
    [DataRow("--board b --version 0.2.0", "FILE")]
    public async Task Wrong_arguments_are_reported(string arguments, string why)
    {
        Ran ran = await Tool.RunAsync(null, ["update", "pack", .. arguments.Split(' ')]);
        Assert.AreEqual(2, ran.ExitCode, ran.Error);
        StringAssert.Contains(ran.Error, why);
    }

    [TestMethod]
    public async Task Files_that_are_no_assemblies_are_reported()
    {
        using var releases = new Releases();
        Ran missing = await Tool.RunAsync(null, "update", "pack", "--board", "b", "--version", "0.2.0", releases.At("none.pe"));
        Ran text = await Tool.RunAsync(null, "update", "pack", "--board", "b", "--version", "0.2.0", Write(releases, "text.pe", [.. "hello"u8]));
        Ran broken = await Tool.RunAsync(null, "update", "pack", "--board", "b", "--version", "0.2.0", Write(releases, "text.dll", [.. "hello"u8]));
        Assert.AreEqual((1, 1, 1), (missing.ExitCode, text.ExitCode, broken.ExitCode));
        StringAssert.Contains(missing.Error, "there is no file");
        StringAssert.Contains(text.Error, "does not begin with NFMRK1");
        StringAssert.Contains(broken.Error, "is not an assembly of .NET");
    }

    private static PackOptions Options() => new("esp32-devkitc", new ReleaseVersion(0, 2, 0));

    private static CodeAssembly Pe(string name, string version, params (string Name, string Version)[] references) =>
        NanoAssembly.Read(name + ".pe", CodeFiles.Pe(name, version, references: references));

    private static string Refusal(PackOptions options, params CodeAssembly[] assemblies) =>
        Assert.ThrowsExactly<FailedException>(() => Packer.Pack(options, assemblies)).Message;

    private static string Write(Releases releases, string name, byte[] bytes)
    {
        File.WriteAllBytes(releases.At(name), bytes);
        return releases.At(name);
    }
}

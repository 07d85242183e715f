using System.Reflection.PortableExecutable;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Boards.NativeSim.Images;

/// <summary>Makes the assemblies of an image from the built-in ones: with another version, and without what the device's format omits.</summary>
internal static class ImageWriter
{
    public const string Entry = "Boards.NativeSim.Application";

    /// <summary>
    /// In load order. Firmware.Core, Firmware, Firmware.Gateway, Firmware.GatewayText and Firmware.Provisioning are taken from the deployment:
    /// the desktop's assemblies are a third larger than the device's, and all of them are more than a bundle may have.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "Firmware.Updates", "Firmware.HomeAssistant", "Firmware.Inputs", "Firmware.Outputs", "Firmware.Rules", "Firmware.Security", "Firmware.Sleep",
        "Boards.Esp32", "Boards.Esp32.Updates", "Boards.NativeSim",
    ];

    public static IReadOnlyList<string> Write(string folder, Version version)
    {
        Directory.CreateDirectory(folder);
        var files = new List<string>();
        foreach (string name in Names)
        {
            string file = Path.Combine(folder, name + ".dll");
            File.WriteAllBytes(file, Rewrite(name, version, Names));
            files.Add(file);
        }

        return files;
    }

    public static byte[] Rewrite(string name, Version version, IReadOnlyCollection<string> names, Action<AssemblyDefinition>? change = null)
    {
        using MemoryStream original = WithoutVersionResource(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, name + ".dll")));
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(original);
        string text = version.ToString(3);
        var full = Version.Parse(text + ".0");
        assembly.Name.Version = full;
        foreach (AssemblyNameReference reference in assembly.MainModule.AssemblyReferences.Where(reference => names.Contains(reference.Name)))
        {
            reference.Version = full;
        }

        foreach (Instruction instruction in Bodies(assembly.MainModule).SelectMany(body => body.Instructions))
        {
            // The compiler copies the constant to each use.
            instruction.Operand = instruction.Operand is SimulatedBoard.Version ? text : instruction.Operand;
        }

        change?.Invoke(assembly);
        ImageStrip.Strip(assembly);
        using var file = new MemoryStream();
        assembly.Write(file);
        return file.ToArray();
    }

    // What Windows shows of a file: a kilobyte of each assembly. A directory without an address and size is not written again.
    private static MemoryStream WithoutVersionResource(byte[] file)
    {
        const int Directories32 = 96;
        const int Directories64 = 112;
        const int Resources = 2;
        const int EntryBytes = 8;
        using var source = new MemoryStream(file, writable: false);
        var headers = new PEHeaders(source);
        int directories = headers.PEHeader!.Magic == PEMagic.PE32 ? Directories32 : Directories64;
        Array.Clear(file, headers.PEHeaderStartOffset + directories + (Resources * EntryBytes), EntryBytes);
        return new MemoryStream(file, writable: false);
    }

    public static IEnumerable<MethodBody> Bodies(ModuleDefinition module) =>
        module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).Select(method => method.Body);
}

using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Boards.NativeSim.Images;

/// <summary>
/// Makes the assemblies of an image out of the built-in ones: of another version, as the runtime binds by it, and without
/// what the device's format leaves out, too.
/// </summary>
internal static class ImageWriter
{
    /// <summary>Full name of the image's program.</summary>
    public const string Entry = "Boards.NativeSim.Application";

    /// <summary>The assemblies in load order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["Firmware.Core", "Firmware", "Firmware.Updates", "Firmware.HomeAssistant", "Firmware.Sleep", "Boards.Esp32", "Boards.NativeSim"];

    /// <summary>Writes the files of an image, ready to be packed.</summary>
    /// <param name="folder">Where to; created when it is not there.</param>
    /// <param name="version">Its version; major or minor must not be those of the built-in one.</param>
    /// <returns>The files in load order.</returns>
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

    /// <summary>Makes one assembly.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="version">The image's version.</param>
    /// <param name="names">Which assemblies have that version; the others it takes from the deployment.</param>
    /// <param name="change">Changes it besides.</param>
    /// <returns>Its bytes.</returns>
    public static byte[] Rewrite(string name, Version version, IReadOnlyCollection<string> names, Action<AssemblyDefinition>? change = null)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
        string text = version.ToString(3);
        var full = Version.Parse(text + ".0");
        assembly.Name.Version = full;
        foreach (AssemblyNameReference reference in assembly.MainModule.AssemblyReferences.Where(reference => names.Contains(reference.Name)))
        {
            reference.Version = full;
        }

        foreach (Instruction instruction in Bodies(assembly.MainModule).SelectMany(body => body.Instructions))
        {
            // The compiler has put the constant where it is used.
            instruction.Operand = instruction.Operand is SimulatedBoard.Version ? text : instruction.Operand;
        }

        change?.Invoke(assembly);
        ImageStrip.Strip(assembly);
        using var file = new MemoryStream();
        assembly.Write(file);
        return file.ToArray();
    }

    /// <summary>All code of a module.</summary>
    /// <param name="module">The module.</param>
    /// <returns>The bodies of its methods.</returns>
    public static IEnumerable<MethodBody> Bodies(ModuleDefinition module) =>
        module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).Select(method => method.Body);
}

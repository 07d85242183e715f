using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using NanoApi.Emission;
using NanoApi.Model;

namespace NanoApi.Building
{
    /// <summary>Builds the tree's .nfproj files against the emitted reference assemblies, each once.</summary>
    internal static class DeviceBuild
    {
        /// <summary>Named by unit-test projects for Visual Studio's test adapter; nothing is compiled against it.</summary>
        public const string TestLauncher = "nanoFramework.UnitTestLauncher";

        private static readonly ConcurrentDictionary<string, Lazy<DeviceAssembly>> Built = new();

        /// <summary>Every .nfproj under the root, by its path from there.</summary>
        public static IEnumerable<string> ProjectNames => Repository.Files(".nfproj").Select(Repository.Relative);

        public static NfProject Project(string name) => NfProject.Load(Path.Combine(Repository.Root, name));

        public static DeviceAssembly Build(NfProject project) =>
            Built.GetOrAdd(project.Path, _ => new Lazy<DeviceAssembly>(() => Compile(project))).Value;

        /// <summary>The image of an emitted reference assembly, or of a project that was built for this one.</summary>
        public static byte[]? Image(string assembly) =>
            ReferenceAssemblies.ImageOrNull(assembly)
            ?? Built.Values.Select(built => built.Value).FirstOrDefault(built => built.Name == assembly)?.Image;

        private static DeviceAssembly Compile(NfProject project)
        {
            string[] named = [.. project.References.Select(reference => reference.Name).Where(name => name != TestLauncher)];
            DeviceAssembly[] references = [.. project.ProjectReferences.Select(path => Build(NfProject.Load(path)))];
            string[] problems =
            [
                .. named.Where(name => !DeviceApi.Assemblies.ContainsKey(name)).Select(name => $"{project.Name}: no facts about {name}"),
                .. project.Sources.Count == 0 ? [$"{project.Name}: no sources"] : Array.Empty<string>(),
                .. references.Where(built => !built.Succeeded).Select(built => $"{project.Name}: {built.Name} has {built.Errors.Count} error(s) of its own"),
            ];
            IEnumerable<MetadataReference> metadata = named.Where(DeviceApi.Assemblies.ContainsKey).Select(ReferenceAssemblies.Reference)
                .Concat(references.Select(built => built.Reference));
            DeviceAssembly assembly = DeviceCompiler.Compile(project.AssemblyName, Trees(project), metadata, project.IsExecutable);
            return assembly with { Errors = [.. problems, .. assembly.Errors] };
        }

        private static IEnumerable<SyntaxTree> Trees(NfProject project) =>
            project.Sources.Select(path => DeviceCompiler.Parse(File.ReadAllText(path), Repository.Relative(path)));
    }
}

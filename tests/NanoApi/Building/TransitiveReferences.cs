using Mono.Cecil;
using NanoApi.Model;

namespace NanoApi.Building
{
    /// <summary>
    /// The device's metadata processor needs every assembly that a referenced one refers to; MSBuild finds them only when the project names them.
    /// </summary>
    internal static class TransitiveReferences
    {
        public static IEnumerable<string> Missing(NfProject project)
        {
            IEnumerable<(string, IReadOnlyList<string>)> projects = project.ProjectReferences
                .Select(path => DeviceBuild.Build(NfProject.Load(path)))
                .Where(built => built.Succeeded)
                .Select(built => (built.Name, ReferencesOf(built)));
            string[] builtHere = [.. projects.Select(((string Name, IReadOnlyList<string>) built) => built.Name)];
            return Missing(project.References.Select(reference => reference.Name), builtHere, projects).Select(line => $"{project.Name}: {line}");
        }

        /// <param name="named">The assemblies that the project names.</param>
        /// <param name="builtHere">The projects that it references: what they are called is known without a Reference item.</param>
        /// <param name="more">What those projects refer to.</param>
        public static IEnumerable<string> Missing(
            IEnumerable<string> named, IEnumerable<string> builtHere, IEnumerable<(string Name, IReadOnlyList<string> References)> more)
        {
            HashSet<string> known = [.. named, .. builtHere];
            IEnumerable<(string Name, IReadOnlyList<string> References)> referrers = known
                .Where(DeviceApi.Assemblies.ContainsKey)
                .Select(name => (name, DeviceApi.Assemblies[name].References))
                .Concat(more);
            return from referrer in referrers
                   from needed in referrer.References
                   where !known.Contains(needed)
                   group referrer.Name by needed into missing
                   orderby missing.Key
                   select $"names no {missing.Key}, which {string.Join(" and ", missing)} needs";
        }

        private static IReadOnlyList<string> ReferencesOf(DeviceAssembly built)
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(built.Image));
            return [.. module.AssemblyReferences.Select(reference => reference.Name)];
        }
    }
}

using Mono.Cecil;

namespace NanoApi.Emission
{
    /// <summary>Finds assemblies among those given to it, never on disk: the desktop's own must not slip in.</summary>
    internal sealed class DeviceResolver(Func<string, byte[]?>? images = null) : IAssemblyResolver
    {
        private readonly Dictionary<string, AssemblyDefinition?> _assemblies = [];

        public void Add(AssemblyDefinition assembly) => _assemblies.Add(assembly.Name.Name, assembly);

        public AssemblyDefinition? Resolve(AssemblyNameReference name)
        {
            if (!_assemblies.TryGetValue(name.Name, out AssemblyDefinition? assembly))
            {
                assembly = images?.Invoke(name.Name) is byte[] image
                    ? AssemblyDefinition.ReadAssembly(new MemoryStream(image), new ReaderParameters { AssemblyResolver = this })
                    : null;
                _assemblies.Add(name.Name, assembly);
            }

            return assembly;
        }

        public AssemblyDefinition? Resolve(AssemblyNameReference name, ReaderParameters parameters) => Resolve(name);

        public void Dispose()
        {
            foreach (AssemblyDefinition? assembly in _assemblies.Values)
            {
                assembly?.Dispose();
            }

            _assemblies.Clear();
        }
    }
}

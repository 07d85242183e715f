using Mono.Cecil;
using NanoApi.Emission;
using NanoApi.Model;

namespace NanoApi
{
    [TestClass]
    public class EmissionTests
    {
        public static IEnumerable<string> Assemblies => DeviceApi.Assemblies.Keys.Order(StringComparer.Ordinal);

        [TestMethod]
        [DynamicData(nameof(Assemblies))]
        public void Facts_are_kept_when_parsed(string name) =>
            CollectionAssert.AreEqual(FactsOf(name), Lines(DeviceApi.Assemblies[name]));

        [TestMethod]
        [DynamicData(nameof(Assemblies))]
        public void Facts_are_kept_when_emitted_and_read_back(string name)
        {
            using var image = new MemoryStream(ReferenceAssemblies.Image(name));
            using var resolver = new DeviceResolver(ReferenceAssemblies.ImageOrNull);
            using ModuleDefinition module = ModuleDefinition.ReadModule(image, new ReaderParameters { AssemblyResolver = resolver });

            string[] facts = FactsOf(name);
            string[] emitted = Lines(MetadataReader.Read(module));

            Report.Expect(facts.Except(emitted).Select(line => "lost: " + line).Concat(emitted.Except(facts).Select(line => "made up: " + line)));
            Assert.HasCount(facts.Length, emitted);
        }

        private static string[] FactsOf(string name) => File.ReadAllLines(Path.Combine(DeviceApi.Folder, name + ".txt"));

        private static string[] Lines(ApiAssembly assembly) =>
        [
            assembly.Header,
            .. assembly.Types.SelectMany(type => type.Members.Select(member => member.ToString()).Prepend(type.Header)),
        ];
    }
}

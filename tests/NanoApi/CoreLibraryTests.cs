using Mono.Cecil;
using NanoApi.Model;

namespace NanoApi
{
    /// <summary>The core library's package is on the registry, so its facts are compared with it.</summary>
    [TestClass]
    public class CoreLibraryTests
    {
        [TestMethod]
        public void Facts_of_the_core_library_are_those_of_its_package()
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, "CoreLibrary", "mscorlib.dll"));
            ApiAssembly real = MetadataReader.Read(module);
            ApiAssembly facts = DeviceApi.Assemblies["mscorlib"];
            string[] expected = [.. Lines(real)];
            string[] written = [.. Lines(facts)];

            Assert.AreEqual(real.Version, facts.Version);
            Assert.IsGreaterThan(1000, expected.Length);
            Report.Expect(expected.Except(written).Select(line => "not in the facts: " + line)
                .Concat(written.Except(expected).Select(line => "not in the package: " + line)));
        }

        // The facts leave out generic types: what uses them compiles, and fails on the device.
        private static IEnumerable<string> Lines(ApiAssembly assembly) =>
            from type in assembly.Types
            where !type.FullName.Contains('`', StringComparison.Ordinal)
            from line in type.Members.Select(member => type.FullName + member).Prepend(type.Header)
            select line;
    }
}

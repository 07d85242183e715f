using Mono.Cecil;
using Mono.Cecil.Cil;
using NanoApi.Building;
using NanoApi.Emission;

namespace NanoApi.IlRules
{
    /// <summary>All rules about what compiles but does not run on the device as it does on the desktop.</summary>
    internal static class DeviceIl
    {
        public static IEnumerable<string> Problems(DeviceAssembly assembly)
        {
            using var resolver = new DeviceResolver(DeviceBuild.Image);
            using var symbols = new MemoryStream(assembly.Symbols);
            var parameters = new ReaderParameters
            {
                AssemblyResolver = resolver,
                ReadSymbols = true,
                SymbolReaderProvider = new PortablePdbReaderProvider(),
                SymbolStream = symbols,
            };
            using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(assembly.Image), parameters);
            string[] problems =
            [
                .. TypeRules.Problems(module),
                .. InstructionRules.Problems(module),
                .. EnumTextRule.Problems(module),
                .. StringArrayRule.Problems(module),
                .. AttributeRule.Problems(module),
                .. UnitTestRule.Problems(module),
            ];
            return problems.Distinct();
        }
    }
}

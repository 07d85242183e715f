using System.Xml.Linq;
using Mono.Cecil;
using NanoApi.Building;

namespace NanoApi
{
    /// <summary>
    /// The device binds assemblies by name, major and minor: those of the firmware carry its version, and the loader's
    /// carries the number of its contract.
    /// </summary>
    [TestClass]
    public class VersionTests
    {
        private const string Loader = "Boards.Loader";

        public static IEnumerable<string> Deployed => DeviceBuild.ProjectNames.Where(name => !name.StartsWith("tests/", StringComparison.Ordinal));

        [TestMethod]
        [DataRow("nf.props")]
        [DataRow("Directory.Build.props")]
        public void Shared_properties_have_the_firmware_version(string file)
        {
            XElement root = XDocument.Load(Path.Combine(Repository.Root, file)).Root!;

            Assert.AreEqual(FirmwareVersion, root.Descendants().Single(element => element.Name.LocalName == "Version").Value);
        }

        [TestMethod]
        [DynamicData(nameof(Deployed))]
        public void Device_assembly_has_the_version_that_it_is_bound_by(string project)
        {
            DeviceAssembly assembly = DeviceBuild.Build(DeviceBuild.Project(project));
            string expected = assembly.Name == Loader ? LoaderContract + ".0.0.0" : FirmwareVersion + ".0";

            Assert.AreEqual(expected, ReadVersion(assembly).ToString());
        }

        private static string FirmwareVersion => (string)Built("firmware/Core/Core.nfproj").Compilation
            .GetTypeByMetadataName("Firmware.FirmwareVersion")!.GetMembers("Text").OfType<Microsoft.CodeAnalysis.IFieldSymbol>().Single().ConstantValue!;

        // The getter of a property that returns the number: ldc.i4.N, ret.
        private static string LoaderContract
        {
            get
            {
                using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(Built("boards/loader/Loader.nfproj").Image));
                MethodDefinition getter = module.GetType("Boards.Loader.Loader").Properties.Single(property => property.Name == "ContractVersion").GetMethod;
                int number = getter.Body.Instructions[0].OpCode.Code - Mono.Cecil.Cil.Code.Ldc_I4_0;
                return number.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        private static DeviceAssembly Built(string project) => DeviceBuild.Build(DeviceBuild.Project(project));

        private static Version ReadVersion(DeviceAssembly assembly)
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(assembly.Image));
            return module.Assembly.Name.Version;
        }
    }
}

using System.Xml.Linq;
using Mono.Cecil;
using NanoApi.Building;
using NanoApi.IlRules;

namespace NanoApi
{
    [TestClass]
    public class DeviceBuildTests
    {
        public static IEnumerable<string> Projects => DeviceBuild.ProjectNames;

        [TestMethod]
        public void Tree_has_device_projects() => Assert.IsNotEmpty(DeviceBuild.ProjectNames);

        [TestMethod]
        public void Shared_properties_are_those_the_check_builds_with()
        {
            XElement root = XDocument.Load(Path.Combine(Repository.Root, "nf.props")).Root!;
            XElement compile = root.Descendants(root.GetDefaultNamespace() + "Compile").Single();

            Assert.AreEqual(@"**\*.cs", compile.Attribute("Include")?.Value);
            Assert.AreEqual(@"bin\**;obj\**", compile.Attribute("Exclude")?.Value);
            Assert.AreEqual("9.0", root.Descendants(root.GetDefaultNamespace() + "LangVersion").Single().Value);
            Assert.IsEmpty(root.Descendants(root.GetDefaultNamespace() + "DefineConstants"));
        }

        [TestMethod]
        [DynamicData(nameof(Projects))]
        public void Device_project_compiles_against_exactly_its_references(string project) =>
            Report.Expect(DeviceBuild.Build(DeviceBuild.Project(project)).Errors);

        [TestMethod]
        [DynamicData(nameof(Projects))]
        public void Device_project_names_what_its_references_need(string project) =>
            Report.Expect(TransitiveReferences.Missing(DeviceBuild.Project(project)));

        [TestMethod]
        [DynamicData(nameof(Projects))]
        public void Device_project_has_no_code_that_only_the_desktop_can_run(string project)
        {
            DeviceAssembly assembly = DeviceBuild.Build(DeviceBuild.Project(project));
            if (!assembly.Succeeded)
            {
                Assert.Inconclusive($"{project} does not compile");
            }

            Report.Expect(DeviceIl.Problems(assembly));
        }

        [TestMethod]
        [DynamicData(nameof(Projects))]
        public void Device_project_fits_the_device_format_in_debug_and_release(string project)
        {
            DeviceAssembly release = DeviceBuild.Build(DeviceBuild.Project(project));
            DeviceAssembly debug = DeviceCompiler.Debug(release);
            if (!release.Succeeded || !debug.Succeeded)
            {
                Assert.Inconclusive($"{project} does not compile");
            }

            Report.Expect(Limits(release, "Release").Concat(Limits(debug, "Debug")));
        }

        private static string[] Limits(DeviceAssembly assembly, string configuration)
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(assembly.Image));
            return [.. FormatLimits.Problems(module, configuration)];
        }
    }
}

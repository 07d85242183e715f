using System.Xml.Linq;
using Mono.Cecil;
using NanoApi.Building;
using NanoApi.Emission;
using NanoApi.IlRules;

namespace NanoApi
{
    [TestClass]
    public class DeviceBuildTests
    {
        // What boards/esp32-devkitc does, without modules.
        private const string PlainBoard =
            """
            using Boards.Esp32;
            using Firmware;
            using Firmware.Platform;
            namespace Boards.Plain
            {
                public static class Program
                {
                    public static void Main()
                    {
                        Esp32Clock clock = new Esp32Clock();
                        Inbox inbox = new Inbox(clock);
                        Device device = new DeviceBuilder(new Hardware
                        {
                            Identity = new BoardIdentity("plain", WifiStation.ReadMac(), WakeCauses.Read()),
                            Clock = clock,
                            Inbox = inbox,
                            Network = new WifiStation(inbox),
                            Link = new MqttLink(inbox),
                            SensorPorts = new ISensorPort[] { new Bmxx80Port(1, Bmxx80Port.PrimaryAddress) },
                            Storage = new FileStorage("I:\\"),
                            Memory = new HeapMemory(),
                            Power = new ChipPower(null, -1),
                        }).Build();
                        device.Start();
                        while (true)
                        {
                            clock.Wait(device.Step());
                        }
                    }
                }
            }
            """;

        private static readonly string[] PlainBoardProjects =
            ["firmware/Core/Core.nfproj", "firmware/Device/Firmware.nfproj", "boards/esp32/Esp32.nfproj", "boards/loader/Loader.nfproj"];

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
        public void Board_that_takes_no_module_builds_on_Core_Device_and_the_port()
        {
            DeviceAssembly[] parts = [.. PlainBoardProjects.Select(DeviceBuild.Project).Select(DeviceBuild.Build)];
            string[] packages = [.. DeviceBuild.Project("boards/esp32/Esp32.nfproj").References.Select(reference => reference.Name)];
            DeviceAssembly board = DeviceCompiler.Compile(
                "Boards.Plain",
                [DeviceCompiler.Parse(PlainBoard, "boards/plain/Program.cs")],
                packages.Select(ReferenceAssemblies.Reference).Concat(parts.Select(part => part.Reference)),
                executable: true);

            Report.Expect(board.Errors);
            string[] deployed = [.. parts.Select(part => part.Name), .. packages];
            Report.Expect(
                from assembly in parts.Append(board)
                from needed in ReferencesOf(assembly)
                where !deployed.Contains(needed)
                select $"{assembly.Name} needs {needed}, which such a board does not have");
        }

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

        private static string[] ReferencesOf(DeviceAssembly assembly)
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(assembly.Image));
            return [.. module.AssemblyReferences.Select(reference => reference.Name)];
        }

        private static string[] Limits(DeviceAssembly assembly, string configuration)
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(assembly.Image));
            return [.. FormatLimits.Problems(module, configuration)];
        }
    }
}

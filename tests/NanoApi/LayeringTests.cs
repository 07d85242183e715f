using NanoApi.Building;
using NanoApi.Layering;

namespace NanoApi
{
    [TestClass]
    public class LayeringTests
    {
        private static readonly (string, string)[] Neighbours =
        [
            ("firmware/Core/Platform/IClock.cs", "namespace Firmware.Platform { public interface IClock { long Now { get; } } }"),
            ("firmware/Core/Sensing/Reading.cs", "namespace Firmware.Sensing { public class Reading { public int Value; public Reading Next; } }"),
            ("firmware/Core/Telemetry/Outbox.cs", "namespace Firmware.Telemetry { public class Outbox { public Firmware.Sensing.Reading First; } }"),
            ("firmware/Device/Module.cs", "namespace Firmware { public abstract class Module { public Telemetry.Outbox Outbox; } }"),
            ("firmware/Device/Device.cs", "namespace Firmware { public class Device { public Module First; } }"),
            ("firmware/Device/Settings/SettingGroup.cs", "namespace Firmware.Settings { public class SettingGroup { public Module Owner; } }"),
            ("firmware/Device/Messaging/PresenceModule.cs", "namespace Firmware.Messaging { public class PresenceModule : Module { public Settings.SettingGroup Group; } }"),
            ("firmware/Updates/UpdateModule.cs", "namespace Firmware.Updates { public class UpdateModule : Module { public Settings.SettingGroup Group; } }"),
            ("boards/esp32/Esp32Clock.cs", "namespace Boards.Esp32 { public class Esp32Clock : Firmware.Platform.IClock { public long Now => 0; } }"),
        ];

        public static IEnumerable<string> Projects => DeviceBuild.ProjectNames;

        public static IEnumerable<string> Folders => SourceTree.Folders;

        [TestMethod]
        [DynamicData(nameof(Projects))]
        public void Device_project_knows_only_what_its_folders_may_know(string project) =>
            Report.Expect(LayerRules.Problems(DeviceBuild.Build(DeviceBuild.Project(project)).Compilation));

        [TestMethod]
        [DynamicData(nameof(Projects))]
        public void Device_project_references_only_what_its_folder_may_know(string project) =>
            Report.Expect(ProjectRules.Problems(DeviceBuild.Project(project)));

        [TestMethod]
        public void Table_of_Device_allows_nothing_that_is_not_used()
        {
            (string From, string To)[] used = [.. LayerRules.Knowledge(DeviceBuild.Build(DeviceBuild.Project("firmware/Device/Firmware.nfproj")).Compilation)];

            Report.Expect(
                from line in Layers.Device
                from other in line.Value
                where !used.Contains(("firmware/Device/" + line.Key, "firmware/Device/" + other))
                select $"firmware/Device/{line.Key} does not need {other}: take it out of tests/NanoApi/Layering/Layers.cs");
        }

        [TestMethod]
        [DynamicData(nameof(Folders))]
        public void Sources_lie_where_their_namespace_says(string folder) => Report.Expect(SourceTree.Problems(folder));

        [TestMethod]
        [DataRow("firmware/Core/Telemetry/A.cs", "using System; using Firmware.Sensing; namespace Firmware.Telemetry { class A { Reading r; string s = nameof(Reading); } }")]
        [DataRow("firmware/Core/Telemetry/A.cs", "namespace Firmware.Telemetry { class A { int Run(Platform.IClock c, Outbox o) { var r = o.First; return r.Value; } } }")]
        [DataRow("firmware/Core/Telemetry/A.cs", "using System; namespace Firmware.Telemetry { class A { string Run(Exception e) => e.GetType().Name; } }")]
        [DataRow("firmware/Core/Telemetry/Inner/A.cs", "namespace Firmware.Telemetry.Inner { class A { Outbox o; } }")]
        [DataRow("firmware/Device/Boot.cs", "using Firmware.Telemetry; namespace Firmware { class Boot { Outbox o; Device d; } }")]
        [DataRow("firmware/Device/Settings/A.cs", "using Firmware.Messaging; namespace Firmware.Settings { class A : Module { PresenceModule p; } }")]
        [DataRow("firmware/Device/Settings/Methods/A.cs", "using Firmware.Telemetry; namespace Firmware.Settings.Methods { class A { Outbox o; SettingGroup g; Module m; } }")]
        [DataRow("firmware/Sleep/A.cs", "using Firmware.Settings; namespace Firmware.Sleep { class A : Module { SettingGroup g; Platform.IClock c; Messaging.PresenceModule p; } }")]
        [DataRow("firmware/NewFeature/Inner/A.cs", "using Firmware.Telemetry; namespace Firmware.NewFeature.Inner { class A : Module { Outbox o; } }")]
        [DataRow("boards/esp32/A.cs", "using System.Threading; using Firmware.Platform; namespace Boards.Esp32 { class A { IClock c; void Run() => Thread.Sleep(1); } }")]
        [DataRow("boards/loader/A.cs", "using System.Reflection; using System.Threading; namespace Boards.Loader { class A { Assembly a; Timer t; } }")]
        [DataRow("firmware/Device/Properties/AssemblyInfo.cs", "using System.Reflection; [assembly: AssemblyTitle(\"A\")]")]
        [DataRow("boards/esp32-program/Application.cs", "using Firmware.Telemetry; namespace Boards.Esp32Program { class A { Firmware.Device d; Firmware.Updates.UpdateModule u; } }")]
        [DataRow("boards/esp32-program/Program.cs", "using Firmware.Telemetry; namespace Boards.Esp32Program { class A { Firmware.Device d; } }")]
        [DataRow("boards/esp32-modules/Modules.cs", "using Firmware.Telemetry; namespace Boards.Esp32Program { class A { Firmware.Device d; Firmware.Updates.UpdateModule u; } }")]
        [DataRow("boards/esp32-devkitc/Pins.cs", "using Boards.Esp32; namespace Boards.Esp32Program { class A { Esp32Clock c; Firmware.Platform.IClock i; } }")]
        [DataRow("tests/Firmware.Tests/A.cs", "using Firmware.Telemetry; namespace Firmware.Tests { class A { Device d; } }")]
        public void Allowed_knowledge_passes(string path, string text) => Assert.IsEmpty(Problems(path, text));

        [TestMethod]
        [DataRow("firmware/Core/Sensing/A.cs", "using Firmware.Telemetry; namespace Firmware.Sensing { class A { } }", "firmware/Core/Sensing may not know Firmware.Telemetry")]
        [DataRow("firmware/Core/Sensing/A.cs", "namespace Firmware.Sensing { class A { Telemetry.Outbox o; } }", "firmware/Core/Sensing may not know Firmware.Telemetry")]
        [DataRow("firmware/Core/Sensing/A.cs", "using Out = Firmware.Telemetry.Outbox; namespace Firmware.Sensing { class A { } }", "firmware/Core/Sensing may not know Firmware.Telemetry")]
        [DataRow("firmware/Core/Sensing/A.cs", "namespace Firmware.Sensing { class A { Device d; } }", "firmware/Core/Sensing may not know Firmware")]
        [DataRow("firmware/Core/Platform/A.cs", "namespace Firmware.Platform { class A { Sensing.Reading r; } }", "firmware/Core/Platform may not know Firmware.Sensing")]
        [DataRow("firmware/Core/Platform/A.cs", "using Firmware.Json; namespace Firmware.Platform { class A { } }", "firmware/Core/Platform may not know Firmware.Json")]
        [DataRow("firmware/Core/Messaging/A.cs", "namespace Firmware.Messaging { class A { PresenceModule p; } }", "firmware/Core/Messaging may not know Firmware.Messaging.PresenceModule of firmware/Device/Messaging")]
        [DataRow("firmware/Core/FirmwareVersion.cs", "namespace Firmware { class A { Platform.IClock c; } }", "firmware/Core may not know Firmware.Platform.IClock")]
        [DataRow("firmware/Core/Extras/A.cs", "using System; namespace Firmware.Extras { class A { } }", "firmware/Core/Extras has no line")]
        [DataRow("firmware/Device/Extras/A.cs", "using System; namespace Firmware.Extras { class A { } }", "firmware/Device/Extras has no line")]
        [DataRow("firmware/Device/Messaging/A.cs", "namespace Firmware.Messaging { class A { Device d; } }", "firmware/Device/Messaging may not know Firmware.Device, which joins")]
        [DataRow("firmware/Device/Settings/A.cs", "namespace Firmware.Settings { class A { Updates.UpdateModule u; } }", "firmware/Device/Settings may not know Firmware.Updates")]
        [DataRow("firmware/Device/Boot.cs", "namespace Firmware { class A { Updates.UpdateModule u; } }", "firmware/Device may not know Firmware.Updates.UpdateModule of firmware/Updates")]
        [DataRow("firmware/Device/Boot.cs", "using Firmware.Updates; namespace Firmware { class A { } }", "firmware/Device may not know Firmware.Updates")]
        [DataRow("firmware/Sleep/A.cs", "using Firmware.Updates; namespace Firmware.Sleep { class A { } }", "firmware/Sleep may not know Firmware.Updates")]
        [DataRow("firmware/Sleep/A.cs", "namespace Firmware.Sleep { class A { Updates.UpdateModule u; } }", "firmware/Sleep may not know Firmware.Updates.UpdateModule of firmware/Updates")]
        [DataRow("firmware/NewFeature/A.cs", "namespace Firmware.NewFeature { class A { Device d; } }", "firmware/NewFeature may not know Firmware.Device, which joins")]
        [DataRow("firmware/NewFeature/A.cs", "namespace Firmware.NewFeature { class A { Boards.Esp32.Esp32Clock c; } }", "firmware/NewFeature may not know Boards.Esp32.Esp32Clock of boards/esp32")]
        [DataRow("firmware/NewFeature/A.cs", "using System.Net; namespace Firmware.NewFeature { class A { } }", "firmware may not name System.Net")]
        [DataRow("firmware/Core/Sensing/A.cs", "using System.Device.I2c; namespace Firmware.Sensing { class A { } }", "firmware may not name System.Device.I2c")]
        [DataRow("firmware/Core/Sensing/A.cs", "namespace Firmware.Sensing { class A { void Run() => System.Diagnostics.Debug.WriteLine(); } }", "firmware may not name System.Diagnostics")]
        [DataRow("firmware/Core/Sensing/A.cs", "namespace Firmware.Sensing { class A { void Run(object o) { foreach (var m in o.GetType().GetMethods()) { } } } }", "firmware may not name System.Reflection")]
        [DataRow("boards/esp32/A.cs", "using Firmware.Sensing; namespace Boards.Esp32 { class A { } }", "boards/esp32 may not know Firmware.Sensing")]
        [DataRow("boards/esp32/A.cs", "namespace Boards.Esp32 { class A { Firmware.Module m; } }", "boards/esp32 may not know Firmware.Module of firmware/Device")]
        [DataRow("boards/loader/A.cs", "namespace Boards.Loader { class A { Firmware.Platform.IClock c; } }", "boards/loader may not know Firmware.Platform")]
        [DataRow("boards/loader/A.cs", "using System.Collections; namespace Boards.Loader { class A { } }", "boards/loader may not name System.Collections")]
        [DataRow("boards/loader/A.cs", "using System.Text; namespace Boards.Loader { class A { } }", "boards/loader may not name System.Text")]
        [DataRow("boards/esp32-devkitc/Board.cs", "namespace Boards.Esp32Program { class A { Firmware.Device d; } }", "boards/esp32-devkitc may not know Firmware.Device")]
        public void Forbidden_knowledge_is_reported(string path, string text, string expected) => Report.Says($"{path}(1): {expected}", Problems(path, text));

        [TestMethod]
        [DataRow("System.DateTime Run() => System.DateTime.UtcNow;", "System.DateTime.UtcNow")]
        [DataRow("void Run() => System.Threading.Thread.Sleep(1);", "System.Threading.Thread")]
        [DataRow("object Run() => new System.Threading.Timer(null, null, 1, 1);", "System.Threading.Timer")]
        [DataRow("void Run() { System.Threading.Thread t = new(null); }", "System.Threading.Thread")]
        public void Time_and_threads_in_firmware_are_reported(string member, string expected) => Report.Says(
            expected + " belongs in a board",
            Problems("firmware/Core/Sensing/A.cs", $"namespace Firmware.Sensing {{ class A {{ {member} }} }}"));

        [TestMethod]
        public void Imported_clock_in_firmware_is_reported() => Report.Says(
            "System.DateTime.UtcNow belongs in a board",
            Problems("firmware/Core/Sensing/A.cs", "using static System.DateTime; namespace Firmware.Sensing { class A { object Run() => UtcNow; } }"));

        [TestMethod]
        [DataRow("firmware/Core/Json/A.cs", "namespace Firmware { class A { } }", "namespace Firmware, where the folder says Firmware.Json")]
        [DataRow("firmware/Device/A.cs", "class A { }", "namespace , where the folder says Firmware")]
        [DataRow("firmware/Device/A.cs", "namespace Firmware { public class A { } public enum B { } }", "one public type a file, not A, B")]
        [DataRow("firmware/Device/A.cs", "namespace Firmware { public class A { } public delegate void B(); }", "one public type a file, not A, B")]
        [DataRow("firmware/Device/A.cs", "namespace Firmware\n{\n#if DEBUG\nclass A { }\n#endif\n}", "#if has no place in firmware/")]
        public void Source_out_of_place_is_reported(string path, string text, string expected) =>
            Report.Says($"{path}: {expected}", new SourceFile(path, text).Problems(string.Join('/', path.Split('/')[..2]), "Firmware"));

        [TestMethod]
        [DataRow("firmware/Core/Json/A.cs", "namespace Firmware.Json { public class A { public enum Inner { } } internal class B { } }")]
        [DataRow("firmware/Device/A.cs", "namespace Firmware;\n#pragma warning disable\npublic class A { }")]
        public void Source_in_place_passes(string path, string text) => Assert.IsEmpty(new SourceFile(path, text).Problems(string.Join('/', path.Split('/')[..2]), "Firmware"));

        [TestMethod]
        [DataRow("firmware/Core", "", "boards/loader", "firmware/Core may not reference boards/loader")]
        [DataRow("firmware/Device", "", "firmware/Sleep", "firmware/Device may not reference firmware/Sleep")]
        [DataRow("firmware/NewFeature", "", "firmware/Sleep", "firmware/NewFeature may not reference firmware/Sleep")]
        [DataRow("firmware/NewFeature", "System.Net", "", "firmware/NewFeature may not reference System.Net: firmware/ references the base library alone")]
        [DataRow("boards/esp32", "System.Net", "firmware/Device", "boards/esp32 may not reference firmware/Device")]
        public void Forbidden_reference_is_reported(string folder, string assembly, string project, string expected) =>
            Report.Says(expected, ProjectRules.Problems(folder, assembly.Length == 0 ? [] : [assembly], project.Length == 0 ? [] : [project]));

        [TestMethod]
        [DataRow("firmware/NewFeature", "nanoFramework.System.Text", "firmware/Device")]
        [DataRow("boards/esp32", "System.Net", "firmware/Core")]
        [DataRow("boards/new-board", "System.Net", "firmware/NewFeature")]
        public void Allowed_reference_passes(string folder, string assembly, string project) =>
            Assert.IsEmpty(ProjectRules.Problems(folder, [assembly], [project]));

        private static string[] Problems(string path, string text) => [.. LayerRules.Problems(Snippet.Compile([.. Neighbours, (path, text)]).Compilation)];
    }
}

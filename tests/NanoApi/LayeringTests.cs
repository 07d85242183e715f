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
            ("firmware/Device/Device.cs", "namespace Firmware { public class Device { public Telemetry.Outbox Outbox; } }"),
        ];

        public static IEnumerable<string> Projects => DeviceBuild.ProjectNames;

        public static IEnumerable<string> Folders => SourceTree.Folders;

        [TestMethod]
        [DynamicData(nameof(Projects))]
        public void Device_project_knows_only_what_its_folders_may_know(string project) =>
            Report.Expect(LayerRules.Problems(DeviceBuild.Build(DeviceBuild.Project(project)).Compilation));

        [TestMethod]
        [DynamicData(nameof(Folders))]
        public void Sources_lie_where_their_namespace_says(string folder) => Report.Expect(SourceTree.Problems(folder));

        [TestMethod]
        [DataRow("firmware/Core/Telemetry/A.cs", "using System; using Firmware.Sensing; namespace Firmware.Telemetry { class A { Reading r; string s = nameof(Reading); } }")]
        [DataRow("firmware/Core/Telemetry/A.cs", "namespace Firmware.Telemetry { class A { int Run(Platform.IClock c, Outbox o) { var r = o.First; return r.Value; } } }")]
        [DataRow("firmware/Core/Telemetry/A.cs", "using System; namespace Firmware.Telemetry { class A { string Run(Exception e) => e.GetType().Name; } }")]
        [DataRow("firmware/Core/Telemetry/Inner/A.cs", "namespace Firmware.Telemetry.Inner { class A { Outbox o; } }")]
        [DataRow("firmware/Device/Boot.cs", "using Firmware.Telemetry; namespace Firmware { class Boot { Outbox o; Device d; } }")]
        [DataRow("boards/esp32/A.cs", "using System.Threading; using Firmware.Platform; namespace Boards.Esp32 { class A { IClock c; void Run() => Thread.Sleep(1); } }")]
        [DataRow("boards/loader/A.cs", "using System.Reflection; using System.Threading; namespace Boards.Loader { class A { Assembly a; Timer t; } }")]
        [DataRow("firmware/Properties/AssemblyInfo.cs", "using System.Reflection; [assembly: AssemblyTitle(\"A\")]")]
        [DataRow("boards/esp32-devkitc/Application.cs", "using Firmware.Telemetry; namespace Boards.Esp32DevKitC { class A { Firmware.Device d; } }")]
        [DataRow("boards/esp32-devkitc/Program.cs", "using Firmware.Telemetry; namespace Boards.Esp32DevKitC { class A { Firmware.Device d; } }")]
        [DataRow("tests/Firmware.Tests/A.cs", "using Firmware.Telemetry; namespace Firmware.Tests { class A { Device d; } }")]
        public void Allowed_knowledge_passes(string path, string text) => Assert.IsEmpty(Problems(path, text));

        [TestMethod]
        [DataRow("firmware/Core/Sensing/A.cs", "using Firmware.Telemetry; namespace Firmware.Sensing { class A { } }", "firmware/Core/Sensing may not know Firmware.Telemetry")]
        [DataRow("firmware/Core/Sensing/A.cs", "namespace Firmware.Sensing { class A { Telemetry.Outbox o; } }", "firmware/Core/Sensing may not know Firmware.Telemetry")]
        [DataRow("firmware/Core/Sensing/A.cs", "using Out = Firmware.Telemetry.Outbox; namespace Firmware.Sensing { class A { } }", "firmware/Core/Sensing may not know Firmware.Telemetry")]
        [DataRow("firmware/Core/Sensing/A.cs", "namespace Firmware.Sensing { class A { Device d; } }", "firmware/Core/Sensing may not know Firmware")]
        [DataRow("firmware/Core/Platform/A.cs", "namespace Firmware.Platform { class A { Sensing.Reading r; } }", "firmware/Core/Platform may not know Firmware.Sensing")]
        [DataRow("firmware/Device/Extras/A.cs", "using System; namespace Firmware.Extras { class A { } }", "firmware/Extras has no rule")]
        [DataRow("firmware/Core/Sensing/A.cs", "using System.Device.I2c; namespace Firmware.Sensing { class A { } }", "core may not name System.Device.I2c")]
        [DataRow("firmware/Core/Sensing/A.cs", "namespace Firmware.Sensing { class A { void Run() => System.Diagnostics.Debug.WriteLine(); } }", "core may not name System.Diagnostics")]
        [DataRow("firmware/Core/Sensing/A.cs", "namespace Firmware.Sensing { class A { void Run(object o) { foreach (var m in o.GetType().GetMethods()) { } } } }", "core may not name System.Reflection")]
        [DataRow("boards/esp32/A.cs", "using Firmware.Sensing; namespace Boards.Esp32 { class A { } }", "boards/esp32 may not know Firmware.Sensing")]
        [DataRow("boards/loader/A.cs", "namespace Boards.Loader { class A { Firmware.Platform.IClock c; } }", "boards/loader may not know Firmware.Platform")]
        [DataRow("boards/loader/A.cs", "using System.Collections; namespace Boards.Loader { class A { } }", "boards/loader may not name System.Collections")]
        [DataRow("boards/loader/A.cs", "using System.Text; namespace Boards.Loader { class A { } }", "boards/loader may not name System.Text")]
        [DataRow("boards/esp32-devkitc/Board.cs", "namespace Boards.Esp32DevKitC { class A { Firmware.Device d; } }", "boards/esp32-devkitc may not know Firmware")]
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
            Report.Says($"{path}: {expected}", new SourceFile(path, text).Problems(path.Split('/')[0], "Firmware"));

        [TestMethod]
        [DataRow("firmware/Core/Json/A.cs", "namespace Firmware.Json { public class A { public enum Inner { } } internal class B { } }")]
        [DataRow("firmware/Device/A.cs", "namespace Firmware;\n#pragma warning disable\npublic class A { }")]
        public void Source_in_place_passes(string path, string text) => Assert.IsEmpty(new SourceFile(path, text).Problems(path.Split('/')[0], "Firmware"));

        private static string[] Problems(string path, string text) => [.. LayerRules.Problems(Snippet.Compile([.. Neighbours, (path, text)]).Compilation)];
    }
}

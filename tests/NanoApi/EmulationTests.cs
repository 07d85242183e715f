using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;
using NanoApi.Model;

namespace NanoApi
{
    /// <summary>What stands in for the device's packages on the desktop offers nothing that they do not.</summary>
    [TestClass]
    public class EmulationTests
    {
        [TestMethod]
        public void Emulation_offers_what_the_device_offers() =>
            Report.Expect(ApiComparison.Problems(Built("boards/native-sim/Emulation", "NativeSim.Emulation")));

        [TestMethod]
        public void Test_framework_offers_what_the_device_offers() =>
            Report.Expect(ApiComparison.Problems(Built("tests/TestFramework", "nanoFramework.TestFramework"), ownBases: true));

        [TestMethod]
        [DataRow("namespace System.Device.I2c { public enum I2cBusSpeed { StandardMode = 0, FastMode = 1 } }")]
        [DataRow("namespace System.Device.I2c { public sealed class I2cConnectionSettings { ~I2cConnectionSettings() { } public I2cConnectionSettings(int busId, int deviceAddress) { } public int BusId => 1; internal int Other; } }")]
        [DataRow("namespace nanoFramework.Emulation.IO { public enum FileMode { CreateNew = 1, Create = 2, Open = 3 } }")]
        [DataRow("namespace System.Device.I2c { class Hidden { public int Any; } }")]
        public void Part_of_the_device_api_passes(string source) => Report.Expect(Problems(source));

        [TestMethod]
        [DataRow("namespace System.Device.I2c { public class I2cTester { } }", "System.Device.I2c.I2cTester: the device has no such public type")]
        [DataRow("namespace System.Device.I2c { public struct I2cDevice { } }", "is a struct System.Device.I2c.I2cDevice, on the device a class")]
        [DataRow("namespace System.Device.I2c { public sealed class I2cDevice { private I2cDevice() { } } }", "is a sealed class")]
        [DataRow("namespace System.Device.I2c { public class I2cDevice : System.ICloneable { private I2cDevice() { } object System.ICloneable.Clone() => this; } }", "is a System.ICloneable")]
        [DataRow("namespace System.Device.I2c { public enum I2cBusSpeed { StandardMode = 0, FastMode = 7 } }", "F FastMode = 7\n    the device:  F FastMode = 1")]
        [DataRow("namespace System.Device.I2c { public enum I2cBusSpeed : byte { StandardMode = 0 } }", "is a System.Byte, on the device it is not")]
        [DataRow("namespace System.Device.I2c { public enum I2cBusSpeed { UltraMode = 3 } }", "has  F UltraMode = 3, the device does not")]
        [DataRow("namespace nanoFramework.Emulation.IO { public enum FileMode { Made = 1 } }", "System.IO.FileMode: has  F Made = 1, the device does not")]
        [DataRow("namespace nanoFramework.M2Mqtt.Exceptions { public class MqttTimeoutException { } }", "is no System.Exception, on the device it is")]
        [DataRow("namespace System.Device.Gpio { public delegate void PinValueChangedEventHandler(object sender); }", "has  D System.Void (System.Object sender)")]
        [DataRow("namespace nanoFramework.M2Mqtt { public class MqttSettings { } }", "has  C public (), the device does not")]
        public void Type_of_another_shape_is_reported(string source, string expected) => Report.Says(expected, Problems(source));

        [TestMethod]
        [DataRow("public int Extra() => 0;", "has  M public System.Int32 Extra(), the device does not")]
        [DataRow("public static void WriteByte(byte value) { }", "has  M public static")]
        [DataRow("public void Read(byte[] buffer) { }", "has  M public System.Void Read(System.Byte[] buffer)\n    the device:  M public System.Device.I2c.I2cTransferResult Read(System.SpanByte buffer)")]
        [DataRow("public int ConnectionSettings => 0;", "has  P public System.Int32 ConnectionSettings { get; }")]
        [DataRow("public event System.Action Changed;", "has  E public System.Action Changed, the device does not")]
        [DataRow("protected int Hidden;", "has  F protected System.Int32 Hidden, the device does not")]
        [DataRow("public I2cDevice() { }", "has  C public ()")]
        [DataRow("public void Set<T>(T value) { }", "Set<T>")]
        public void Member_of_another_shape_is_reported(string member, string expected) =>
            Report.Says(expected, Problems($"namespace System.Device.I2c {{ public class I2cDevice : System.IDisposable {{ private I2cDevice(int n) {{ }} public void Dispose() {{ }} {member} }} }}"));

        private static IReadOnlyList<ApiType> Built(string folder, string name)
        {
            string path = Path.Combine(Repository.Root, folder, "bin", Repository.Configuration, "net10.0", name + ".dll");
            Assert.IsTrue(File.Exists(path), $"{path} is not there: run dotnet build {folder}");
            using ModuleDefinition module = ModuleDefinition.ReadModule(path);
            return MetadataReader.Read(module).Types;
        }

        private static IEnumerable<string> Problems(string source)
        {
            var compilation = CSharpCompilation.Create(
                "Emulation",
                [CSharpSyntaxTree.ParseText(source)],
                [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
            using var image = new MemoryStream();
            Report.Expect(compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(error => error.ToString()));
            image.Position = 0;
            using ModuleDefinition module = ModuleDefinition.ReadModule(image);
            return ApiComparison.Problems(MetadataReader.Read(module).Types);
        }
    }
}

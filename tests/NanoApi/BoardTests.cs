using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using NanoApi.Building;

namespace NanoApi
{
    /// <summary>The table of pins of each board, run on the desktop, against the datasheets and against itself.</summary>
    [TestClass]
    public class BoardTests
    {
        private const int Last = 48;
        private static readonly string[] Uses = ["Input", "Output", "Analog", "Counter", "Wake", "OneWire", "Serial"];

        public static IEnumerable<string> Boards => Directory.EnumerateFiles(Path.Combine(Repository.Root, "boards"), "Board.cs", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(path))) == "boards")
            .Select(path => Path.GetFileName(Path.GetDirectoryName(path)!))
            .Order(StringComparer.Ordinal);

        // What is free: the chip's pins less those of flash, USB, console, RGB LED, I2C and LED.
        [TestMethod]
        [DataRow("esp32-devkitc", "Output", "0, 4, 5, 12 to 19, 23, 25 to 27, 32 or 33")]
        [DataRow("esp32-devkitc", "Input", "0, 4, 5, 12 to 19, 23, 25 to 27, 32 to 36 or 39")]
        [DataRow("esp32-devkitc", "Counter", "0, 4, 5, 12 to 19, 23, 25 to 27, 32 to 36 or 39")]
        [DataRow("esp32-devkitc", "Analog", "32 to 36 or 39")]
        [DataRow("esp32-devkitc", "Wake", "0, 4, 12 to 15, 25 to 27, 32 to 36 or 39")]
        [DataRow("esp32-devkitc", "OneWire", "0, 4, 5, 12 to 19, 23, 25 to 27, 32 or 33")]
        [DataRow("esp32-s3-devkitc", "Output", "0, 1, 3 to 7, 10 to 18, 21, 39 to 42 or 45 to 47")]
        [DataRow("esp32-s3-devkitc", "Counter", "0, 1, 3 to 7, 10 to 18, 21, 39 to 42 or 45 to 47")]
        [DataRow("esp32-s3-devkitc", "Analog", "1, 3 to 7 or 10")]
        [DataRow("esp32-s3-devkitc", "Wake", "0, 1, 3 to 7, 10 to 18 or 21")]
        [DataRow("esp32-s3-devkitc", "OneWire", "0, 1, 3 to 7, 10 to 18, 21, 39 to 42 or 45 to 47")]
        [DataRow("esp32-c3-devkitm", "Output", "0 to 5 or 9")]
        [DataRow("esp32-c3-devkitm", "Serial", "0 to 5 or 9")]
        [DataRow("esp32-c3-devkitm", "Analog", "0 to 4")]
        [DataRow("esp32-c6-devkitc", "Output", "0 to 7, 9 to 11, 15 or 19 to 21")]
        [DataRow("esp32-c6-devkitc", "Counter", "0 to 7, 9 to 11, 15 or 19 to 21")]
        [DataRow("esp32-c6-devkitc", "Analog", "0 to 6")]
        [DataRow("esp32-c6-devkitc", "Wake", "0 to 7")]
        public void Pins_that_serve_are_those_of_the_datasheet(string board, string use, string pins) =>
            StringAssert.EndsWith(Load(board).Refusal(Last + 1, use), ": use " + pins);

        [TestMethod]
        [DataRow("esp32-c3-devkitm", "Counter", "the ESP32-C3 has no pulse counter")]
        [DataRow("esp32-c3-devkitm", "Wake", "the ESP32-C3 has no wake-up from deep sleep")]
        [DataRow("esp32-c3-devkitm", "OneWire", "the ESP32-C3 has no 1-Wire")]
        [DataRow("esp32-c6-devkitc", "OneWire", "the ESP32-C6 has no 1-Wire")]
        public void What_the_chip_lacks_is_the_reason(string board, string use, string reason) => Assert.AreEqual(reason, Load(board).Refusal(4, use));

        [TestMethod]
        [DynamicData(nameof(Boards))]
        public void Board_is_named_for_its_folder(string board) => Assert.AreEqual(board, (string)Load(board).Constant("Name"));

        [TestMethod]
        [DynamicData(nameof(Boards))]
        public void Pins_that_the_board_uses_exist_and_are_taken(string board)
        {
            LoadedBoard loaded = Load(board);
            foreach (string role in new[] { "I2cData", "I2cClock", "Led" })
            {
                int pin = (int)loaded.Constant(role);
                Assert.AreNotEqual(0, loaded.Mask("Output") & (1L << pin), $"{role}: GPIO {pin} is no output");
                StringAssert.Contains(loaded.Refusal(pin, "Output"), "is taken by", role);
            }

            Assert.IsNull(loaded.Refusal((int)loaded.Constant("Button"), "Input"));
        }

        [TestMethod]
        [DynamicData(nameof(Boards))]
        public void Pin_for_something_special_is_an_input_at_least(string board)
        {
            LoadedBoard loaded = Load(board);
            foreach (string use in Uses)
            {
                Assert.AreEqual(0, loaded.Mask(use) & ~loaded.Mask("Input"), use);
                Assert.AreEqual(0, loaded.Mask(use) >> (Last + 1), use);
            }
        }

        // An ADC1 has at most ten channels (ESP32-S3).
        [TestMethod]
        [DynamicData(nameof(Boards))]
        public void Analog_pins_have_channels_of_their_own(string board)
        {
            LoadedBoard loaded = Load(board);
            int[] channels = [.. Enumerable.Range(0, Last + 1).Where(pin => (loaded.Mask("Analog") & (1L << pin)) != 0).Select(loaded.AnalogChannel)];

            CollectionAssert.AllItemsAreUnique(channels);
            Assert.IsTrue(channels.All(channel => channel is >= 0 and < 10), string.Join(' ', channels));
        }

        private static LoadedBoard Load(string board)
        {
            string[] sources = ["firmware/Core/Platform/PinTable.cs", $"boards/{board}/Board.cs"];
            IEnumerable<MetadataReference> desktop = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(path => Path.GetFileName(path) is "System.Runtime.dll" or "System.Private.CoreLib.dll")
                .Select(path => MetadataReference.CreateFromFile(path));
            DeviceAssembly built = DeviceCompiler.Compile(
                board, sources.Select(path => DeviceCompiler.Parse(File.ReadAllText(Path.Combine(Repository.Root, path)), path)), desktop);
            Report.Expect(built.Errors);
            using var image = new MemoryStream(built.Image);
            return new LoadedBoard(new AssemblyLoadContext(board).LoadFromStream(image).GetType("Boards.Esp32Program.Board", throwOnError: true)!);
        }

        /// <summary>A board's class, called by name: the boards' classes have the same.</summary>
        private sealed class LoadedBoard(Type type)
        {
            private readonly object _table = Activator.CreateInstance(type)!;

            public object Constant(string name) => type.GetField(name, BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy)!.GetRawConstantValue()!;

            public long Mask(string use) => (long)Call("Mask", Constant(use))!;

            public int AnalogChannel(int pin) => (int)Call("AnalogChannel", pin)!;

            public string? Refusal(int pin, string use) => (string?)Call("Refusal", pin, Constant(use));

            private object? Call(string method, params object[] arguments) => type.GetMethod(method)!.Invoke(_table, arguments);
        }
    }
}

using Mono.Cecil;
using NanoApi.Building;
using NanoApi.IlRules;

namespace NanoApi
{
    [TestClass]
    public class DeviceIlTests
    {
        [TestMethod]
        public void State_is_written_by_its_owner() => Report.Expect(FieldOwnership.Problems(
        [
            .. DeviceBuild.ProjectNames.Where(name => !name.StartsWith("tests/", StringComparison.Ordinal))
                .Select(name => DeviceBuild.Build(DeviceBuild.Project(name)))
                .Where(built => built.Succeeded)
                .Select(built => ModuleDefinition.ReadModule(new MemoryStream(built.Image))),
        ]));

        [TestMethod]
        public void Write_from_another_assembly_is_reported()
        {
            DeviceAssembly owner = DeviceCompiler.Compile("Owner", [DeviceCompiler.Parse("public class A { public int State; public void Run() => State++; }", "A.cs")], [Emission.ReferenceAssemblies.Reference("mscorlib")], false);
            DeviceAssembly other = DeviceCompiler.Compile("Other", [DeviceCompiler.Parse("public class B { public void Run(A a) => a.State = 0; }", "B.cs")], [Emission.ReferenceAssemblies.Reference("mscorlib"), owner.Reference], false);

            Report.Expect([.. owner.Errors, .. other.Errors]);
            Report.Says("writes A.State", FieldOwnership.Problems([ModuleDefinition.ReadModule(new MemoryStream(owner.Image)), ModuleDefinition.ReadModule(new MemoryStream(other.Image))]));
        }

        [TestMethod]
        [DataRow("public class Box<T> { }", "Box`1: a generic type")]
        [DataRow("public class A { public static int Count<T>(T one) => 1; }", "A.Count: a generic method")]
        [DataRow("public class A { static T Same<T>(T one) => one; public int Run() => Same(1); }", "A.Same: a generic method")]
        [DataRow("public delegate void Act<T>(T one); public class A { public Act<int> Field; }", "A.Field: a generic type, Act`1<System.Int32>")]
        [DataRow("public class A { public int[,] Grid; }", "A.Grid: an array of more than one dimension")]
        [DataRow("public class A { public object Run() => new int[2, 3]; }", "Snippet.cs(1): A.Run: an array of more than one dimension")]
        [DataRow("public class A { public int[][,] Grids; }", "an array of more than one dimension")]
        [DataRow("public interface I { int One() => 1; }", "I.One: an interface's method with a body")]
        [DataRow("public interface I { static int One() => 1; }", "I.One: an interface's method with a body")]
        [DataRow("public interface I { static readonly int One = 1; }", "I.One: an interface's field")]
        public void Type_that_cannot_load_is_reported(string source, string expected) => Report.Says(expected, DeviceIl.Problems(Compiled(source)));

        [TestMethod]
        [DataRow("public class A { public unsafe int Run() { int* p = stackalloc int[4]; return p[0]; } }", "A.Run: stackalloc")]
        [DataRow("public class A { public unsafe int Run(int* p) => *p; }", "A.Run: a pointer, System.Int32*")]
        [DataRow("public class A { public unsafe byte Run(byte[] b) { fixed (byte* p = b) { return *p; } } }", "a pointer")]
        public void Pointer_is_reported(string source, string expected)
        {
            DeviceAssembly assembly = Snippet.Compile(source, allowUnsafe: true);

            Report.Expect(assembly.Errors);
            Report.Says(expected, DeviceIl.Problems(assembly));
        }

        [TestMethod]
        [DataRow("return checked(number + 1);", "checked arithmetic, add.ovf")]
        [DataRow("return checked((byte)number);", "a checked conversion, conv.ovf.u1")]
        [DataRow("return new byte[wide];", "a checked conversion, conv.ovf.i")]
        [DataRow("return \"a\\0b\";", "a text with U+0000")]
        [DataRow("return colour.ToString();", "text of the enum Colour")]
        [DataRow("return \"is \" + colour;", "text of the enum Colour")]
        [DataRow("return text + (object)colour;", "text of the enum Colour")]
        [DataRow("return $\"{text}: {colour} of {number}\";", "text of the enum Colour")]
        [DataRow("return string.Format(\"{0} {1}\", colour, number + text.Length);", "text of the enum Colour")]
        [DataRow("return new StringBuilder().Append(colour);", "text of the enum Colour")]
        [DataRow("return DayOfWeek.Friday.ToString();", "text of the enum System.DayOfWeek")]
        public void Instruction_with_another_meaning_is_reported(string statements, string expected) =>
            Report.Says("Snippet.cs(10): Snippet.Run: " + expected, DeviceIl.Problems(Compiled(Snippet.Statements(statements))));

        [TestMethod]
        [DataRow("return new string[number];", "an array of strings without their values")]
        [DataRow("return new string[2];", "an array of strings without their values")]
        [DataRow("return new string[] { text, null };", "an array of strings without their values")]
        [DataRow("return Array.CreateInstance(typeof(string), number);", "an array of strings from Array.CreateInstance")]
        [DataRow("Array.Clear(bytes, 0, 1);", "an array from Array.Clear")]
        public void Array_of_strings_with_elements_that_crash_is_reported(string statements, string expected) =>
            Report.Says("Snippet.cs(10): Snippet.Run: " + expected, DeviceIl.Problems(Compiled(Snippet.Statements(statements))));

        [TestMethod]
        [DataRow("return new string[0];")]
        [DataRow("return new[] { text, number > 0 ? text : null, text ?? \"\", text };")]
        [DataRow("return new[] { \"0\", \"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\", \"9\" };")]
        [DataRow("return text + number + text + number + text;")]
        [DataRow("return text.Split(',');")]
        [DataRow("return new ArrayList().ToArray(typeof(string));")]
        [DataRow("return new object[number];")]
        [DataRow("return new string[0][];")]
        public void Array_of_strings_with_all_its_elements_passes(string statements) =>
            Report.Expect(DeviceIl.Problems(Compiled(Snippet.Statements(statements))));

        [TestMethod]
        public void Array_of_strings_is_made_by_the_method_that_fills_it() => Report.Expect(DeviceIl.Problems(Compiled(
            "namespace Firmware.Platform { public static class Texts { public static string[] New(int count) => new string[count]; } }")));

        [TestMethod]
        [DataRow("public int Number; [TestMethod] public void Works() { }", "Tests.Number: a test class has no instance state")]
        [DataRow("public int Number { get; set; } [TestMethod] public void Works() { }", "a test class has no instance state")]
        [DataRow("[TestMethod] public void Works() => Part(); void Part() { }", "Tests.Works: uses this")]
        [DataRow("[DataRow(1)] public void Works(int n) { Action later = () => Part(n); } void Part(int n) { }", "Tests.Works: uses this")]
        [DataRow("[Setup] public void Prepare() => Part(); void Part() { }", "Tests.Prepare: uses this")]
        [DataRow("[DataRow(1, null)] public void Works(int n, string s) { }", "DataRowAttribute has null, which the metadata processor cannot write")]
        [DataRow("[DataRow(null)] public void Works(string s) { }", "DataRowAttribute has null, which the metadata processor cannot write")]
        [DataRow("[DataRow(1, \"a\\0b\")] public void Works(int n, string s) { }", "DataRowAttribute has a text with U+0000")]
        [DataRow("[DataRow(DayOfWeek.Friday)] public void Works(DayOfWeek d) { }", "not System.DayOfWeek")]
        [DataRow("[DataRow(1, new byte[] { 1 })] public void Works(int n, byte[] b) { }", "not System.Byte[]")]
        public void Test_that_cannot_run_on_the_device_is_reported(string members, string expected) =>
            Report.Says(expected, DeviceIl.Problems(Compiled(TestClass(members))));

        [TestMethod]
        [DataRow("static int Number; [TestMethod] public void Works() => Assert.AreEqual(0, Number);")]
        [DataRow("[DataRow(1, \"a\", true, 2.5)] public void Works(int n, string s, bool b, double d) { Action later = () => n++; later(); }")]
        [DataRow("[TestMethod] public static void Works() => Assert.ThrowsException(typeof(Exception), () => throw new Exception());")]
        public void Test_without_instance_state_passes(string members) => Report.Expect(DeviceIl.Problems(Compiled(TestClass(members))));

        private static string TestClass(string members) =>
            $"using System; using nanoFramework.TestFramework; [TestClass] public class Tests {{ {members} }}";

        private static DeviceAssembly Compiled(string source)
        {
            DeviceAssembly assembly = Snippet.Compile(source);
            Report.Expect(assembly.Errors);
            return assembly;
        }
    }
}

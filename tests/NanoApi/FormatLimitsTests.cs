using Mono.Cecil;
using NanoApi.Building;
using NanoApi.IlRules;

namespace NanoApi
{
    [TestClass]
    public class FormatLimitsTests
    {
        [TestMethod]
        public void Assembly_with_too_much_code_is_reported_with_what_to_do() => Report.Says(
            "Snippet (Release): 4 bytes of IL, 3 allowed of the format's 65535: move whole folders to another assembly",
            Problems("public static class A { public static int One() => 1; public static int Two() => 2; }", 3));

        [TestMethod]
        public void Assembly_with_too_many_strings_is_reported() => Report.Says(
            "bytes of names and texts, 100 allowed",
            Problems($"public static class A {{ public static string Text() => \"{new string('x', 100)}\"; }}", 100));

        [TestMethod]
        public void Rows_of_a_test_are_strings_of_its_assembly() => Report.Says(
            "bytes of names and texts, 200 allowed",
            Problems($"using nanoFramework.TestFramework; public class A {{ [DataRow(1, \"{new string('x', 200)}\")] public void Test(int i, string s) {{ }} }}", 200));

        [TestMethod]
        [DataRow("public static int {0}() => 1;", "A: 256 static methods")]
        [DataRow("public int {0};", "A: 256 instance fields")]
        [DataRow("public static int {0};", "A: 256 static fields")]
        [DataRow("public virtual int {0}() => 1;", "A: 256 virtual methods")]
        [DataRow("public int {0}() => 1;", "A: 257 instance methods")]
        public void Type_with_too_many_members_of_a_kind_is_reported(string member, string expected)
        {
            IEnumerable<string> members = Enumerable.Range(0, 256).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, member, "M" + i));

            Report.Says(expected + ", the format takes 255 in a type: split it", Problems($"public class A {{ {string.Concat(members)} }}"));
        }

        [TestMethod]
        public void Constants_take_no_room() => Report.Expect(Problems(
            $"public static class A {{ {string.Concat(Enumerable.Range(0, 300).Select(i => $"public const int C{i} = {i};"))} }}"));

        // ldstr and call carry tokens of two bytes on the device, and a handler is twelve bytes after the code.
        [TestMethod]
        [DataRow("return \"a\";", 4)]
        [DataRow("return text.Length + number;", 10)]
        [DataRow("try { Run(0, null); } catch (System.Exception) { } return null;", 26)]
        public void Code_is_counted_as_on_the_device(string statements, int expected)
        {
            using ModuleDefinition module = Module($"public static class A {{ public static object Run(int number, string text) {{ {statements} }} }}");
            MethodDefinition run = module.GetType("A").Methods.Single(method => method.Name == "Run");

            Assert.AreEqual(expected, FormatLimits.CodeBytes(run.Body), string.Join('\n', run.Body.Instructions));
        }

        private static string[] Problems(string source, int limit = FormatLimits.Warning)
        {
            using ModuleDefinition module = Module(source);
            return [.. FormatLimits.Problems(module, limit: limit)];
        }

        private static ModuleDefinition Module(string source)
        {
            DeviceAssembly assembly = Snippet.Compile(source);
            Report.Expect(assembly.Errors);
            return ModuleDefinition.ReadModule(new MemoryStream(assembly.Image));
        }
    }
}

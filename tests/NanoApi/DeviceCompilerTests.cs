using NanoApi.Building;

namespace NanoApi
{
    [TestClass]
    public class DeviceCompilerTests
    {
        [TestMethod]
        [DataRow("""return $"{number:D2} {text,8}";""")]
        [DataRow("foreach (char c in text) { number += c; }")]
        [DataRow("var list = new ArrayList { 1, text }; foreach (object o in list) { number++; } return list[0];")]
        [DataRow("var table = new Hashtable(); table[text] = number; foreach (DictionaryEntry e in table) { number++; }")]
        [DataRow("lock (bytes) { number++; }")]
        [DataRow("int seen = 0; Action count = () => seen += number; count(); return seen;")]
        [DataRow("return number switch { 1 => text, > 5 and < 9 => \"some\", _ => \"none\" };")]
        [DataRow("switch (text) { case \"a\": return 1; case \"b\": return 2; case \"c\": return 3; case \"d\": return 4; case \"e\": return 5; case \"f\": return 6; case \"g\": return 7; }")]
        [DataRow("try { number++; } catch (Exception e) when (e.Message.Length > 3) { throw new ArgumentException(nameof(text), e); } finally { wide--; }")]
        [DataRow("static int Twice(int n) => n * 2; ref byte first = ref bytes[0]; first = (byte)Twice(number); return object.Equals(colour, Colour.Red);")]
        [DataRow("return new StringBuilder().Append(number).Append(text).Append((int)colour).ToString().Trim().Split(',');")]
        [DataRow("var t = new Timer(state => { }, null, 1, 2); return DateTime.UtcNow - DateTime.UnixEpoch > TimeSpan.FromSeconds(wide) && t != null;")]
        [DataRow("using var timer = new Timer(state => { }, null, 1, 2); ArrayList list = new(); return list;")]
        [DataRow("static int Sum(params int[] all) => all.Length; return Sum(number, 1, 2) + string.Concat(text, \"a\", text, \"b\", text).Length;")]
        [DataRow("byte[] table = { 1, 2, 3, 4, 5, 6, 7, 8, 9 }; return Encoding.UTF8.GetString(table, 0, number);")]
        public void Code_that_the_device_runs_passes(string statements)
        {
            DeviceAssembly assembly = Snippet.Compile(Snippet.Statements(statements));

            Report.Expect(assembly.Errors);
            Report.Expect(IlRules.DeviceIl.Problems(assembly));
        }

        [TestMethod]
        [DataRow("return text.Replace('a', 'b');", "CS1061")]
        [DataRow("return string.Join(\",\", new[] { text });", "CS0117")]
        [DataRow("return System.Linq.Enumerable.Count(bytes);", "CS0234")]
        [DataRow("Action<int> act = n => { }; return act;", "CS0308")]
        [DataRow("Func<int> get = () => 1; return get;", "CS0246")]
        [DataRow("int? maybe = null; return maybe;", "CS0518")]
        [DataRow("(int, int) pair = (1, 2); return pair;", "CS8179")]
        [DataRow("return bytes[^1];", "CS0656")]
        [DataRow("return Math.Abs(number);", "CS0103")]
        [DataRow("Console.WriteLine(number);", "CS1503")]
        [DataRow("Array.Sort(bytes);", "CS0117")]
        [DataRow("return text.Length.CompareTo(text?.Length);", "CS0518")]
        [DataRow("return Encoding.ASCII;", "CS0117")]
        [DataRow("return Environment.NewLine;", "CS0103")]
        [DataRow("return char.ToUpper(text[0]);", "CS1501")]
        [DataRow("TimeSpan unset; return unset;", "CS0165")]
        [DataRow("return new DBNull();", "CS1729")]
        [DataRow("List<int> list = null; return list;", "CS0246")]
        [DataRow("Span<int> span = stackalloc int[4]; return span[0];", "CS0246")]
        public void Code_that_the_device_lacks_is_refused(string statements, string error) =>
            Report.Says("Snippet.cs(10): " + error, Snippet.Compile(Snippet.Statements(statements)).Errors);

        [TestMethod]
        public void Volatile_field_is_refused() =>
            Report.Says("IsVolatile", Snippet.Compile("public class A { private volatile int _one; public int One => _one; }").Errors);

        [TestMethod]
        public void Error_without_a_place_is_reported() =>
            Report.Says("CS0656", Snippet.Compile(Snippet.Statements("return new { Name = number };")).Errors);

        [TestMethod]
        public void Language_after_C_sharp_9_is_refused() =>
            Report.Says("CS8773", Snippet.Compile("namespace Newer; public class A { }").Errors);
    }
}

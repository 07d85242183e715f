using NanoApi.Building;

namespace NanoApi
{
    [TestClass]
    public sealed class NfProjectTests : IDisposable
    {
        private const string CoreLibrary = """<ItemGroup><Reference Include="mscorlib" /></ItemGroup>""";

        private readonly string _folder = Directory.CreateTempSubdirectory("nfproj").FullName;

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        [TestMethod]
        public void Project_takes_the_sources_under_its_folder_but_not_its_output()
        {
            NfProject project = Project(CoreLibrary, ("A.cs", ""), ("Inner/bin/B.cs", ""), ("bin/C.cs", ""), ("obj/Debug/D.cs", ""));

            IEnumerable<string> sources = project.Sources.Select(path => Path.GetRelativePath(_folder, path).Replace('\\', '/'));
            Assert.AreEqual("A.cs, Inner/bin/B.cs", string.Join(", ", sources));
        }

        [TestMethod]
        public void Folder_that_a_Compile_item_adds_is_taken()
        {
            string items = CoreLibrary + """<ItemGroup><Compile Include="..\{0}-shared\**\*.cs" /></ItemGroup>""".Replace("{0}", Path.GetFileName(_folder), StringComparison.Ordinal);
            string shared = Directory.CreateDirectory(_folder + "-shared").FullName;
            try
            {
                File.WriteAllText(Path.Combine(shared, "B.cs"), "");
                NfProject project = Project(items, ("A.cs", ""));

                Assert.AreEqual("A.cs, B.cs", string.Join(", ", project.Sources.Select(Path.GetFileName).Order()));
            }
            finally
            {
                Directory.Delete(shared, recursive: true);
            }
        }

        [TestMethod]
        public void Project_with_sources_and_references_builds() =>
            Assert.IsEmpty(DeviceBuild.Build(Project(CoreLibrary, ("A.cs", "public class A { }"))).Errors);

        [TestMethod]
        public void Project_without_sources_is_reported() => Report.Says("no sources", DeviceBuild.Build(Project(CoreLibrary)).Errors);

        [TestMethod]
        public void Reference_without_facts_is_reported() => Report.Says(
            "no facts about Made.Up",
            DeviceBuild.Build(Project("""<ItemGroup><Reference Include="mscorlib" /><Reference Include="Made.Up" /></ItemGroup>""", ("A.cs", "class A { }"))).Errors);

        [TestMethod]
        public void Missing_reference_is_reported() => Report.Says(
            "CS0234",
            DeviceBuild.Build(Project(CoreLibrary, ("A.cs", "class A { System.Collections.Hashtable Table; }"))).Errors);

        [TestMethod]
        [DataRow("""<ItemGroup><Compile Include="Other.cs" /></ItemGroup>""", "a Compile item must add a whole folder")]
        [DataRow("""<ItemGroup><Compile Include="Other\**\*.cs" Exclude="Other\A.cs" /></ItemGroup>""", "a Compile item must add a whole folder")]
        [DataRow("""<ItemGroup><Compile Remove="A.cs" /></ItemGroup>""", "a Compile item must add a whole folder")]
        [DataRow("""<ItemGroup Condition="'$(A)' == ''"><Reference Include="mscorlib" /></ItemGroup>""", "a condition on Reference")]
        [DataRow("""<PropertyGroup><AssemblyName Condition="'$(A)' == ''">B</AssemblyName></PropertyGroup>""", "a condition on AssemblyName")]
        public void Project_that_needs_evaluating_is_refused(string items, string expected)
        {
            InvalidDataException refusal = Assert.ThrowsExactly<InvalidDataException>(() => Project(items));
            Assert.Contains(expected, refusal.Message);
        }

        [TestMethod]
        public void Imported_file_gives_what_the_project_does_not_say()
        {
            File.WriteAllText(Path.Combine(_folder, "Shared.props"), $"""
                <Project><Import Project="{Path.Combine(Repository.Root, "nf.props")}" />
                <PropertyGroup><AssemblyName>Shared</AssemblyName><OutputType>Library</OutputType><RootNamespace>Overridden</RootNamespace></PropertyGroup>
                <ItemGroup><ProjectReference Include="..\Other\Other.nfproj" /></ItemGroup></Project>
                """);
            string path = Path.Combine(_folder, "A.nfproj");
            File.WriteAllText(path, $"""<Project><Import Project="Shared.props" /><PropertyGroup><RootNamespace>Own</RootNamespace></PropertyGroup>{CoreLibrary}</Project>""");

            NfProject project = NfProject.Load(path);

            Assert.AreEqual("Shared Own", $"{project.AssemblyName} {project.RootNamespace}");
            Assert.AreEqual(Path.GetFullPath(Path.Combine(_folder, "../Other/Other.nfproj")), project.ProjectReferences.Single());
        }

        [TestMethod]
        public void Project_that_does_not_import_the_shared_properties_is_refused()
        {
            string path = Path.Combine(_folder, "A.nfproj");
            File.WriteAllText(path, $"<Project>{CoreLibrary}</Project>");

            InvalidDataException refusal = Assert.ThrowsExactly<InvalidDataException>(() => NfProject.Load(path));
            Assert.Contains("must import nf.props", refusal.Message);
        }

        private NfProject Project(string items, params (string Name, string Text)[] sources)
        {
            foreach ((string name, string text) in sources)
            {
                string path = Path.Combine(_folder, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, text);
            }

            string project = Path.Combine(_folder, "A.nfproj");
            string properties = "<PropertyGroup><AssemblyName>A</AssemblyName><OutputType>Library</OutputType></PropertyGroup>";
            File.WriteAllText(project, $"""<Project><Import Project="{Path.Combine(Repository.Root, "nf.props")}" />{properties}{items}</Project>""");
            return NfProject.Load(project);
        }
    }
}

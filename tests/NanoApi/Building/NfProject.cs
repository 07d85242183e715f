using System.Xml.Linq;

namespace NanoApi.Building
{
    /// <summary>What an .nfproj says, as far as the compiler and the device's metadata processor care.</summary>
    internal sealed class NfProject
    {
        private const string AllSources = @"\**\*.cs";

        // The project behind the files of this tree that it imports: the last definition of a property wins.
        private readonly IReadOnlyList<XElement> _elements;

        private NfProject(string path, IReadOnlyList<XDocument> documents)
        {
            Path = path;
            _elements = [.. documents.SelectMany(document => document.Descendants())];
        }

        public string Path { get; }

        public string Folder => System.IO.Path.GetDirectoryName(Path)!;

        public string Name => Repository.Relative(Path);

        public string AssemblyName => Property("AssemblyName");

        public string RootNamespace => Property("RootNamespace");

        public string ProjectGuid => Property("ProjectGuid");

        public bool IsExecutable => Property("OutputType") == "Exe";

        public IReadOnlyList<NfReference> References =>
        [
            .. Items("Reference").Select(item => new NfReference(
                item.Attribute("Include")!.Value,
                item.Elements().FirstOrDefault(element => element.Name.LocalName == "HintPath")?.Value ?? "")),
        ];

        public IReadOnlyList<string> ProjectReferences =>
            [.. Items("ProjectReference").Select(item => FullPath(Path, item.Attribute("Include")!.Value))];

        /// <summary>What the glob of nf.props takes, which a test holds, and the folders that Compile items add.</summary>
        public IReadOnlyList<string> Sources =>
        [
            .. from folder in Items("Compile").Select(item => FullPath(Path, item.Attribute("Include")!.Value[..^AllSources.Length])).Prepend(Folder)
               from path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
               let top = System.IO.Path.GetRelativePath(folder, path).Split(System.IO.Path.DirectorySeparatorChar)[0]
               where top is not ("bin" or "obj")
               orderby path
               select path,
        ];

        public static NfProject Load(string path)
        {
            var project = new NfProject(path, Documents(path));
            project.RefuseWhatIsNotEvaluated();
            return project;
        }

        /// <summary>Follows the first import of a file down to nf.props, which a test compares with what is built here.</summary>
        private static List<XDocument> Documents(string path)
        {
            XDocument document = XDocument.Load(path);
            string first = document.Root!.Elements().First().Attribute("Project")?.Value ?? "";
            string shared = FullPath(path, first);
            if (shared == System.IO.Path.Combine(Repository.Root, "nf.props"))
            {
                return [document];
            }

            return shared.EndsWith(".props", StringComparison.Ordinal) && File.Exists(shared)
                ? [.. Documents(shared), document]
                : throw new InvalidDataException($"{Repository.Relative(path)}: the first element must import nf.props, or a file that does");
        }

        /// <summary>This reader knows no MSBuild: it refuses what it would get wrong.</summary>
        private void RefuseWhatIsNotEvaluated()
        {
            if (Items("Compile").Any(item => item.Attribute("Include")?.Value.EndsWith(AllSources, StringComparison.Ordinal) != true || item.Attributes().Count() > 1))
            {
                throw new InvalidDataException($"{Name}: a Compile item must add a whole folder, FOLDER{AllSources}");
            }

            string[] evaluated = ["Reference", "ProjectReference", "AssemblyName", "RootNamespace", "OutputType"];
            foreach (XElement element in _elements.Where(element => evaluated.Contains(element.Name.LocalName)))
            {
                if (element.Attribute("Condition") != null || element.Parent!.Attribute("Condition") != null)
                {
                    throw new InvalidDataException($"{Name}: a condition on {element.Name.LocalName} is not understood here");
                }
            }
        }

        private string Property(string name) =>
            _elements.LastOrDefault(element => element.Name.LocalName == name)?.Value
            ?? throw new InvalidDataException($"{Name}: no {name}");

        private IEnumerable<XElement> Items(string name) =>
            _elements.Where(element => element.Name.LocalName == name && element.Parent!.Name.LocalName == "ItemGroup");

        // MSBuild takes the paths of items from the project, also where an imported file has them.
        private static string FullPath(string project, string relative) =>
            System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(project)!, relative.Replace('\\', '/')));
    }
}

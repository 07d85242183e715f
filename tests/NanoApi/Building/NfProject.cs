using System.Xml.Linq;

namespace NanoApi.Building
{
    /// <summary>What an .nfproj says, as far as the compiler and the device's metadata processor care.</summary>
    internal sealed class NfProject
    {
        private readonly XDocument _document;

        private NfProject(string path, XDocument document)
        {
            Path = path;
            _document = document;
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
            [.. Items("ProjectReference").Select(item => FullPath(item.Attribute("Include")!.Value))];

        /// <summary>What the glob of nf.props takes: a test holds that glob.</summary>
        public IReadOnlyList<string> Sources =>
        [
            .. from path in Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
               let top = System.IO.Path.GetRelativePath(Folder, path).Split(System.IO.Path.DirectorySeparatorChar)[0]
               where top is not ("bin" or "obj")
               orderby path
               select path,
        ];

        public static NfProject Load(string path)
        {
            var project = new NfProject(path, XDocument.Load(path));
            project.RefuseWhatIsNotEvaluated();
            return project;
        }

        /// <summary>This reader knows no MSBuild: it refuses what it would get wrong.</summary>
        private void RefuseWhatIsNotEvaluated()
        {
            string import = _document.Root!.Elements().First().Attribute("Project")?.Value ?? "";
            string shared = FullPath(import);
            if (shared != System.IO.Path.Combine(Repository.Root, "nf.props"))
            {
                throw new InvalidDataException($"{Name}: the first element must import nf.props");
            }

            if (Items("Compile").Any())
            {
                throw new InvalidDataException($"{Name}: Compile items stand in nf.props only");
            }

            string[] evaluated = ["Reference", "ProjectReference", "AssemblyName", "RootNamespace", "OutputType"];
            foreach (XElement element in _document.Descendants().Where(element => evaluated.Contains(element.Name.LocalName)))
            {
                if (element.Attribute("Condition") != null || element.Parent!.Attribute("Condition") != null)
                {
                    throw new InvalidDataException($"{Name}: a condition on {element.Name.LocalName} is not understood here");
                }
            }
        }

        private string Property(string name) =>
            _document.Descendants().LastOrDefault(element => element.Name.LocalName == name)?.Value
            ?? throw new InvalidDataException($"{Name}: no {name}");

        private IEnumerable<XElement> Items(string name) =>
            _document.Descendants().Where(element => element.Name.LocalName == name && element.Parent!.Name.LocalName == "ItemGroup");

        private string FullPath(string relative) =>
            System.IO.Path.GetFullPath(System.IO.Path.Combine(Folder, relative.Replace('\\', '/')));
    }
}

using System.Xml.Linq;
using NanoApi.Model;

namespace NanoApi.Packaging
{
    /// <summary>Reads the lists of packages.</summary>
    internal static class PackageLists
    {
        /// <summary>The published packages, by id.</summary>
        public static IReadOnlyDictionary<string, Package> Published { get; } = File.ReadLines(DeviceApi.PackagesFile)
            .Select(line => line.Split(' '))
            .Select(words => new Package(words[0], words[1]) { Assemblies = words[2].Split(',') })
            .ToDictionary(package => package.Id);

        public static IReadOnlyList<Package> Config(string xml) =>
        [
            .. XDocument.Parse(xml).Root!.Elements("package").Select(element => new Package(element.Attribute("id")!.Value, element.Attribute("version")!.Value)
            {
                TargetFramework = element.Attribute("targetFramework")?.Value ?? "",
            }),
        ];
    }
}

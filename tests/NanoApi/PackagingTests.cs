using NanoApi.Building;
using NanoApi.Packaging;

namespace NanoApi
{
    [TestClass]
    public class PackagingTests
    {
        private static readonly NfReference CoreLibrary = new("mscorlib", @"..\packages\nanoFramework.CoreLibrary.1.17.11\lib\mscorlib.dll");
        private static readonly Package CorePackage = new("nanoFramework.CoreLibrary", "1.17.11");

        public static IEnumerable<string> Projects => DeviceBuild.ProjectNames;

        [TestMethod]
        [DynamicData(nameof(Projects))]
        public void Device_project_agrees_with_its_packages(string name)
        {
            NfProject project = DeviceBuild.Project(name);
            string config = File.ReadAllText(Path.Combine(project.Folder, "packages.config"));

            Report.Expect(PackageRules.Problems(project.References, PackageLists.Config(config), name.Count(c => c == '/')));
        }

        [TestMethod]
        public void Package_versions_are_the_same_in_all_projects() => Report.Expect(PackageRules.Differences(
            from path in Repository.Files("packages.config")
            from package in PackageLists.Config(File.ReadAllText(path))
            select (Repository.Relative(path), package)));

        [TestMethod]
        public void Solution_has_every_project()
        {
            IEnumerable<(string, string?, bool)> device = DeviceBuild.ProjectNames.Select(DeviceBuild.Project)
                .Select(project => (project.Name, (string?)project.ProjectGuid, project.IsExecutable));
            IEnumerable<(string, string?, bool)> desktop = Repository.Files(".csproj").Select(path => (Repository.Relative(path), (string?)null, false));
            string solution = File.ReadAllText(Path.Combine(Repository.Root, "Firmware.sln"));

            Report.Expect(SolutionRules.Problems(solution, device.Concat(desktop)));
        }

        [TestMethod]
        public void Matching_reference_and_package_pass() => Assert.IsEmpty(PackageRules.Problems([CoreLibrary], [CorePackage], 1));

        [TestMethod]
        [DataRow("1.17.10", "Facts/packages.txt says 1.17.11")]
        [DataRow("1.17.10", @"HintPath ..\packages\nanoFramework.CoreLibrary.1.17.11\lib\mscorlib.dll is not")]
        public void Package_of_another_version_is_reported(string version, string expected) =>
            Report.Says(expected, PackageRules.Problems([CoreLibrary], [CorePackage with { Version = version }], 1));

        [TestMethod]
        public void Reference_at_the_wrong_depth_is_reported() =>
            Report.Says(@"is not ..\..\packages\<id>.<version>\lib\mscorlib.dll", PackageRules.Problems([CoreLibrary], [CorePackage], 2));

        [TestMethod]
        public void Reference_to_another_assembly_than_its_hint_is_reported() =>
            Report.Says("System.Net: HintPath", PackageRules.Problems([CoreLibrary with { Name = "System.Net" }], [CorePackage], 1));

        [TestMethod]
        public void Assembly_that_its_package_lacks_is_reported() => Report.Says(
            "System.Net: nanoFramework.CoreLibrary has no such assembly",
            PackageRules.Problems([new("System.Net", @"..\packages\nanoFramework.CoreLibrary.1.17.11\lib\System.Net.dll")], [CorePackage], 1));

        [TestMethod]
        public void Package_of_another_framework_is_reported() =>
            Report.Says("targetFramework net10.0", PackageRules.Problems([CoreLibrary], [CorePackage with { TargetFramework = "net10.0" }], 1));

        [TestMethod]
        public void Package_without_a_reference_is_reported() =>
            Report.Says("no HintPath uses it", PackageRules.Problems([CoreLibrary], [CorePackage, new("nanoFramework.System.Net", "1.11.60")], 1));

        [TestMethod]
        public void Package_that_was_never_published_is_reported() =>
            Report.Says("not in Facts/packages.txt", PackageRules.Problems([], [new("nanoFramework.Made.Up", "1.0.0")], 1));

        [TestMethod]
        public void Package_of_two_versions_is_reported() => Report.Says(
            "nanoFramework.CoreLibrary: 1.17.11 in a/packages.config, 1.17.10 in b/packages.config",
            PackageRules.Differences([("a/packages.config", CorePackage), ("b/packages.config", CorePackage with { Version = "1.17.10" })]));

        [TestMethod]
        public void Project_that_the_solution_lacks_is_reported() =>
            Report.Says("a/A.csproj: not in Firmware.sln", SolutionRules.Problems("", [("a/A.csproj", null, false)]));

        [TestMethod]
        [DataRow("{11A8DD76-328B-46DF-9F39-F559912D0360}", "{2}", false, "its guid in Firmware.sln is not its ProjectGuid {2}")]
        [DataRow("{9A19103F-16F7-4668-BE54-9A1E7A4F7556}", "{1}", false, "its project type is not {11A8DD76")]
        [DataRow("{11A8DD76-328B-46DF-9F39-F559912D0360}", "{1}", true, "0 Deploy.0 lines in Firmware.sln, 2 expected")]
        public void Device_project_that_the_solution_has_wrong_is_reported(string type, string projectGuid, bool isExecutable, string expected)
        {
            string solution = $"Project(\"{type}\") = \"A\", \"a\\A.nfproj\", \"{{1}}\"\nEndProject\n";

            Report.Says(expected, SolutionRules.Problems(solution, [("a/A.nfproj", projectGuid, isExecutable)]));
        }
    }
}

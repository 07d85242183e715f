using NanoApi.Building;

namespace NanoApi.Layering
{
    /// <summary>
    /// What a device project may reference: an assembly that is not referenced cannot be known, neither by its folders nor by
    /// its root, and is not deployed to a board that does not take it.
    /// </summary>
    internal static class ProjectRules
    {
        public static IEnumerable<string> Problems(NfProject project) => Problems(
            Repository.Relative(project.Folder),
            project.References.Select(reference => reference.Name),
            project.ProjectReferences.Select(path => Repository.Relative(Path.GetDirectoryName(path)!)));

        /// <param name="folder">The folder of the project, from the root.</param>
        /// <param name="assemblies">Assemblies of packages that it references.</param>
        /// <param name="projects">Folders of the projects that it references.</param>
        public static IEnumerable<string> Problems(string folder, IEnumerable<string> assemblies, IEnumerable<string> projects)
        {
            string[]? mayReference = ProjectsFor(folder);
            IEnumerable<string> ours = projects
                .Where(project => mayReference != null && !mayReference.Contains(project))
                .Select(project => $"{folder} may not reference {project}");
            IEnumerable<string> theirs = assemblies
                .Where(assembly => folder.StartsWith("firmware/", StringComparison.Ordinal) && !Layers.BaseLibrary.Contains(assembly))
                .Select(assembly => $"{folder} may not reference {assembly}: firmware/ references the base library alone");
            return ours.Concat(theirs);
        }

        private static string[]? ProjectsFor(string folder) => folder.Split('/') switch
        {
            ["firmware", "Core"] or ["boards", "loader"] => [],
            ["firmware", "Device"] => ["firmware/Core"],
            ["firmware", ..] => ["firmware/Core", "firmware/Device", .. Layers.Modules.GetValueOrDefault(folder, [])],
            ["boards", "esp32" or "esp32-accesspoint" or "esp32-pwm" or "esp32-sensors" or "esp32-onewire"] => ["firmware/Core"],
            ["boards", "esp32-inputs"] => ["firmware/Core", "boards/esp32"],
            ["boards", "esp32-updates"] => ["firmware/Core", "boards/esp32", "boards/loader"],
            _ => null, // a board, or a test
        };
    }
}

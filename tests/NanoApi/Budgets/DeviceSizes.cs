using NanoApi.Building;

namespace NanoApi.Budgets
{
    /// <summary>The sizes of what is deployed to a device: of each assembly, and of the sets that a board may take.</summary>
    internal static class DeviceSizes
    {
        /// <summary>The name of the set with every module, and the drivers that every board has.</summary>
        public const string AllModules = "all modules";

        /// <summary>The name of the set of a board that measures, sleeps and publishes.</summary>
        public const string PlainSensor = "plain sensor";

        // A board takes them for the sensors that it lists; none does by default.
        private static readonly string[] Drivers = ["Boards.Esp32.Sensors", "Boards.Esp32.OneWire", "Boards.Esp32.Serial", "Firmware.Gateway", "Firmware.GatewayText"];

        private static readonly string[] NotOnPlainSensor =
        [
            "Firmware.Updates", "Firmware.HomeAssistant", "Firmware.Gateway", "Firmware.GatewayText", "Firmware.Provisioning", "Firmware.Security", "Firmware.Inputs", "Firmware.Outputs", "Firmware.Rules",

            // What only updates need: without them nothing has to choose between images.
            "Boards.Esp32.Updates", "Boards.Loader", "Boards.Esp32.AccessPoint",

            // Only a board with inputs, and one with outputs that take levels.
            "Boards.Esp32.Inputs", "Boards.Esp32.Pwm",
        ];

        // A device has one board: in the sets it is this one.
        private static readonly string[] OtherBoards =
        [
            .. DeviceBuild.ProjectNames.Select(DeviceBuild.Project).Where(project => project.IsExecutable && project.AssemblyName != "Boards.Esp32DevKitC")
                .Select(project => project.AssemblyName),
        ];

        /// <summary>The projects of firmware/ and boards/ that compile.</summary>
        public static IReadOnlyList<AssemblySize> Assemblies { get; } =
        [
            .. from name in DeviceBuild.ProjectNames
               where !name.StartsWith("tests/", StringComparison.Ordinal)
               let built = DeviceBuild.Build(DeviceBuild.Project(name))
               where built.Succeeded
               select SizeMeter.Measure(built.Image),
        ];

        /// <summary>The assemblies of the set with every module.</summary>
        public static IEnumerable<AssemblySize> OnEachBoard => Assemblies.Where(size => !Drivers.Contains(size.Name) && !OtherBoards.Contains(size.Name));

        public static IReadOnlyList<AssemblySize> Sets { get; } =
        [
            AssemblySize.Sum(AllModules, OnEachBoard),
            AssemblySize.Sum(PlainSensor, OnEachBoard.Where(size => !NotOnPlainSensor.Contains(size.Name))),
        ];
    }
}

namespace NanoApi.Layering
{
    /// <summary>Who may know whom: the one place to change when a folder comes or a rule moves.</summary>
    internal static class Layers
    {
        /// <summary>
        /// Folder -> the namespaces of ours that its files may name besides their own, inner ones included.
        /// A folder of core/ or firmware/ that is missing here is reported.
        /// </summary>
        public static readonly IReadOnlyDictionary<string, string[]> Knows = new Dictionary<string, string[]>
        {
            ["core/Platform"] = [],
            ["core/Json"] = [],
            ["core/Sensing"] = [Platform, Json],
            ["core/Telemetry"] = [Platform, Json, Sensing],
            ["core/Messaging"] = [Platform, Json, Sensing, Telemetry],
            ["core/Actuation"] = [Platform, Json, Sensing, Telemetry, Messaging],
            ["core/Connectivity"] = [Platform, Json, Sensing, Telemetry, Messaging],
            ["core/Power"] = [Platform, Json, Sensing, Telemetry, Messaging, Connectivity],
            ["firmware/Automation"] = [Platform, Json, Sensing, Telemetry, Messaging, Connectivity, Power],
            ["firmware/Settings"] = [Platform, Json, Sensing, Telemetry, Messaging, Connectivity, Power, Automation, Actuation],
            ["firmware/HomeAssistant"] = [Platform, Json, Sensing, Telemetry, Messaging, Actuation, Settings],
            ["firmware/Updates"] = [Platform, Json, Sensing, Telemetry, Messaging, Connectivity, Power, Automation, Actuation, Settings],
            ["firmware/Diagnostics"] = [Platform, Json, Sensing, Telemetry, Messaging, Connectivity, Power, Automation, Actuation, Settings, Updates],

            // The version alone.
            ["core"] = [],

            // Device and its neighbours: they join the features.
            ["firmware"] = ["Firmware"],

            // It stays on a device while firmwares come and go.
            ["boards/loader"] = [],

            // The port sees the contracts, the loader and the vendors; a board besides sees the port. Program*.cs and
            // Application.cs may know everything.
            ["boards/esp32"] = [Platform, "Boards.Loader"],
            ["boards/*"] = [Platform, "Boards.Esp32"],
        };

        /// <summary>
        /// What of the device's libraries a top folder, or a folder of boards/, may name: no vendor type can slip into
        /// core/ and firmware/, and the loader asks for nothing that a later runtime may lack. Others may name all.
        /// </summary>
        public static readonly IReadOnlyDictionary<string, string[]> Libraries = new Dictionary<string, string[]>
        {
            ["core"] = BaseLibrary,
            ["firmware"] = BaseLibrary,
            ["boards/loader"] = ["System", "System.IO", "System.Reflection", "System.Threading", "nanoFramework.Runtime.Native"],
        };

        /// <summary>Time and threads come from a board, so that the simulated device can have its own.</summary>
        public static readonly IReadOnlyList<string> InBoardsOnly =
        [
            "System.DateTime.UtcNow", "System.DateTime.Today", "System.Environment",
            "System.Threading.Thread", "System.Threading.Timer", "System.Threading.SpinWait",
        ];

        /// <summary>Here namespaces are the vendor's, and a file holds what belongs together there.</summary>
        public static readonly IReadOnlyList<string> NamedByVendor = ["boards/native-sim/Emulation", "tests/TestFramework"];

        private static string[] BaseLibrary => ["System", "System.Collections", "System.Text", "System.Threading"];

        private const string Platform = "Firmware.Platform";
        private const string Json = "Firmware.Json";
        private const string Sensing = "Firmware.Sensing";
        private const string Telemetry = "Firmware.Telemetry";
        private const string Messaging = "Firmware.Messaging";
        private const string Actuation = "Firmware.Actuation";
        private const string Connectivity = "Firmware.Connectivity";
        private const string Power = "Firmware.Power";
        private const string Automation = "Firmware.Automation";
        private const string Settings = "Firmware.Settings";
        private const string Updates = "Firmware.Updates";
    }
}

namespace NanoApi.Layering
{
    /// <summary>
    /// Who may know whom: the one place to change when a folder of Core or Device comes. A module, any other folder of
    /// firmware/, needs no line unless it knows another one.
    /// </summary>
    internal static class Layers
    {
        /// <summary>The folders of firmware/Core in their order: Platform and Json know nobody, each other knows those before it.</summary>
        public static readonly IReadOnlyList<string> Core =
            ["Platform", "Json", "Cryptography", "Sensing", "Telemetry", "Messaging", "Connectivity", "Actuation"];

        /// <summary>
        /// Folder of firmware/Device -> its other folders that it may name. All of them know Core and the contracts in the root.
        /// Where a folder shares a namespace with one of Core, the folder of the type decides.
        /// </summary>
        public static readonly IReadOnlyDictionary<string, string[]> Device = new Dictionary<string, string[]>
        {
            // The typed settings of the core's own modules, and their groups, are listed there.
            ["Settings"] = ["Diagnostics", "Sampling", "Connectivity", "Messaging", "Shutdown"],
            ["Messaging"] = ["Settings"],
            ["Diagnostics"] = ["Settings", "Shutdown"],
            ["Connectivity"] = ["Settings", "Diagnostics", "Messaging"],
            ["Sampling"] = ["Settings", "Diagnostics", "Shutdown"],
            ["Requests"] = [],
            ["Shutdown"] = ["Connectivity", "Messaging", "Diagnostics"],
        };

        /// <summary>The modules that know another one: an assembly of their own for what only some boards take of it.</summary>
        public static readonly IReadOnlyDictionary<string, string[]> Modules = new Dictionary<string, string[]>
        {
            ["firmware/GatewayText"] = ["firmware/Gateway"],
        };

        /// <summary>The board folders that know less, or more, than a board: the port and the contracts that it implements.</summary>
        public static readonly IReadOnlyDictionary<string, string[]> Boards = new Dictionary<string, string[]>
        {
            // It stays on a device while firmwares come and go.
            ["boards/loader"] = [],

            ["boards/esp32"] = ["firmware/Core/Platform"],
            ["boards/esp32-sensors"] = ["firmware/Core/Platform"],
            ["boards/esp32-onewire"] = ["firmware/Core/Platform"],
            ["boards/esp32-serial"] = ["firmware/Core/Platform"],
            ["boards/esp32-inputs"] = ["firmware/Core/Platform", "boards/esp32"],
            ["boards/esp32-accesspoint"] = ["firmware/Core/Platform"],
            ["boards/esp32-pwm"] = ["firmware/Core/Platform"],

            // It writes the files that the loader reads.
            ["boards/esp32-updates"] = ["firmware/Core/Platform", "boards/esp32", "boards/loader"],
        };

        /// <summary>What a file of any other board may name; Program*.cs, Application.cs and Modules.cs, which join, name everything.</summary>
        public static readonly IReadOnlyList<string> Board = ["firmware/Core/Platform", "boards/esp32", "boards/esp32-accesspoint", "boards/esp32-inputs", "boards/esp32-pwm", "boards/esp32-sensors", "boards/esp32-onewire", "boards/esp32-serial"];

        /// <summary>Types in the root of firmware/Device that join the others: only the root and the boards' programs know them.</summary>
        public static readonly IReadOnlyList<string> Joiners =
            ["Firmware.Device", "Firmware.DeviceBuilder", "Firmware.CoreModules"];

        /// <summary>
        /// What of the device's libraries a top folder, or a folder of boards/, may name: no vendor type can slip into
        /// firmware/, and the loader asks for nothing that a later runtime may lack. Others may name all.
        /// </summary>
        public static readonly IReadOnlyDictionary<string, string[]> Libraries = new Dictionary<string, string[]>
        {
            ["firmware"] = ["System", "System.Collections", "System.Text", "System.Threading"],
            ["boards/loader"] = ["System", "System.IO", "System.Reflection", "System.Threading", "nanoFramework.Runtime.Native"],
        };

        /// <summary>The assemblies that a project of firmware/ may reference besides those of firmware/.</summary>
        public static readonly IReadOnlyList<string> BaseLibrary =
            ["mscorlib", "nanoFramework.System.Collections", "nanoFramework.System.Text"];

        /// <summary>Time and threads come from a board, so that the simulated device can have its own.</summary>
        public static readonly IReadOnlyList<string> InBoardsOnly =
        [
            "System.DateTime.UtcNow", "System.DateTime.Today", "System.Environment",
            "System.Threading.Thread", "System.Threading.Timer", "System.Threading.SpinWait",
        ];

        /// <summary>Here namespaces are the vendor's, and a file holds what belongs together there.</summary>
        public static readonly IReadOnlyList<string> NamedByVendor = ["boards/native-sim/Emulation", "tests/TestFramework"];
    }
}

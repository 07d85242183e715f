using Microsoft.CodeAnalysis;

namespace NanoApi.Layering
{
    /// <summary>Which folder a source or a type of ours belongs to, as the table of Layers has it.</summary>
    internal static class Place
    {
        /// <summary>
        /// `firmware/Core/Json`, `firmware/Device/Settings` (with its inner folders), `firmware/Core` for a file in its root,
        /// `firmware/Sleep` for a module with all its folders, `boards/esp32`; null outside of firmware/ and boards/.
        /// </summary>
        public static string? OfFile(string path)
        {
            string[] folders = path.Split('/')[..^1];
            return folders switch
            {
                ["firmware", "Core" or "Device", _, ..] => string.Join('/', folders[..3]),
                ["firmware" or "boards", _, ..] => string.Join('/', folders[..2]),
                _ => null,
            };
        }

        /// <summary>The folder of a type of ours, by its source, or by its assembly and namespace; null for a library's.</summary>
        public static string? OfType(ITypeSymbol type)
        {
            string? source = type.OriginalDefinition.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree.FilePath).FirstOrDefault();
            if (source != null)
            {
                return OfFile(source);
            }

            string[] space = [.. type.ContainingNamespace.ToDisplayString().Split('.').Skip(1)];
            return type.ContainingAssembly?.Name.Split('.') switch
            {
                ["Firmware", "Core"] => string.Join('/', ["firmware/Core", .. space.Take(1)]),
                ["Firmware"] => string.Join('/', ["firmware/Device", .. space.Take(1)]),
                ["Firmware", string module] => $"firmware/{module}",
                ["Boards", "Esp32", "Updates"] => "boards/esp32-updates",
                ["Boards", "Esp32", "Pwm"] => "boards/esp32-pwm",
                ["Boards", "Esp32", "Sensors"] => "boards/esp32-sensors",
                ["Boards", "Esp32", "OneWire"] => "boards/esp32-onewire",
                ["Boards", "Esp32", "Serial"] => "boards/esp32-serial",
                ["Boards", "Esp32", "Inputs"] => "boards/esp32-inputs",
                ["Boards", "Esp32", "AccessPoint"] => "boards/esp32-accesspoint",
                ["Boards", string board] => $"boards/{board.ToLowerInvariant()}",
                _ => null,
            };
        }

        /// <summary>The namespace of the types in a folder: its last name, for firmware/Core and firmware/Device none.</summary>
        public static string NamespaceOf(string folder) => folder.Split('/') switch
        {
            ["firmware", "Core" or "Device"] => "Firmware",
            ["firmware", .., string name] => $"Firmware.{name}",
            ["boards", "esp32" or "esp32-updates" or "esp32-accesspoint" or "esp32-inputs" or "esp32-pwm" or "esp32-sensors" or "esp32-onewire" or "esp32-serial"] => "Boards.Esp32",
            ["boards", "loader"] => "Boards.Loader",
            _ => "",
        };
    }
}

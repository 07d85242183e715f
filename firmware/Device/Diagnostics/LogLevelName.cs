using Firmware.Platform;

namespace Firmware.Diagnostics
{
    /// <summary>The levels of the log as text.</summary>
    internal static class LogLevelName
    {
        private static readonly string[] Names = { "off", "error", "warning", "information", "debug" };

        internal static string Of(LogLevel level) => Names[(int)level];

        /// <summary>Finds a level that a line can have.</summary>
        /// <returns>False for any other text, null among them.</returns>
        internal static bool TryParse(string text, out LogLevel level)
        {
            level = LogLevel.Debug;
            while (level > LogLevel.Off && Names[(int)level] != text)
            {
                level--;
            }

            return level != LogLevel.Off;
        }
    }
}

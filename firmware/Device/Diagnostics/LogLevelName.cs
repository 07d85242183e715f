using Firmware.Platform;

namespace Firmware.Diagnostics
{
    /// <summary>The levels of the log as text.</summary>
    internal static class LogLevelName
    {
        internal static string Of(LogLevel level) => level switch
        {
            LogLevel.Error => "error",
            LogLevel.Warning => "warning",
            LogLevel.Information => "information",
            LogLevel.Debug => "debug",
            _ => "off",
        };

        /// <summary>Finds a level that a line can have.</summary>
        /// <returns>False for any other text, null among them.</returns>
        internal static bool TryParse(string text, out LogLevel level)
        {
            level = LogLevel.Debug;
            while (level > LogLevel.Off && Of(level) != text)
            {
                level--;
            }

            return level != LogLevel.Off;
        }
    }
}

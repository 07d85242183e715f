using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>A log that keeps its last line.</summary>
    public sealed class LastLineLog : ILog
    {
        public LogLevel Level { get; set; } = LogLevel.Debug;

        public string Last { get; private set; }

        public bool Keeps(LogLevel level) => level <= Level;

        public void Write(LogLevel level, string text) => Last = text;
    }
}

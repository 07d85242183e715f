namespace Firmware.Platform
{
    /// <summary>Receives log lines, for people who look for a fault.</summary>
    public interface ILog
    {
        /// <summary>Whether lines of a level are kept: a line that is not need not be put together.</summary>
        /// <param name="level">The level.</param>
        /// <returns>True when they are.</returns>
        bool Keeps(LogLevel level);

        /// <summary>Adds a line.</summary>
        /// <param name="level">How grave it is.</param>
        /// <param name="text">One line, never with a secret; what is longer than 160 characters is cut.</param>
        void Write(LogLevel level, string text);
    }
}

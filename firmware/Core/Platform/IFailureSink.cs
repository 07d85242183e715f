using System;

namespace Firmware.Platform
{
    /// <summary>Receives exceptions that the device survives.</summary>
    public interface IFailureSink
    {
        /// <summary>Counts, logs and records an exception.</summary>
        /// <param name="where">The part that failed, as the log and the boot record name it.</param>
        /// <param name="exception">The exception.</param>
        void Failed(string where, Exception exception);
    }
}

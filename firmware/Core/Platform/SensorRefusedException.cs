using System;

namespace Firmware.Platform
{
    /// <summary>A sensor answers but cannot be used. The message says why, in the words of an event.</summary>
    public sealed class SensorRefusedException : Exception
    {
        /// <summary>Creates an exception.</summary>
        /// <param name="reason">What is wrong, and what to do.</param>
        public SensorRefusedException(string reason)
            : base(reason)
        {
        }
    }
}

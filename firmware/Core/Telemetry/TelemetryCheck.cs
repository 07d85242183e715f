namespace Firmware.Telemetry
{
    /// <summary>State of the check whether what the broker acknowledges reaches subscribers, until the first pack has come back.</summary>
    internal sealed class TelemetryCheck
    {
        /// <summary>Milliseconds in which an acknowledged pack has to come back.</summary>
        internal const int EchoTime = 30000;

        /// <summary>Milliseconds before a pack that did not come back is sent again; doubled each time, up to a limit.</summary>
        internal const int FirstPause = 60000;

        /// <summary>The limit of that, in milliseconds.</summary>
        internal const int LongestPause = 3600000;

        /// <summary>Uptime in milliseconds when the pack has to be back; nothing is awaited at <see cref="long.MaxValue"/>.</summary>
        internal long EchoBy = long.MaxValue;

        /// <summary>Bytes of the pack that was sent last.</summary>
        internal int Length;

        /// <summary>The next pause, in milliseconds.</summary>
        internal int Pause = FirstPause;
    }
}

namespace Firmware.Settings
{
    /// <summary>
    /// Settings that could cut the device off are on trial: confirmed when it is online with them in time, else rolled back.
    /// A state machine; the caller stores.
    /// </summary>
    public sealed class SettingsTrial
    {
        /// <summary>Milliseconds within which the device must be online again.</summary>
        public const int Limit = 120000;

        /// <summary>Whether there is a trial.</summary>
        public bool IsRunning => DueAt != long.MaxValue;

        /// <summary>The uptime at which the trial has failed; far away without a trial.</summary>
        public long DueAt = long.MaxValue;

        /// <summary>The id of the request that began the last trial, as JSON, for the event that ends it; null without one.</summary>
        public byte[] RequestId;

        /// <summary>The client that began the last trial; null without one.</summary>
        public string From;

        /// <summary>Begins: from now on the device tries to connect with the new settings.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <param name="requestId">Id of the request as JSON, or null.</param>
        /// <param name="from">The client, or null.</param>
        public void Begin(long now, byte[] requestId, string from)
        {
            DueAt = now + Limit;
            RequestId = requestId;
            From = from;
        }

        /// <summary>The device is online with the new settings.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>True when this ends the trial: the settings must be confirmed.</returns>
        public bool Online(long now) => now < DueAt && End();

        /// <summary>Checks the time limit.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>True when this ends the trial: the settings must be rolled back.</returns>
        public bool Tick(long now) => now >= DueAt && End();

        /// <summary>Ends it, whatever its result.</summary>
        /// <returns>Whether there was one.</returns>
        public bool End()
        {
            bool wasRunning = IsRunning;
            DueAt = long.MaxValue;
            return wasRunning;
        }
    }
}

namespace Firmware.Settings
{
    /// <summary>
    /// Settings that could cut the device off are on trial: kept when it is online with them in time, given up when not.
    /// A state machine; the caller stores.
    /// </summary>
    public sealed class SettingsTrial
    {
        /// <summary>Milliseconds in which the device has to be online again.</summary>
        public const int Limit = 120000;

        private long _dueAt = long.MaxValue;
        private byte[] _requestId;
        private string _from;

        /// <summary>Whether there is a trial.</summary>
        public bool IsRunning => _dueAt != long.MaxValue;

        /// <summary>The uptime at which the trial has failed; far away without a trial.</summary>
        public long DueAt => _dueAt;

        /// <summary>The id of the request that began the last trial, as JSON; null without one. For the event that ends it.</summary>
        public byte[] RequestId => _requestId;

        /// <summary>Who asked for the last trial; null when nobody did.</summary>
        public string From => _from;

        /// <summary>Begins: from now on the device tries to connect with the new settings.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <param name="requestId">Id of the request as JSON, or null.</param>
        /// <param name="from">Who asked, or null.</param>
        public void Begin(long now, byte[] requestId, string from)
        {
            _dueAt = now + Limit;
            _requestId = requestId;
            _from = from;
        }

        /// <summary>The device is online with the new settings.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>True when the trial has ended by this: the settings are to be kept.</returns>
        public bool Online(long now) => now < _dueAt && End();

        /// <summary>Time goes by.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>True when the trial has ended by this: the settings before are to come back.</returns>
        public bool Tick(long now) => now >= _dueAt && End();

        private bool End()
        {
            bool wasRunning = IsRunning;
            _dueAt = long.MaxValue;
            return wasRunning;
        }
    }
}

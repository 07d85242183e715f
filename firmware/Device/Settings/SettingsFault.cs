namespace Firmware.Settings
{
    /// <summary>Something in the settings that could not be used. Holds no text that was given: it might be a secret.</summary>
    public sealed class SettingsFault
    {
        /// <summary>Where, e.g. "broker.port".</summary>
        public readonly string Path;

        /// <summary>What is required.</summary>
        public readonly string Reason;

        /// <summary>Creates a fault.</summary>
        /// <param name="path">Where, e.g. "broker.port" or "wifi[0].ssid".</param>
        /// <param name="reason">What is required.</param>
        public SettingsFault(string path, string reason)
        {
            Path = path;
            Reason = reason;
        }
    }
}

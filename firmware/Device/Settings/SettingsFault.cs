namespace Firmware.Settings
{
    /// <summary>Something in the settings file that could not be used. Never holds a value: it might be a secret.</summary>
    public sealed class SettingsFault
    {
        /// <summary>Creates a fault.</summary>
        /// <param name="path">Where, e.g. "broker.port" or "wifi[0].ssid".</param>
        /// <param name="reason">What would be right.</param>
        public SettingsFault(string path, string reason)
        {
            Path = path;
            Reason = reason;
        }

        /// <summary>Where.</summary>
        public readonly string Path;

        /// <summary>What would be right.</summary>
        public readonly string Reason;
    }
}

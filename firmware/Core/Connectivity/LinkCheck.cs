namespace Firmware.Connectivity
{
    /// <summary>What the caller must do about a link.</summary>
    public enum LinkCheck
    {
        /// <summary>Nothing: something was received within the last keep-alive.</summary>
        Fine,

        /// <summary>Send a message that comes back.</summary>
        Probe,

        /// <summary>The message did not come back: replace the link.</summary>
        Silent,
    }
}

namespace Firmware.Connectivity
{
    /// <summary>What is to be done about a link.</summary>
    public enum LinkCheck
    {
        /// <summary>Nothing.</summary>
        Fine,

        /// <summary>Send something that has to come back.</summary>
        Probe,

        /// <summary>Nothing has come back: replace the link.</summary>
        Silent,
    }
}

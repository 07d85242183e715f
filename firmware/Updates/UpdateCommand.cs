namespace Firmware.Updates
{
    /// <summary>What can be asked of updates without more words.</summary>
    public enum UpdateCommand
    {
        /// <summary>Nothing but where they stand.</summary>
        Status,

        /// <summary>To give up the one that is under way.</summary>
        Cancel,

        /// <summary>To keep the image that runs on trial at once.</summary>
        Confirm,

        /// <summary>To go back to the image before this one; the device restarts.</summary>
        Revert,
    }
}

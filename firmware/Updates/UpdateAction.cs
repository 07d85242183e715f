namespace Firmware.Updates
{
    /// <summary>What follows from an event of an update.</summary>
    public enum UpdateAction
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>The blocks are downloaded.</summary>
        Download,

        /// <summary>The image on flash is verified.</summary>
        Verify,

        /// <summary>The spare slot is emptied and the same image is downloaded again.</summary>
        DownloadAgain,

        /// <summary>The image is marked to start on trial, and the device restarts.</summary>
        Install,

        /// <summary>The image on trial is kept.</summary>
        Confirm,

        /// <summary>The image before is marked to start, and the device restarts.</summary>
        Revert,

        /// <summary>The spare slot is emptied: the update failed.</summary>
        Discard,
    }
}

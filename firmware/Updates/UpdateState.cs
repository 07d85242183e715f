namespace Firmware.Updates
{
    /// <summary>State of an update, and how it ended.</summary>
    public enum UpdateState
    {
        /// <summary>There is no update.</summary>
        Idle,

        /// <summary>An update is accepted; a gate is closed.</summary>
        Waiting,

        /// <summary>The blocks are downloaded.</summary>
        Downloading,

        /// <summary>All blocks are on flash and are verified once more.</summary>
        Verifying,

        /// <summary>The device restarts with the image.</summary>
        Installing,

        /// <summary>The image runs on trial.</summary>
        Trial,

        /// <summary>Reported only: the image is kept.</summary>
        Confirmed,

        /// <summary>Reported only: the image before runs again.</summary>
        RolledBack,

        /// <summary>Reported only: the offer to all boards of this kind is not acceptable.</summary>
        Refused,

        /// <summary>Reported only: a client cancelled the update.</summary>
        Cancelled,

        /// <summary>Reported only: the update could not be done.</summary>
        Failed,
    }
}

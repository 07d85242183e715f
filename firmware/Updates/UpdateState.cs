namespace Firmware.Updates
{
    /// <summary>Where an update stands.</summary>
    public enum UpdateState
    {
        /// <summary>There is none.</summary>
        Idle,

        /// <summary>One is accepted, and waits for its gates.</summary>
        Waiting,

        /// <summary>Its blocks are fetched.</summary>
        Downloading,

        /// <summary>All blocks are there; they are read back and verified once more.</summary>
        Verifying,

        /// <summary>The device is about to restart with it.</summary>
        Installing,

        /// <summary>It runs on trial.</summary>
        Trial,
    }
}

namespace Firmware.Updates
{
    /// <summary>How an update ended: the results of LwM2M (object 5, resource 5), with their numbers.</summary>
    public enum UpdateResult
    {
        /// <summary>No update has ended yet.</summary>
        Initial = 0,

        /// <summary>The new image runs and is kept.</summary>
        Success = 1,

        /// <summary>The image is too large for its slot, or could not be written.</summary>
        NotEnoughFlash = 2,

        /// <summary>Not used.</summary>
        OutOfRam = 3,

        /// <summary>Not used: a lost connection delays an update.</summary>
        ConnectionLost = 4,

        /// <summary>The signature or a digest is wrong.</summary>
        IntegrityFailure = 5,

        /// <summary>The release is malformed, for another board, not newer, barred, or needs a newer loader or runtime.</summary>
        UnsupportedPackage = 6,

        /// <summary>Not used.</summary>
        InvalidUri = 7,

        /// <summary>The image could not be started, or its trial failed.</summary>
        Failed = 8,

        /// <summary>Not used.</summary>
        UnsupportedProtocol = 9,

        /// <summary>A client cancelled the update.</summary>
        Cancelled = 10,

        /// <summary>Not used: an update that waits has no result yet.</summary>
        Deferred = 11,
    }
}

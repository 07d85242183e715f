namespace Firmware.Updates
{
    /// <summary>The decision on an offer. From <see cref="Malformed"/> on the release itself is refused.</summary>
    public enum CheckReason
    {
        /// <summary>The release is signed, for this device, and newer.</summary>
        Accepted,

        /// <summary>This version is downloaded already.</summary>
        InProgress,

        /// <summary>This version runs already. The signature was not verified, since nothing follows.</summary>
        Installed,

        /// <summary>A client has reverted this version; it is taken again by request only.</summary>
        Reverted,

        /// <summary>An update is being installed or on trial.</summary>
        Busy,

        /// <summary>A newer version is in progress.</summary>
        NewerInProgress,

        /// <summary>The offer could not be written to flash.</summary>
        NotStored,

        /// <summary>The manifest cannot be read.</summary>
        Malformed,

        /// <summary>The release is for another product or board.</summary>
        OtherBoard,

        /// <summary>The version is not newer than the one that runs.</summary>
        NotNewer,

        /// <summary>The version shares major and minor with the built-in application: the runtime could not distinguish their assemblies.</summary>
        SameAssemblies,

        /// <summary>The trial of this version failed twice.</summary>
        Barred,

        /// <summary>The release needs a newer loader.</summary>
        LoaderTooOld,

        /// <summary>The release needs a newer runtime.</summary>
        RuntimeTooOld,

        /// <summary>The image is larger than its slot.</summary>
        TooLarge,

        /// <summary>The board has no keys to verify a signature with.</summary>
        NoKeys,

        /// <summary>No key of the board has signed this manifest.</summary>
        BadSignature,
    }
}

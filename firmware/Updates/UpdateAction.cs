namespace Firmware.Updates
{
    /// <summary>What is to be done for an update.</summary>
    public enum UpdateAction
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>Fetch its blocks.</summary>
        Fetch,

        /// <summary>Read back and verify what is on flash.</summary>
        Verify,

        /// <summary>Throw away what is on flash and fetch it anew.</summary>
        FetchAnew,

        /// <summary>Have it started on trial, and restart.</summary>
        Install,

        /// <summary>Keep the image that runs.</summary>
        Confirm,

        /// <summary>Go back to the image before, and restart.</summary>
        Revert,

        /// <summary>Throw away what is on flash: it failed.</summary>
        Drop,
    }
}

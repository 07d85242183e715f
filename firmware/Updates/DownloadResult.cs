namespace Firmware.Updates
{
    /// <summary>The result of a step of a download.</summary>
    public enum DownloadResult
    {
        /// <summary>Blocks may be requested.</summary>
        Ready,

        /// <summary>The spare slot does not hold this image.</summary>
        Missing,

        /// <summary>The block is not the one that the manifest describes.</summary>
        Bad,

        /// <summary>Flash did not take the block; it is requested again.</summary>
        NotWritten,

        /// <summary>Flash did not take the offer, or did not take the block five times in a row.</summary>
        FlashFailed,

        /// <summary>The block is on flash.</summary>
        Written,

        /// <summary>The last block is on flash.</summary>
        Complete,
    }
}

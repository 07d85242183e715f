namespace Firmware.Updates
{
    /// <summary>How an update ended: the numbers of LwM2M (object 5, resource 5).</summary>
    public static class UpdateResult
    {
        /// <summary>Nothing has ended yet.</summary>
        public const int Initial = 0;

        /// <summary>The new image runs and is kept.</summary>
        public const int Success = 1;

        /// <summary>The image does not fit into its slot, or could not be written.</summary>
        public const int NotEnoughFlash = 2;

        /// <summary>Out of memory.</summary>
        public const int OutOfRam = 3;

        /// <summary>The connection was lost for good.</summary>
        public const int ConnectionLost = 4;

        /// <summary>The signature or a digest is wrong.</summary>
        public const int IntegrityFailure = 5;

        /// <summary>Not for this device: foreign, malformed, not newer, barred, or its loader or runtime is too old.</summary>
        public const int Unsupported = 6;

        /// <summary>The trial failed; the image before it runs again.</summary>
        public const int Failed = 8;

        /// <summary>Somebody cancelled it.</summary>
        public const int Cancelled = 10;

        /// <summary>It waits for a gate.</summary>
        public const int Deferred = 11;

        /// <summary>The result in words.</summary>
        /// <param name="result">Its number.</param>
        /// <returns>Words, or "unknown".</returns>
        public static string Text(int result)
        {
            switch (result)
            {
                case Initial:
                    return "none yet";
                case Success:
                    return "success";
                case NotEnoughFlash:
                    return "not enough flash";
                case OutOfRam:
                    return "out of memory";
                case ConnectionLost:
                    return "connection lost";
                case IntegrityFailure:
                    return "integrity check failed";
                case Unsupported:
                    return "unsupported";
                case Failed:
                    return "update failed";
                case Cancelled:
                    return "cancelled";
                case Deferred:
                    return "deferred";
                default:
                    return "unknown";
            }
        }
    }
}

using Firmware.Messaging;

namespace Firmware.Updates
{
    /// <summary>What becomes of an offer.</summary>
    public sealed class ManifestCheck
    {
        internal ManifestCheck(Manifest manifest, int result, RpcError error)
        {
            Manifest = manifest;
            Result = result;
            Error = error;
        }

        /// <summary>Whether the image may be fetched: signed, for this device, and due.</summary>
        public bool IsAccepted => Error == null && !IsInstalled;

        /// <summary>Whether it runs already. This is told before the signature is looked at: nothing comes of it.</summary>
        public bool IsInstalled => Result == UpdateResult.Success;

        /// <summary>The manifest; null when it could not be read. Not to be believed unless it is accepted.</summary>
        public Manifest Manifest { get; }

        /// <summary>A constant of <see cref="UpdateResult"/>: 0 when accepted.</summary>
        public int Result { get; }

        /// <summary>Why it is refused, as the asker is told; null when it is not.</summary>
        public RpcError Error { get; }
    }
}

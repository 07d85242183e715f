using Firmware.Cryptography;
using Firmware.Platform;

namespace Firmware.Updates
{
    /// <summary>
    /// Verifies offers, without any effect. A refusal costs little but for the last check, the signature, which takes the
    /// device a second. Nothing of a manifest is used without it.
    /// </summary>
    public sealed class ManifestVerifier
    {
        /// <summary>How often the trial of a version may fail; then it is barred.</summary>
        public const int MaxFailures = 2;

        private const string Product = "m2m";

        private readonly RsaKey[] _keys;
        private readonly string _board;
        private readonly IUpdateSlots _slots;

        /// <summary>Creates a verifier.</summary>
        /// <param name="keys">Public keys of the signers; null for none, also as an element.</param>
        /// <param name="board">Name of this board.</param>
        /// <param name="slots">Versions and limits of this device.</param>
        public ManifestVerifier(RsaKey[] keys, string board, IUpdateSlots slots)
        {
            _keys = keys ?? new RsaKey[0];
            _board = board;
            _slots = slots;
        }

        /// <summary>Verifies an offer.</summary>
        /// <param name="offer">The offer.</param>
        /// <returns><see cref="CheckReason.Accepted"/>, <see cref="CheckReason.Installed"/>, or why the release is refused.</returns>
        public ManifestCheck Check(UpdateOffer offer)
        {
            ManifestReader reader = new ManifestReader();
            Manifest manifest = reader.Read(offer.Manifest);
            if (manifest == null)
            {
                return new ManifestCheck(CheckReason.Malformed, null, reader.Fault);
            }

            if (manifest.Product != Product || manifest.Board != _board)
            {
                return new ManifestCheck(CheckReason.OtherBoard, manifest, null);
            }

            return CheckVersion(manifest) ?? CheckNeeds(manifest) ?? new ManifestCheck(CheckSignature(offer), manifest, null);
        }

        private ManifestCheck CheckVersion(Manifest manifest)
        {
            ReleaseVersion version = manifest.Version;
            ReleaseVersion builtIn = ReleaseVersion.Parse(_slots.BuiltInVersion);
            ReleaseVersion running = _slots.ImageVersion == null ? builtIn : ReleaseVersion.Parse(_slots.ImageVersion);
            if (running != null && version.Text == running.Text)
            {
                return new ManifestCheck(CheckReason.Installed, manifest, null);
            }

            if (!manifest.AllowDowngrade && !version.IsNewerThan(running))
            {
                return new ManifestCheck(CheckReason.NotNewer, manifest, running.Text);
            }

            if (version.SharesAssembliesWith(builtIn))
            {
                return new ManifestCheck(CheckReason.SameAssemblies, manifest, null);
            }

            return _slots.FailuresOf(version.Text) < MaxFailures ? null : new ManifestCheck(CheckReason.Barred, manifest, null);
        }

        private ManifestCheck CheckNeeds(Manifest manifest)
        {
            if (manifest.Loader > _slots.LoaderVersion)
            {
                return new ManifestCheck(CheckReason.LoaderTooOld, manifest, manifest.Loader.ToString());
            }

            if (manifest.Runtime.IsNewerThan(ReleaseVersion.ParseRuntime(_slots.RuntimeVersion)))
            {
                return new ManifestCheck(CheckReason.RuntimeTooOld, manifest, manifest.Runtime.Text);
            }

            return manifest.Size <= _slots.Capacity ? null : new ManifestCheck(CheckReason.TooLarge, manifest, _slots.Capacity.ToString());
        }

        private CheckReason CheckSignature(UpdateOffer offer)
        {
            byte[] hash = null;
            foreach (RsaKey key in _keys)
            {
                if (!RsaSignature.Fits(key, offer.Signature))
                {
                    continue;
                }

                hash = hash ?? Sha256.Hash(offer.Manifest, 0, offer.Manifest.Length);
                if (RsaSignature.VerifyHash(key, hash, offer.Signature))
                {
                    return CheckReason.Accepted;
                }
            }

            return _keys.Length == 0 ? CheckReason.NoKeys : CheckReason.BadSignature;
        }
    }
}

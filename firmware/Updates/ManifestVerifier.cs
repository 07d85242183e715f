using Firmware.Messaging;
using Firmware.Platform;

namespace Firmware.Updates
{
    /// <summary>
    /// Decides about offers, without any effect. Refusing costs little for all but the last reason, the signature: that is
    /// worth a second on the device, and nothing of a manifest is acted upon without it.
    /// </summary>
    public sealed class ManifestVerifier
    {
        /// <summary>How often the trial of a version may fail until it is barred.</summary>
        public const int MaxFailures = 2;

        private const string Product = "m2m";
        private const string ManifestName = "manifest";

        private readonly RsaKey[] _keys;
        private readonly string _board;
        private readonly IUpdateSlots _slots;

        /// <summary>Creates a judge.</summary>
        /// <param name="keys">Of those who may sign, or null; null among them is nobody.</param>
        /// <param name="board">Which board this is.</param>
        /// <param name="slots">What runs on it.</param>
        public ManifestVerifier(RsaKey[] keys, string board, IUpdateSlots slots)
        {
            _keys = keys ?? new RsaKey[0];
            _board = board;
            _slots = slots;
        }

        /// <summary>Judges an offer.</summary>
        /// <param name="offer">The offer.</param>
        /// <returns>The verdict.</returns>
        public ManifestCheck Judge(UpdateOffer offer)
        {
            ManifestReader reader = new ManifestReader();
            Manifest manifest = reader.Read(offer.Manifest);
            if (manifest == null)
            {
                return new ManifestCheck(null, UpdateResult.Unsupported, RpcError.InvalidParams(ManifestName, reader.Fault));
            }

            if (manifest.Product != Product || manifest.Board != _board)
            {
                return Forbid(manifest, UpdateResult.Unsupported, ManifestName, "for another product or board");
            }

            return JudgeVersion(manifest) ?? JudgeNeeds(manifest) ?? JudgeSignature(manifest, offer);
        }

        private static ManifestCheck Forbid(Manifest manifest, int result, string param, string reason) =>
            new ManifestCheck(manifest, result, RpcError.NotAllowed(param, reason));

        private static ManifestCheck Refuse(Manifest manifest, int result, string reason) =>
            new ManifestCheck(manifest, result, RpcError.Conflict(ManifestName, reason));

        private ManifestCheck JudgeVersion(Manifest manifest)
        {
            ReleaseVersion version = manifest.Version;
            ReleaseVersion builtIn = ReleaseVersion.Parse(_slots.BuiltInVersion);
            ReleaseVersion running = _slots.ImageVersion == null ? builtIn : ReleaseVersion.Parse(_slots.ImageVersion);
            if (running != null && version.Text == running.Text)
            {
                return new ManifestCheck(manifest, UpdateResult.Success, null);
            }

            if (!manifest.AllowDowngrade && !version.IsNewerThan(running))
            {
                return Refuse(manifest, UpdateResult.Unsupported, "not newer than " + running.Text);
            }

            if (version.SharesAssembliesWith(builtIn))
            {
                return Refuse(manifest, UpdateResult.Unsupported, "version must differ from the built-in in major or minor");
            }

            return _slots.FailuresOf(version.Text) < MaxFailures
                ? null
                : Forbid(manifest, UpdateResult.Unsupported, ManifestName, "barred: its trial failed twice");
        }

        private ManifestCheck JudgeNeeds(Manifest manifest)
        {
            if (manifest.Loader > _slots.LoaderVersion)
            {
                return Refuse(manifest, UpdateResult.Unsupported, "needs loader " + manifest.Loader.ToString());
            }

            if (manifest.Runtime.IsNewerThan(ReleaseVersion.ParseRuntime(_slots.RuntimeVersion)))
            {
                return Refuse(manifest, UpdateResult.Unsupported, "needs runtime " + manifest.Runtime.Text);
            }

            return manifest.Size <= _slots.Capacity
                ? null
                : Refuse(manifest, UpdateResult.NotEnoughFlash, "the image is larger than " + _slots.Capacity.ToString() + " bytes");
        }

        private ManifestCheck JudgeSignature(Manifest manifest, UpdateOffer offer)
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
                    return new ManifestCheck(manifest, UpdateResult.Initial, null);
                }
            }

            return Forbid(manifest, UpdateResult.IntegrityFailure, "signature", _keys.Length == 0 ? "no keys in this board" : "not valid");
        }
    }
}

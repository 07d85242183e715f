using Firmware.Messaging;

namespace Firmware.Updates
{
    /// <summary>The decision on an offer, with its reason.</summary>
    public sealed class ManifestCheck
    {
        /// <summary>The decision.</summary>
        public readonly CheckReason Reason;

        /// <summary>The manifest; null when it could not be read. Not to be trusted unless it is accepted.</summary>
        public readonly Manifest Manifest;

        private readonly string _detail;

        internal ManifestCheck(CheckReason reason, Manifest manifest, string detail)
        {
            Reason = reason;
            Manifest = manifest;
            _detail = detail;
        }

        /// <summary>Whether the release itself is refused, in any state of the device.</summary>
        public bool IsRefused => Reason >= CheckReason.Malformed;

        /// <summary>The result in LwM2M.</summary>
        public UpdateResult Result
        {
            get
            {
                switch (Reason)
                {
                    case CheckReason.Installed:
                        return UpdateResult.Success;
                    case CheckReason.NotStored:
                    case CheckReason.TooLarge:
                        return UpdateResult.NotEnoughFlash;
                    case CheckReason.NoKeys:
                    case CheckReason.BadSignature:
                        return UpdateResult.IntegrityFailure;
                    default:
                        return IsRefused ? UpdateResult.UnsupportedPackage : UpdateResult.Initial;
                }
            }
        }

        /// <summary>The response to the request that offered it.</summary>
        /// <returns>Null when the offer is accepted, in progress, or installed.</returns>
        public RpcError ToError()
        {
            const string Parameter = "manifest";
            switch (Reason)
            {
                case CheckReason.Busy:
                    return RpcError.Conflict(null, "an update is being installed or on trial: wait for its end");
                case CheckReason.NewerInProgress:
                    return RpcError.Conflict(Parameter, "a newer version is in progress: call update.cancel first");
                case CheckReason.NotStored:
                    return RpcError.InternalError(UpdateReport.NotStored);
                case CheckReason.Malformed:
                    return RpcError.InvalidParams(Parameter, _detail);
                case CheckReason.OtherBoard:
                    return RpcError.NotAllowed(Parameter, "for another product or board");
                case CheckReason.NotNewer:
                    return RpcError.Conflict(Parameter, "not newer than " + _detail);
                case CheckReason.SameAssemblies:
                    return RpcError.Conflict(Parameter, "version must differ from the built-in in major or minor");
                case CheckReason.Barred:
                    return RpcError.NotAllowed(Parameter, "barred: its trial failed twice");
                case CheckReason.LoaderTooOld:
                    return RpcError.Conflict(Parameter, "needs loader " + _detail);
                case CheckReason.RuntimeTooOld:
                    return RpcError.Conflict(Parameter, "needs runtime " + _detail);
                case CheckReason.TooLarge:
                    return RpcError.Conflict(Parameter, "the image is larger than " + _detail + " bytes");
                case CheckReason.NoKeys:
                    return RpcError.NotAllowed("signature", "this board has no update keys");
                case CheckReason.BadSignature:
                    return RpcError.NotAllowed("signature", "not valid");
                default:
                    return null;
            }
        }
    }
}

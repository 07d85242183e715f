using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Updates
{
    /// <content>Offers, by request and retained, and the other requests.</content>
    public sealed partial class UpdateModule
    {
        internal const string OfferName = "update.offer";
        internal const string StatusName = "update.status";
        internal const string CancelName = "update.cancel";
        internal const string ConfirmName = "update.confirm";
        internal const string RevertName = "update.revert";

        // Each retained message could make the device compute a digest and verify a signature.
        private const long QuietTime = 10000;
        private const int DigestNameBytes = 8;
        private const string Restarts = "the device restarts: try again after that";
        private const string InProgress = "an update is in progress: call update.cancel first";

        private byte[] _pending; // a retained offer that is not decided yet
        private string _offered; // digest of the retained offer in progress
        private long _quietUntil;

        internal RpcError Invoke(string method, Request request, JsonWriter result)
        {
            long now = _device.Clock.Uptime;
            RpcError error = method == OfferName ? TakeOffer(request, result, now)
                : method == CancelName ? Cancel(now)
                : method == ConfirmName ? Confirm(now)
                : method == RevertName ? Revert(now)
                : null;
            if (error == null && method != OfferName)
            {
                _process.Report.WriteTo(result);
            }

            Schedule(now);
            return error;
        }

        private RpcError TakeOffer(Request request, JsonWriter result, long now)
        {
            int force = request.Find("force");
            if (!request.Reader.TryGetBoolean(force, out bool isForced) && force != JsonReader.None)
            {
                return RpcError.InvalidParams("force", "must be true or false");
            }

            UpdateOffer offer = UpdateOffer.Read(request.Reader, request.Params, out RpcError error);
            if (offer == null)
            {
                return error;
            }

            ManifestCheck check = Decide(offer, request, isForced, now);
            error = check.ToError();
            if (error == null)
            {
                _process.Report.WriteResponse(result, check);
            }

            return error;
        }

        // The one decision on an offer. Without a request it is the offer to all boards of this kind.
        private ManifestCheck Decide(UpdateOffer offer, Request request, bool isForced, long now)
        {
            ManifestCheck check = new ManifestVerifier(_keys, _device.Identity.Board, _slots).Check(offer);
            if (check.Reason == CheckReason.BadSignature)
            {
                _device.Events.Security("update-signature", "not valid for version " + check.Manifest.Version.Text);
            }

            if (check.Reason != CheckReason.Accepted)
            {
                return check;
            }

            Manifest manifest = check.Manifest;
            Manifest current = _process.Download?.Manifest;
            CheckReason reason;
            if (request == null && manifest.Version.Text == _process.Record.Reverted)
            {
                reason = CheckReason.Reverted;
            }
            else if (current != null && current.Version.Text == manifest.Version.Text)
            {
                reason = CheckReason.InProgress;
                if (isForced)
                {
                    _process.Force(now);
                }
            }
            else
            {
                reason = _process.IsDecisive ? CheckReason.Busy
                    : current != null && !manifest.Version.IsNewerThan(current.Version) ? CheckReason.NewerInProgress
                    : _process.Accept(offer, manifest, isForced, request, now);
            }

            return new ManifestCheck(reason, manifest, null);
        }

        // An empty message withdraws the offer.
        private void TakeRetained(byte[] payload) =>
            _pending = payload.Length == 0 || payload.Length > UpdateOffer.MaxLength ? null : payload;

        private void CheckPending(long now)
        {
            if (_pending == null || now < _quietUntil || _process.IsDecisive)
            {
                return;
            }

            byte[] payload = _pending;
            _quietUntil = now + QuietTime;
            if (IsDecided(payload, now))
            {
                _pending = null;
            }
        }

        // An exception on the way leaves the offer pending: the broker sends it at the next connection only.
        private bool IsDecided(byte[] payload, long now)
        {
            string name = NameOf(payload);
            if (_process.Record.Refused == name)
            {
                // The broker sends it again for each connection: it is neither verified nor reported again.
                return true;
            }

            UpdateOffer offer = UpdateOffer.Read(payload, out RpcError error);
            if (offer == null)
            {
                Refuse(name, UpdateResult.UnsupportedPackage, error);
                return true;
            }

            ManifestCheck check = Decide(offer, null, false, now);
            if (check.IsRefused)
            {
                Refuse(name, check.Result, check.ToError());
            }
            else if (check.Reason == CheckReason.Accepted || check.Reason == CheckReason.InProgress)
            {
                _offered = name;
            }

            return true;
        }

        private void Refuse(string name, UpdateResult result, RpcError error)
        {
            _device.Counters.Refused++;
            _process.Record.Refused = name;
            if (_device.Sleeps)
            {
                // For the next wake, which is a boot.
                _process.Save();
            }

            _process.Report.Add(UpdateState.Refused, null, result, (error.Param ?? "offer") + ": " + error.Reason);
        }

        private string NameOf(byte[] payload)
        {
            byte[] digest = _digest.HmacSha256(new byte[] { 1 }, payload);
            string name = string.Empty;
            for (int i = 0; i < DigestNameBytes; i++)
            {
                name += digest[i].ToString("X2");
            }

            return name;
        }

        private RpcError Cancel(long now)
        {
            if (_process.IsDecisive)
            {
                return RpcError.Conflict(null, _process.State == UpdateState.Trial ? "the image is on trial: call update.revert" : Restarts);
            }

            if (_process.State != UpdateState.Idle && _offered != null)
            {
                // The broker offers it again for the next connection.
                _process.Record.Refused = _offered;
            }

            _offered = null;
            _process.Cancel(now);
            return null;
        }

        private RpcError Confirm(long now)
        {
            if (_process.State != UpdateState.Trial)
            {
                return RpcError.Conflict(null, "no image is on trial");
            }

            _process.Confirm(now);
            return _process.State == UpdateState.Trial ? RpcError.InternalError(UpdateProcess.NotConfirmed) : null;
        }

        private RpcError Revert(long now)
        {
            if (_process.State == UpdateState.Trial)
            {
                _process.EndTrial(now);
                return null;
            }

            if (_process.State != UpdateState.Idle || _process.IsDecisive)
            {
                return RpcError.Conflict(null, _process.IsDecisive ? Restarts : InProgress);
            }

            return _process.Revert(now) ? null : RpcError.Conflict(null, "there is no image before this one");
        }
    }
}

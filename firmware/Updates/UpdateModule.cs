using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Updates;

namespace Firmware
{
    /// <summary>Where updates are offered, asked after, given up, kept and taken back: by requests, and by a retained message to all boards of a kind.</summary>
    internal sealed class UpdateDesk : IUpdateControl
    {
        // Anybody who may publish can have a digest computed and a signature verified: not one after the other.
        private const long QuietTime = 10000;
        private const int NameBytes = 8;
        private const string Restarts = "the device is about to restart: ask again then";

        private readonly Parts _parts;
        private readonly Updating _updating;
        private readonly IUpdateSlots _slots;
        private byte[] _pending;
        private string _offered; // names the offer to all that is under way
        private long _quietUntil;

        internal UpdateDesk(Parts parts, Updating updating)
        {
            _parts = parts;
            _updating = updating;
            _slots = parts.Hardware.Updates;
        }

        /// <summary>Uptime in milliseconds at which <see cref="Tick"/> has work.</summary>
        internal long DueAt => _pending == null || _updating.IsDecisive ? long.MaxValue : _quietUntil;

        /// <inheritdoc/>
        public RpcError Offer(Request request, UpdateOffer offer, bool isForced, JsonWriter result)
        {
            ManifestCheck verdict = Judge(offer);
            if (verdict.IsAccepted && _updating.IsUnderWay(verdict.Manifest))
            {
                if (isForced)
                {
                    _updating.Force();
                }
            }
            else if (verdict.IsAccepted)
            {
                RpcError error = Refusal(verdict.Manifest);
                if (error != null)
                {
                    return error;
                }

                if (!_updating.Accept(offer, verdict.Manifest, isForced, request))
                {
                    return RpcError.InternalError("the update could not be stored");
                }
            }

            if (verdict.Error == null)
            {
                _updating.Report.WriteAccepted(result, verdict.IsInstalled ? verdict.Manifest.Version.Text : null);
            }

            return verdict.Error;
        }

        /// <inheritdoc/>
        public void WriteStatus(JsonWriter result) => _updating.Report.WriteTo(result);

        /// <inheritdoc/>
        public RpcError Do(UpdateCommand command)
        {
            switch (command)
            {
                case UpdateCommand.Cancel:
                    return Cancel();
                case UpdateCommand.Confirm:
                    return Confirm();
                case UpdateCommand.Revert:
                    return Revert();
                default:
                    return null;
            }
        }

        /// <summary>Takes an offer that the broker keeps for all boards of this kind.</summary>
        /// <param name="payload">It; empty: it was withdrawn.</param>
        internal void TakeRetained(byte[] payload)
        {
            _pending = payload.Length == 0 || payload.Length > UpdateOffer.MaxLength ? null : payload;
            Tick();
        }

        /// <summary>Judges an offer to all that has waited.</summary>
        internal void Tick()
        {
            long now = _parts.Hardware.Clock.Uptime;
            if (_pending == null || now < _quietUntil || _updating.IsDecisive)
            {
                return;
            }

            byte[] payload = _pending;
            _pending = null;
            _quietUntil = now + QuietTime;
            string name = NameOf(payload);
            if (_updating.Record.Refused == name)
            {
                // It comes again at each connection: it is not judged again, and nobody is told twice.
                return;
            }

            UpdateOffer offer = UpdateOffer.Read(payload, out RpcError error);
            ManifestCheck verdict = offer == null ? null : Judge(offer);
            error = verdict == null ? error : verdict.Error;
            if (error != null)
            {
                string reason = verdict != null ? error.Reason : (error.Param ?? "not an offer:") + " " + error.Reason;
                Refuse(name, verdict == null ? UpdateResult.Unsupported : verdict.Result, reason);
            }
            else if (verdict.IsAccepted && verdict.Manifest.Version.Text != _updating.Record.Left)
            {
                bool isUnderWay = _updating.IsUnderWay(verdict.Manifest);
                if (isUnderWay || (Refusal(verdict.Manifest) == null && _updating.Accept(offer, verdict.Manifest, false, null)))
                {
                    _offered = name;
                }
            }
        }

        private ManifestCheck Judge(UpdateOffer offer) =>
            new ManifestVerifier(_parts.Hardware.UpdateKeys, _parts.Hardware.Identity.Board, _slots).Judge(offer);

        private void Refuse(string name, int result, string reason)
        {
            _parts.Counters.Refused++;
            _updating.Record.Refused = name;
            if (_parts.Sleeps)
            {
                // After a wake RAM knows nothing.
                _updating.Save();
            }

            _updating.Report.TellRefused(result, reason);
        }

        private string NameOf(byte[] payload)
        {
            byte[] digest = _updating.Digest.HmacSha256(new byte[] { 1 }, payload);
            string name = string.Empty;
            for (int i = 0; i < NameBytes; i++)
            {
                name += digest[i].ToString("X2");
            }

            return name;
        }

        private RpcError Refusal(Manifest manifest)
        {
            if (_updating.IsDecisive)
            {
                return RpcError.Conflict(null, "an update is being installed, or on trial");
            }

            Manifest other = _updating.Wanted;
            return other != null && !manifest.Version.IsNewerThan(other.Version)
                ? RpcError.Conflict("manifest", "a newer one is under way: update.cancel gives it up")
                : null;
        }

        private RpcError Cancel()
        {
            if (_updating.IsDecisive)
            {
                return RpcError.Conflict(null, _updating.State == UpdateState.Trial ? "it is on trial: update.revert goes back" : Restarts);
            }

            if (_updating.State != UpdateState.Idle && _offered != null)
            {
                // The broker offers it again at the next connection.
                _updating.Record.Refused = _offered;
            }

            _offered = null;
            _updating.Cancel();
            return null;
        }

        private RpcError Confirm()
        {
            if (_updating.State != UpdateState.Trial)
            {
                return RpcError.Conflict(null, "no image is on trial");
            }

            return _updating.Keep() ? null : RpcError.InternalError("it could not be stored");
        }

        private RpcError Revert()
        {
            if (_updating.State == UpdateState.Trial)
            {
                _updating.GiveBack("by request");
                return null;
            }

            if (_updating.State != UpdateState.Idle || _updating.IsDecisive)
            {
                return RpcError.Conflict(null, _updating.IsDecisive ? Restarts : "an update is under way: update.cancel gives it up");
            }

            if (!_slots.Revert("by request"))
            {
                return RpcError.Conflict(null, "there is no image to go back to");
            }

            _updating.GoBack();
            return null;
        }
    }
}

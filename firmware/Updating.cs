using Firmware.Connectivity;
using Firmware.Diagnostics;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Updates;

namespace Firmware
{
    /// <summary>
    /// The way of an update that was accepted: fetched block by block while its gates are open, verified, started on trial, kept
    /// or given back. What has to be told becomes an event.
    /// </summary>
    internal sealed class Updating
    {
        private const int MaxUnanswered = 3;
        private const long GatePause = 60000;
        private const int Quarters = 4;

        private readonly Parts _parts;
        private readonly IUpdateSlots _slots;
        private readonly IRestart _restart;
        private readonly IClock _clock;
        private readonly UpdateMachine _machine = new UpdateMachine();
        private readonly UpdateTransfer _transfer;
        private readonly UpdateRecord _record;
        private readonly UpdateConditions _conditions;
        private readonly Jitter _jitter;
        private string _awaited;
        private string _backReason;
        private long _startAt;
        private long _gateAt;
        private bool _isFailureTold;

        internal Updating(Parts parts, IRestart restart)
        {
            _parts = parts;
            _restart = restart;
            _slots = parts.Hardware.Updates;
            _clock = parts.Hardware.Clock;
            _jitter = parts.CreateJitter();
            _conditions = new UpdateConditions(parts);
            _record = UpdateRecord.Load(parts.Hardware.Storage);
            Digest = parts.Hardware.Digest ?? new ManagedDigest();
            _transfer = new UpdateTransfer(_slots, Digest, parts.Counters);
            Report = new UpdateReport(_machine, _transfer, _record, _slots, parts.Events);
            Resume();
        }

        /// <summary>Where it stands.</summary>
        internal UpdateState State => _machine.State;

        /// <summary>What is kept of it.</summary>
        internal UpdateRecord Record => _record;

        /// <summary>HMAC-SHA256.</summary>
        internal IKeyedDigest Digest { get; }

        /// <summary>Tells it.</summary>
        internal UpdateReport Report { get; }

        /// <summary>What is fetched; null for nothing.</summary>
        internal Manifest Wanted => _transfer.Manifest;

        /// <summary>Uptime in milliseconds at which <see cref="Tick"/> has work.</summary>
        internal long DueAt
        {
            get
            {
                switch (State)
                {
                    case UpdateState.Waiting:
                        return _gateAt;
                    case UpdateState.Downloading:
                        long ask = _parts.Connection.IsOnline ? _transfer.Pull.DueAt : long.MaxValue;
                        return ask < _gateAt ? ask : _gateAt;
                    case UpdateState.Verifying:
                        return 0;
                    default:
                        return _machine.Deadline;
                }
            }
        }

        /// <summary>Whether a device that sleeps has to stay awake for it: servers that do not answer empty no battery.</summary>
        internal bool HoldsAwake => State > UpdateState.Downloading
            || (State == UpdateState.Downloading && _transfer.Pull.Unanswered < MaxUnanswered);

        /// <summary>Whether a device that sleeps has to turn its radio on for it.</summary>
        internal bool NeedsRadio => State > UpdateState.Waiting || (State == UpdateState.Waiting && _conditions.ShutGate(_record, _startAt) == null);

        /// <summary>Takes a block.</summary>
        internal void Take(Signal message)
        {
            BlockPull pull = _transfer.Pull;
            if (State != UpdateState.Downloading || message.Topic != _awaited || message.IsRetained)
            {
                return;
            }

            int quarter = pull.Next * Quarters / pull.Count;
            if (!_transfer.Take(message.Payload, _clock.Uptime))
            {
                return;
            }

            _awaited = null;
            if (pull.IsComplete)
            {
                On(UpdateEvent.Complete);
            }
            else if (pull.Next * Quarters / pull.Count != quarter)
            {
                Report.Tell("downloading");
            }
        }

        /// <summary>The device is online: what was asked for before is not under way any more.</summary>
        internal void Online()
        {
            if (_transfer.Pull != null)
            {
                _transfer.Pull.Reconnected(_clock.Uptime);
            }
        }

        /// <summary>The device has measured.</summary>
        internal void Measured() => _conditions.IsMeasured = true;

        /// <summary>Does what is due.</summary>
        internal void Tick()
        {
            long now = _clock.Uptime;
            switch (State)
            {
                case UpdateState.Waiting:
                case UpdateState.Downloading:
                    CheckGates(now);
                    Ask(now);
                    break;
                case UpdateState.Verifying:
                    On(_transfer.VerifyNext());
                    break;
                case UpdateState.Trial:
                    On(_conditions.IsHealthy(_record) ? UpdateEvent.Healthy : UpdateEvent.Tick);
                    On(UpdateEvent.Tick);
                    break;
            }

            if (_isFailureTold && _parts.Connection.IsOnline && _parts.Events.Count == 0)
            {
                _isFailureTold = !_slots.ForgetFailure();
            }
        }

        /// <summary>Whether this version is fetched already.</summary>
        internal bool IsUnderWay(Manifest manifest) => Wanted != null && Wanted.Version.Text == manifest.Version.Text;

        /// <summary>Takes an offer that was judged.</summary>
        /// <param name="offer">The offer.</param>
        /// <param name="manifest">Its manifest.</param>
        /// <param name="isForced">Whether the gates that spread a rollout do not count.</param>
        /// <param name="request">Who asked; null for an offer to all.</param>
        /// <returns>False when it could not be stored.</returns>
        internal bool Accept(UpdateOffer offer, Manifest manifest, bool isForced, Request request)
        {
            _record.RequestId = request?.CopyId();
            _record.From = request?.From;
            _record.Version = manifest.Version.Text;
            _record.IsUnderWay = true;
            _record.IsForced = isForced;
            _record.Result = UpdateResult.Initial;
            _record.Reason = null;
            long now = _clock.Uptime;
            _machine.On(UpdateEvent.Offered, now);
            if (!_transfer.Begin(offer, manifest) || !Save())
            {
                End(UpdateResult.NotEnoughFlash, "it could not be stored", "failed");
                On(UpdateEvent.GivenUp);
                return false;
            }

            // Wakes are spread already.
            int delay = _parts.Sleeps || isForced ? 0 : _parts.Store.Current.UpdateDelay;
            _startAt = now + (delay == 0 ? 0 : _jitter.Next(delay * 1000));
            _gateAt = 0;
            Report.Tell("waiting");
            CheckGates(now);
            return true;
        }

        /// <summary>Gives up what is under way.</summary>
        internal void Cancel()
        {
            if (State != UpdateState.Idle)
            {
                End(UpdateResult.Cancelled, "by request", "cancelled");
                On(UpdateEvent.GivenUp);
            }
        }

        /// <summary>Keeps the image that is on trial, whatever it has shown.</summary>
        /// <returns>False when that could not be written.</returns>
        internal bool Keep()
        {
            On(UpdateEvent.Healthy);
            return State != UpdateState.Trial;
        }

        /// <summary>Ends the trial of the image that runs: the one before comes back.</summary>
        internal void GiveBack(string reason)
        {
            _backReason = reason;
            On(UpdateEvent.GivenUp);
        }

        // What the last run has left: an image on trial, one that failed, or one that is not complete yet.
        private void Resume()
        {
            if (_slots.FailedVersion != null)
            {
                _record.Version = _slots.FailedVersion;
                End(UpdateResult.Failed, _slots.FailedReason, "returned");
                _isFailureTold = true;
            }

            if (_slots.IsOnTrial)
            {
                _machine.Begin(_clock.Uptime, _parts.Settings.UpdateTrial * 1000L);
                _record.Version = _slots.ImageVersion;
                Report.Tell("trial");
            }
            else if (_record.IsUnderWay)
            {
                if (_transfer.Resume(_record.Version))
                {
                    _machine.On(UpdateEvent.Offered, _clock.Uptime);
                }
                else
                {
                    End(UpdateResult.Failed, "what was fetched is gone", "failed");
                }
            }
        }

        private void CheckGates(long now)
        {
            if (now >= _gateAt)
            {
                string gate = _conditions.ShutGate(_record, _startAt);
                _gateAt = gate == "delay" && _startAt < now + GatePause ? _startAt : now + GatePause;
                Report.Gate = gate;
                On(gate == null ? UpdateEvent.GatesOpen : UpdateEvent.GatesShut);
            }
        }

        private void Ask(long now)
        {
            if (State == UpdateState.Downloading && _parts.Connection.IsOnline && now >= _transfer.Pull.DueAt)
            {
                BlockPull pull = _transfer.Pull;
                _awaited = _parts.Topics.UpdateBlocks + _record.Version + "/" + pull.Next;
                _parts.Connection.Ask(_parts.Topics.UpdateGet, Report.Get());
                pull.Asked(now);
            }
        }

        private void On(UpdateEvent e) => Do(_machine.On(e, _clock.Uptime));

        private void Do(UpdateAction action)
        {
            switch (action)
            {
                case UpdateAction.Fetch:
                    Fetch();
                    break;
                case UpdateAction.Verify:
                    _transfer.BeginVerify();
                    break;
                case UpdateAction.FetchAnew:
                    _transfer.Drop(true);
                    break;
                case UpdateAction.Install:
                    Install();
                    break;
                case UpdateAction.Confirm:
                    Confirm();
                    break;
                case UpdateAction.Revert:
                    _slots.Revert(_backReason ?? (_parts.Connection.IsOnline ? "it did not measure" : "not online in time"));
                    _restart.Ask("update returned");
                    break;
                case UpdateAction.Drop:
                    Drop();
                    break;
            }
        }

        private void Fetch()
        {
            if (_transfer.Pull.IsComplete)
            {
                // It was when the device was switched off.
                On(UpdateEvent.Complete);
            }
            else
            {
                Report.Tell("downloading");
            }
        }

        private void Install()
        {
            _record.IsUnderWay = false;
            _record.NeedsReading = _conditions.HasReading;
            if (!Save() || !_slots.Test(_record.Version, _parts.Store.Current.UpdateTrial))
            {
                End(UpdateResult.Failed, "it could not be stored", "failed");
                On(UpdateEvent.GivenUp);
                return;
            }

            Report.Tell("installing");
            _restart.Ask("update " + _record.Version);
        }

        private void Confirm()
        {
            if (_slots.Confirm())
            {
                On(UpdateEvent.Confirmed);
                End(UpdateResult.Success, null, "confirmed");
            }
            else
            {
                _parts.Counters.StorageFaults++;
            }
        }

        private void Drop()
        {
            if (_record.Result == UpdateResult.Initial)
            {
                End(UpdateResult.IntegrityFailure, "what came to lie on flash was damaged again and again", "failed");
            }

            _transfer.Drop(false);
        }

        private void End(int result, string reason, string state)
        {
            _record.IsUnderWay = false;
            _record.Result = result;
            _record.Reason = reason;
            Save();
            Report.Tell(state);
        }

        internal bool Save()
        {
            bool isSaved = _record.Save(_parts.Hardware.Storage);
            _parts.Counters.StorageFaults += isSaved ? 0 : 1;
            return isSaved;
        }
    }
}

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
    internal sealed partial class Updating
    {
        private readonly Parts _parts;
        private readonly IUpdateSlots _slots;
        private readonly IRestart _restart;
        private readonly IClock _clock;
        private readonly UpdateMachine _machine = new UpdateMachine();
        private readonly UpdateTransfer _transfer;
        private readonly UpdateRecord _record;
        private readonly UpdateConditions _conditions;
        private readonly UpdateFetch _fetch;
        private readonly Jitter _jitter;
        private string _backReason;
        private string _restartReason;
        private long _restartBy;
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
            _fetch = new UpdateFetch(parts, _transfer, _record, _conditions, Report);
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
                if (_restartReason != null)
                {
                    return _restartBy;
                }

                switch (State)
                {
                    case UpdateState.Waiting:
                        return _fetch.GateAt;
                    case UpdateState.Downloading:
                        return _fetch.DueAt;
                    case UpdateState.Verifying:
                        return 0;
                    default:
                        return _machine.Deadline;
                }
            }
        }

        /// <summary>Whether the device is about to restart with an image, or runs one on trial: that goes before all else.</summary>
        internal bool IsDecisive => State > UpdateState.Verifying || _restartReason != null;

        /// <summary>Whether a device that sleeps has to stay awake for it.</summary>
        internal bool HoldsAwake => State > UpdateState.Downloading
            || (State == UpdateState.Downloading && _fetch.IsFruitful && !_record.IsUnserved);

        /// <summary>Whether a device that sleeps has to turn its radio on for it.</summary>
        internal bool NeedsRadio => State > UpdateState.Waiting || (State == UpdateState.Waiting && !_record.IsUnserved && _fetch.IsOpen);

        /// <summary>Takes a block.</summary>
        internal void Take(LinkEvent message)
        {
            UpdateEvent e = State == UpdateState.Downloading ? _fetch.Take(message) : UpdateEvent.Tick;
            if (e == UpdateEvent.GivenUp)
            {
                GiveUp(UpdateResult.NotEnoughFlash, "flash takes no more", "failed");
            }
            else
            {
                On(e);
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
                    CheckGates();
                    if (State == UpdateState.Downloading)
                    {
                        _fetch.Ask(now);
                        NoteService();
                    }

                    break;
                case UpdateState.Verifying:
                    On(_transfer.VerifyNext());
                    break;
                case UpdateState.Trial:
                    On(_conditions.IsHealthy(_record) ? UpdateEvent.Healthy : UpdateEvent.Tick);
                    On(UpdateEvent.Tick);
                    break;
            }

            if (_restartReason != null)
            {
                Restart(now);
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
            if (_slots.FailedVersion != null)
            {
                _isFailureTold = !_slots.ForgetFailure();
            }

            _record.RequestId = request?.CopyId();
            _record.From = request?.From;
            _record.Version = manifest.Version.Text;
            _record.IsUnderWay = true;
            _record.IsForced = isForced;
            _record.IsUnserved = false;
            _record.Left = null;
            _record.Result = UpdateResult.Initial;
            _record.Reason = null;
            _machine.On(UpdateEvent.Offered, _clock.Uptime);
            if (!_transfer.Begin(offer, manifest) || !Save())
            {
                GiveUp(UpdateResult.NotEnoughFlash, NotStored, "failed");
                return false;
            }

            // Wakes are spread already.
            int delay = _parts.Sleeps || isForced ? 0 : _parts.Store.Current.Number(_parts.UpdateGroup, UpdateSettings.Delay);
            _fetch.Begin(delay == 0 ? 0 : _jitter.Next(delay * 1000));
            Report.Gate = _fetch.ShutGate;
            Report.Tell("waiting");
            CheckGates();
            return true;
        }

        /// <summary>The gates that spread a rollout do not count any more for what is under way.</summary>
        internal void Force()
        {
            _record.IsForced = true;
            Save();
            _fetch.Begin(0);
            CheckGates();
        }

        /// <summary>Gives up what is under way.</summary>
        internal void Cancel()
        {
            if (State != UpdateState.Idle)
            {
                GiveUp(UpdateResult.Cancelled, "by request", "cancelled");
            }
        }

        /// <summary>Keeps the image that is on trial, whatever it has shown.</summary>
        /// <returns>False when that could not be written.</returns>
        internal bool Keep()
        {
            On(UpdateEvent.Healthy);
            return State != UpdateState.Trial;
        }

        /// <summary>The image before this one is to run from now on: the device restarts when it has said so.</summary>
        internal void GoBack()
        {
            _record.Version = _slots.ImageVersion;
            _record.Left = _slots.ImageVersion;
            _record.RequestId = null;

            // What was refused because of this image may fit the one before.
            _record.Refused = null;
            End(UpdateResult.Failed, "by request", "returned");
            BeginRestart("update revert");
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
            _isFailureTold = _slots.FailedVersion != null;
            if (_isFailureTold)
            {
                TellFailure(_slots.FailedVersion);
            }

            if (_slots.IsOnTrial)
            {
                _machine.Begin(_clock.Uptime, _parts.Settings.Number(_parts.UpdateGroup, UpdateSettings.Trial) * 1000L);
                _record.Version = _slots.ImageVersion;
                _record.Result = UpdateResult.Initial;
                _record.Reason = null;
                _record.Refused = null;
                Report.Tell("trial");
            }
            else if (_record.IsUnderWay)
            {
                ResumeTransfer();
            }
        }

        private void ResumeTransfer()
        {
            if (_record.Version == _slots.ImageVersion)
            {
                // The power went when it was kept already.
                End(UpdateResult.Success, null, "confirmed");
            }
            else if (_transfer.Resume(_record.Version))
            {
                _machine.On(UpdateEvent.Offered, _clock.Uptime);
            }
            else
            {
                End(UpdateResult.Failed, "what was fetched is gone", "failed");
            }
        }

        private void TellFailure(string version)
        {
            if (_slots.IsOnTrial || (_record.IsUnderWay && _record.Version != version))
            {
                // The record is that of the next one.
                Report.TellReturned(version, _slots.FailedReason);
                return;
            }

            // What an event of the last wake tells is still in the queue.
            bool isSame = _record.Version == version;
            if (!isSame || _record.Result != UpdateResult.Failed || !_parts.WakeContext.IsSleepEnd)
            {
                _record.Version = version;
                _record.RequestId = isSame ? _record.RequestId : null;
                _record.Refused = null;
                End(UpdateResult.Failed, _slots.FailedReason, "returned");
            }
        }

        // Written once: a device that sleeps tries again in wakes that have the radio anyway, and does not wait for an answer.
        private void NoteService()
        {
            if (_parts.Sleeps && !_fetch.IsFruitful && !_record.IsUnserved)
            {
                _record.IsUnserved = true;
                Save();
            }
        }

        private void CheckGates() => On(_fetch.CheckGates(_clock.Uptime));

        private void On(UpdateEvent e) => Do(_machine.On(e, _clock.Uptime));
    }
}

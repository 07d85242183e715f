using Firmware.Platform;
using Firmware.Updates;

namespace Firmware
{
    /// <content>What is done for an update, and how it ends.</content>
    internal sealed partial class Updating
    {
        private const long TellTime = 5000;
        private const string NotStored = "it could not be stored";

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
                    if (!_transfer.BeginAnew())
                    {
                        GiveUp(UpdateResult.NotEnoughFlash, NotStored, "failed");
                    }

                    break;
                case UpdateAction.Install:
                    Install();
                    break;
                case UpdateAction.Confirm:
                    Confirm();
                    break;
                case UpdateAction.Revert:
                    _slots.Revert(_backReason ?? TrialFault());
                    BeginRestart("update returned");
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
            // Under way until its trial has ended: a power cut before the restart is not to lose it.
            _record.NeedsReading = _conditions.HasReading;
            if (!Save() || !_slots.Test(_record.Version, _parts.Store.Current.Number(_parts.UpdateGroup, UpdateSettings.Trial)))
            {
                GiveUp(UpdateResult.Failed, NotStored, "failed");
                return;
            }

            Report.Tell("installing");
            BeginRestart("update " + _record.Version);
        }

        private string TrialFault() => !_parts.Connection.IsOnline ? "not online in time"
            : _conditions.IsHealthy(_record) ? NotStored
            : "it did not measure";

        private void BeginRestart(string reason)
        {
            _restartReason = reason;
            _restartBy = _clock.Uptime + TellTime;
            Restart(_clock.Uptime);
        }

        // What there is to tell goes first, as far as somebody takes it.
        private void Restart(long now)
        {
            if (now >= _restartBy || !_parts.Connection.IsOnline || _parts.Events.Count == 0)
            {
                // Once it is asked for, it waits for what has to be answered before: that wakes the loop by itself.
                _restart.Ask(_restartReason);
                _restartBy = long.MaxValue;
            }
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

            _transfer.Drop();
        }

        private void GiveUp(int result, string reason, string state)
        {
            End(result, reason, state);
            On(UpdateEvent.GivenUp);
        }

        private void End(int result, string reason, string state)
        {
            _record.IsUnderWay = false;
            _record.Result = result;
            _record.Reason = reason;
            Report.Gate = null;
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

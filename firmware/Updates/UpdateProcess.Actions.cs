using Firmware.Sensing;

namespace Firmware.Updates
{
    /// <content>What the last run left, the actions of the state machine, and how an update ends.</content>
    internal sealed partial class UpdateProcess
    {
        private const long EventTime = 5000; // for the events before a restart
        private const string ByRequest = "by request";
        internal const string NotConfirmed = "flash: the confirmation could not be stored";

        private string _revertReason;
        private string _restartReason;
        private long _restartBy;

        private bool IsHealthy => _device.Connection.IsOnline && IsMeasured && (!Record.NeedsReading || HasReading);

        // Of a sensor of the board: a battery always has a value.
        private bool HasReading
        {
            get
            {
                SensorMonitor[] monitors = _device.Sampler.Monitors;
                for (int i = 0; i < _device.Sampler.BoardPorts; i++)
                {
                    Channel[] channels = monitors[i].Channels;
                    for (int j = 0; channels != null && j < channels.Length; j++)
                    {
                        if (channels[j].IsValid)
                        {
                            return true;
                        }
                    }
                }

                return false;
            }
        }

        /// <summary>Continues what the last run left: an image on trial, one that failed, or one that is not complete.</summary>
        internal void Resume(long now)
        {
            if (Slots.FailedVersion != null)
            {
                _forgetAt = 0;
                ReportFailure(Slots.FailedVersion);
            }

            if (Slots.IsOnTrial)
            {
                _machine.BeginTrial(now, SettingOf(UpdateSettings.Trial) * 1000L);
                Record.Version = Slots.ImageVersion;
                Record.Result = UpdateResult.Initial;
                Record.Reason = null;
                Record.Refused = null;
                Report.Add(UpdateState.Trial);
            }
            else if (Record.IsInProgress && Record.Version == Slots.ImageVersion)
            {
                // The power failed after the confirmation.
                End(UpdateState.Confirmed, UpdateResult.Success, null);
            }
            else if (Record.IsInProgress)
            {
                Download = NewDownload();
                if (Download.Resume(Record.Version) == DownloadResult.Ready)
                {
                    On(UpdateEvent.Offered, now);
                }
                else
                {
                    Download = null;
                    End(UpdateState.Failed, UpdateResult.Failed, "flash: the downloaded blocks are gone, offer the update again");
                }
            }
        }

        /// <summary>Confirms an image on trial that works; ends a trial that is over.</summary>
        internal void CheckHealth(long now)
        {
            if (State == UpdateState.Trial)
            {
                On(IsHealthy ? UpdateEvent.Healthy : UpdateEvent.Tick, now);
                On(UpdateEvent.Tick, now);
            }
        }

        internal bool Save()
        {
            bool isSaved = Record.Save(_device.Storage);
            _device.Counters.StorageFaults += isSaved ? 0 : 1;
            return isSaved;
        }

        private void ReportFailure(string version)
        {
            if (Slots.IsOnTrial || (Record.IsInProgress && Record.Version != version))
            {
                // The record is that of the next update.
                Report.Add(UpdateState.RolledBack, version, UpdateResult.Failed, Slots.FailedReason);
                return;
            }

            // After a sleep the event of the wake before is still in the queue.
            bool isSame = Record.Version == version;
            if (!isSame || Record.Result != UpdateResult.Failed || !_device.Wake.IsSleepEnd)
            {
                Record.Version = version;
                Record.RequestId = isSame ? Record.RequestId : null;
                Record.Refused = null;
                End(UpdateState.RolledBack, UpdateResult.Failed, Slots.FailedReason);
            }
        }

        private void On(UpdateEvent e, long now)
        {
            switch (_machine.On(e, now))
            {
                case UpdateAction.Download:
                    BeginDownload(now);
                    break;
                case UpdateAction.Verify:
                    Download.BeginVerification();
                    break;
                case UpdateAction.DownloadAgain:
                    if (Download.Restart() != DownloadResult.Ready)
                    {
                        GiveUp(UpdateState.Failed, UpdateResult.NotEnoughFlash, UpdateReport.NotStored, now);
                    }

                    break;
                case UpdateAction.Install:
                    Install(now);
                    break;
                case UpdateAction.Confirm:
                    StoreConfirmation(now);
                    break;
                case UpdateAction.Revert:
                    Slots.Revert(_revertReason ?? TrialFault());
                    BeginRestart("update reverted", now);
                    break;
                case UpdateAction.Discard:
                    Discard();
                    break;
            }
        }

        private void BeginDownload(long now)
        {
            if (Download.IsComplete)
            {
                // It was complete when the device was switched off.
                On(UpdateEvent.Complete, now);
            }
            else
            {
                Report.Add(UpdateState.Downloading);
            }
        }

        // In progress until its trial has ended: a power cut before the restart must not lose it.
        private void Install(long now)
        {
            Record.NeedsReading = HasReading;
            if (!Save() || !Slots.Test(Record.Version, SettingOf(UpdateSettings.Trial)))
            {
                GiveUp(UpdateState.Failed, UpdateResult.Failed, UpdateReport.NotStored, now);
                return;
            }

            Report.Add(UpdateState.Installing);
            BeginRestart("update " + Record.Version, now);
        }

        private void StoreConfirmation(long now)
        {
            if (Slots.Confirm())
            {
                On(UpdateEvent.Confirmed, now);
                End(UpdateState.Confirmed, UpdateResult.Success, null);
            }
            else
            {
                _device.Counters.StorageFaults++;
            }
        }

        private string TrialFault() => !_device.Connection.IsOnline ? "trial: not online in time"
            : IsHealthy ? NotConfirmed
            : "trial: no sensor reading in time";

        private void Discard()
        {
            if (Record.Result == UpdateResult.Initial)
            {
                End(UpdateState.Failed, UpdateResult.IntegrityFailure, "flash: the image was corrupt 3 times, offer the update again");
            }

            (Download ?? NewDownload()).Discard();
            Download = null;
        }

        private void GiveUp(UpdateState state, UpdateResult result, string reason, long now)
        {
            End(state, result, reason);
            On(UpdateEvent.GivenUp, now);
        }

        private void End(UpdateState state, UpdateResult result, string reason)
        {
            Record.IsInProgress = false;
            Record.Result = result;
            Record.Reason = reason;
            Report.Gate = UpdateGate.None;
            Save();
            Report.Add(state);
        }

        private void BeginRestart(string reason, long now)
        {
            _restartReason = reason;
            _restartBy = now + EventTime;
            RestartWhenReported(now);
        }

        // The broker gets the events first, if it acknowledges them in time.
        private void RestartWhenReported(long now)
        {
            if (_restartBy != long.MaxValue && (now >= _restartBy || !_device.Connection.IsOnline || _device.Events.Count == 0))
            {
                _restartBy = long.MaxValue;
                _device.Shutdown.RequestRestart(_restartReason);
            }
        }
    }
}

using Firmware.Connectivity;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Settings;

namespace Firmware.Updates
{
    /// <summary>
    /// An accepted update: downloaded block by block while its gates are open, verified, started on trial, then confirmed or
    /// rolled back. Events report it.
    /// </summary>
    internal sealed partial class UpdateProcess
    {
        private const int SecondsOfDay = 86400;
        private const int MaxUnanswered = 3;
        private const int MaxUnansweredAsleep = 1; // of a device that sleeps
        private const int MaxBad = 3;
        private const int Quarters = 4;
        private const long GatePause = 60000;
        private const long PollPause = 200;   // whether the broker has the events
        private const long FlashPause = 10000;

        internal readonly UpdateRecord Record;
        internal readonly UpdateReport Report;
        internal ImageDownload Download; // null without an update
        internal bool IsMeasured;

        internal readonly IUpdateSlots Slots;
        private readonly DeviceContext _device;
        private readonly IKeyedDigest _digest;
        private readonly UpdateSettings _settings;
        private readonly UpdateMachine _machine = new UpdateMachine();
        private Jitter _jitter; // null until an update is delayed
        private string _awaited; // topic of the requested block
        private long _startAt;
        private long _gateAt;
        private long _forgetAt = long.MaxValue;

        internal UpdateProcess(DeviceContext device, IUpdateSlots slots, IKeyedDigest digest, UpdateSettings settings)
        {
            _device = device;
            Slots = slots;
            _digest = digest;
            _settings = settings;
            Record = UpdateRecord.Load(device.Storage);
            Report = new UpdateReport(this, device);
        }

        internal UpdateState State => _machine.State;

        internal int Lwm2mState => _machine.Lwm2mState;

        /// <summary>Whether the device is about to restart with an image, or runs one on trial: that goes before all else.</summary>
        internal bool IsDecisive => State > UpdateState.Verifying || _restartReason != null;

        /// <summary>Whether a device that sleeps stays awake for it.</summary>
        internal bool HoldsAwake => State > UpdateState.Downloading || (State == UpdateState.Downloading && IsServed && !Record.IsUnserved);

        /// <summary>Whether a device that sleeps connects for it.</summary>
        internal bool NeedsRadio => State > UpdateState.Downloading
            || (State > UpdateState.Idle && !Record.IsUnserved && ClosedGate(_device.Clock.Uptime) == UpdateGate.None);

        // Whether the requests have useful responses: others only cost the battery.
        private bool IsServed => Download.Unanswered < (_device.Sleeps ? MaxUnansweredAsleep : MaxUnanswered) && Download.Bad < MaxBad;

        /// <summary>Uptime in milliseconds at which <see cref="Tick"/> has work.</summary>
        internal long DueAt(long now)
        {
            long due = _machine.Deadline;
            bool isOnline = _device.Connection.IsOnline;
            if (_restartReason != null)
            {
                due = isOnline && _restartBy > now + PollPause && _restartBy != long.MaxValue ? now + PollPause : _restartBy;
            }
            else if (State == UpdateState.Waiting || State == UpdateState.Downloading)
            {
                due = State == UpdateState.Downloading && isOnline && Download.DueAt < _gateAt ? Download.DueAt : _gateAt;
            }
            else if (State == UpdateState.Verifying || State == UpdateState.Installing)
            {
                due = 0;
            }

            return isOnline && _forgetAt < due ? _forgetAt : due;
        }

        /// <summary>Does what is due.</summary>
        internal void Tick(long now)
        {
            switch (State)
            {
                case UpdateState.Waiting:
                case UpdateState.Downloading:
                    CheckGates(now);
                    RequestBlock(now);
                    break;
                case UpdateState.Verifying:
                    On(Download.VerifyNext(), now);
                    break;
                case UpdateState.Trial:
                    CheckHealth(now);
                    break;
                case UpdateState.Installing:
                    if (_restartReason == null)
                    {
                        // An exception came between: the image is on trial, only the restart is missing.
                        BeginRestart("update " + Record.Version, now);
                    }

                    break;
            }

            if (_restartReason != null)
            {
                RestartWhenReported(now);
            }

            if (now >= _forgetAt && _device.Connection.IsOnline)
            {
                bool isReported = _device.Events.Count == 0;
                _forgetAt = !isReported ? now + PollPause : Slots.ForgetFailure() ? long.MaxValue : now + FlashPause;
            }
        }

        /// <summary>Takes what came as a block.</summary>
        internal void TakeBlock(LinkEvent message, long now)
        {
            if (State != UpdateState.Downloading || message.IsRetained || message.Topic != _awaited)
            {
                return;
            }

            // One response for each request: a digest takes the device a third of a second.
            _awaited = null;
            int count = Download.Manifest.BlockCount;
            int quarter = Download.Next * Quarters / count;
            DownloadResult result = Download.Take(message.Payload, now);
            Record.IsUnserved = Record.IsUnserved && result == DownloadResult.Bad;
            if (result == DownloadResult.Complete)
            {
                On(UpdateEvent.Complete, now);
            }
            else if (result == DownloadResult.FlashFailed)
            {
                GiveUp(UpdateState.Failed, UpdateResult.NotEnoughFlash, "flash: a block could not be written 5 times, offer the update again", now);
            }
            else if (Download.Next * Quarters / count != quarter)
            {
                Report.Add(UpdateState.Downloading);
            }
        }

        /// <summary>Begins an update.</summary>
        /// <returns><see cref="CheckReason.Accepted"/> or <see cref="CheckReason.NotStored"/>.</returns>
        internal CheckReason Accept(UpdateOffer offer, Manifest manifest, bool isForced, Request request, long now)
        {
            if (Slots.FailedVersion != null)
            {
                _forgetAt = Slots.ForgetFailure() ? long.MaxValue : now + FlashPause;
            }

            // First: where there is no memory for it, nothing has begun.
            Download = NewDownload();
            Record.RequestId = request?.CopyId();
            Record.From = request?.From;
            Record.Version = manifest.Version.Text;
            Record.IsInProgress = true;
            Record.IsForced = isForced;
            Record.IsUnserved = false;
            Record.Reverted = null;
            Record.Result = UpdateResult.Initial;
            Record.Reason = null;
            On(UpdateEvent.Offered, now);
            if (Download.Begin(offer, manifest) != DownloadResult.Ready || !Save())
            {
                GiveUp(UpdateState.Failed, UpdateResult.NotEnoughFlash, UpdateReport.NotStored, now);
                return CheckReason.NotStored;
            }

            // The wakes of devices that sleep are spread already.
            int maxDelay = SettingOf(UpdateSettings.Delay);
            bool isDelayed = !_device.Sleeps && !isForced && maxDelay > 0;
            _jitter = isDelayed && _jitter == null ? _device.CreateJitter() : _jitter;
            _startAt = isDelayed ? now + _jitter.Next(maxDelay * 1000) : now;
            _gateAt = 0;
            Report.Gate = ClosedGate(now);
            Report.Add(UpdateState.Waiting);
            CheckGates(now);
            return CheckReason.Accepted;
        }

        /// <summary>Opens the gates that spread a rollout for the update in progress.</summary>
        internal void Force(long now)
        {
            Record.IsForced = true;
            Save();
            _startAt = now;
            _gateAt = 0;
            CheckGates(now);
        }

        /// <summary>Ends the update in progress.</summary>
        internal void Cancel(long now)
        {
            if (State != UpdateState.Idle)
            {
                GiveUp(UpdateState.Cancelled, UpdateResult.Cancelled, ByRequest, now);
            }
        }

        /// <summary>Confirms the image on trial. It stays on trial when flash does not take that.</summary>
        internal void Confirm(long now) => On(UpdateEvent.Healthy, now);

        /// <summary>Ends the trial: the image before comes back.</summary>
        internal void EndTrial(long now)
        {
            _revertReason = ByRequest;
            On(UpdateEvent.GivenUp, now);
        }

        /// <summary>Restarts with the image before a confirmed one.</summary>
        /// <returns>False when there is none.</returns>
        internal bool Revert(long now)
        {
            if (!Slots.Revert(ByRequest))
            {
                return false;
            }

            Record.Version = Slots.ImageVersion;
            Record.Reverted = Slots.ImageVersion;
            Record.RequestId = null;

            // What was refused because of this image may suit the one before.
            Record.Refused = null;
            End(UpdateState.RolledBack, UpdateResult.Failed, ByRequest);
            BeginRestart("update revert", now);
            return true;
        }

        private void CheckGates(long now)
        {
            if (now >= _gateAt)
            {
                UpdateGate gate = ClosedGate(now);
                _gateAt = gate == UpdateGate.Delay && _startAt < now + GatePause ? _startAt : now + GatePause;
                Report.Gate = gate;
                On(gate == UpdateGate.None ? UpdateEvent.GatesOpen : UpdateEvent.GatesClosed, now);
            }
        }

        private UpdateGate ClosedGate(long now)
        {
            IClock clock = _device.Clock;
            return new UpdateGates
            {
                IsForced = Record.IsForced,
                IsMember = UpdateGates.Includes(_device.Identity.DeviceId, Record.Version, SettingOf(UpdateSettings.Percent)),
                Battery = _device.Battery == null ? -1 : _device.Battery.Percent,
                LeastBattery = SettingOf(UpdateSettings.Battery),
                Signal = _device.Network.SignalDbm,
                LeastSignal = SettingOf(UpdateSettings.Signal),
                Minute = clock.IsSynchronized ? (int)(clock.UtcSeconds % SecondsOfDay / 60) : -1,
                FromHour = SettingOf(UpdateSettings.FromHour),
                ToHour = SettingOf(UpdateSettings.ToHour),
                Delay = _startAt - now,
            }.Closed();
        }

        private int SettingOf(int number) => _device.Settings.Number(_settings, number);

        private ImageDownload NewDownload() => new ImageDownload(Slots, _digest, _device.Counters);

        private void RequestBlock(long now)
        {
            if (State != UpdateState.Downloading)
            {
                return;
            }

            if (_device.Connection.IsOnline && now >= Download.DueAt)
            {
                string own = _device.Topics.Own + "update/";
                _awaited = own + "block/" + Download.Manifest.Version.TopicLevel + "/" + Download.Next;
                _device.Publisher.SendUnconfirmed(own + "get", Report.BlockRequest());
                Download.Requested(now);
            }

            // Written once: later wakes that have the radio anyway try again, and do not wait for a response.
            if (_device.Sleeps && !IsServed && !Record.IsUnserved)
            {
                Record.IsUnserved = true;
                Save();
            }
        }
    }
}

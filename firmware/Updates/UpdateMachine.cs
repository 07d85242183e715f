namespace Firmware.Updates
{
    /// <summary>
    /// An update as a pure state machine: no I/O, no clock of its own. Times are uptime in milliseconds. Only a verified
    /// image is installed, only a healthy one is confirmed, and each trial ends.
    /// </summary>
    public sealed class UpdateMachine
    {
        /// <summary>How often an image that is corrupt on flash is downloaded again.</summary>
        public const int MaxCorruptions = 2;

        private const long ConfirmPause = 10000;

        private int _corruptions;
        private long _trialUntil = long.MaxValue;
        private bool _isHealthy;

        /// <summary>The state; one of the first six.</summary>
        public UpdateState State;

        /// <summary>When a <see cref="UpdateEvent.Tick"/> is due.</summary>
        public long Deadline = long.MaxValue;

        /// <summary>Number of the state in LwM2M (object 5, resource 3): 0 idle, 1 downloading, 2 downloaded, 3 updating.</summary>
        public int Lwm2mState
        {
            get
            {
                switch (State)
                {
                    case UpdateState.Idle:
                    case UpdateState.Waiting:
                        return 0;
                    case UpdateState.Downloading:
                        return 1;
                    case UpdateState.Verifying:
                        return 2;
                    default:
                        return 3;
                }
            }
        }

        /// <summary>The image that runs is on trial.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <param name="duration">Milliseconds that the trial may take.</param>
        public void BeginTrial(long now, long duration)
        {
            State = UpdateState.Trial;
            _trialUntil = now + duration;
            Deadline = _trialUntil;
        }

        /// <summary>Takes an event.</summary>
        /// <param name="e">The event; ignored when it does not fit the state.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>What follows.</returns>
        public UpdateAction On(UpdateEvent e, long now)
        {
            switch (State)
            {
                case UpdateState.Trial:
                    return OnTrial(e, now);
                case UpdateState.Installing:
                    // The device restarts with the image, or the image cannot be started at all.
                    return e == UpdateEvent.GivenUp ? Enter(UpdateState.Idle, UpdateAction.Discard) : UpdateAction.None;
                default:
                    return OnDownload(e);
            }
        }

        private UpdateAction OnDownload(UpdateEvent e)
        {
            switch (e)
            {
                case UpdateEvent.Offered:
                    // A newer update replaces the one in progress.
                    _corruptions = 0;
                    return Enter(UpdateState.Waiting, UpdateAction.None);
                case UpdateEvent.GatesOpen:
                    return State == UpdateState.Waiting ? Enter(UpdateState.Downloading, UpdateAction.Download) : UpdateAction.None;
                case UpdateEvent.GatesClosed:
                    return State == UpdateState.Downloading ? Enter(UpdateState.Waiting, UpdateAction.None) : UpdateAction.None;
                case UpdateEvent.Complete:
                    return State == UpdateState.Downloading ? Enter(UpdateState.Verifying, UpdateAction.Verify) : UpdateAction.None;
                case UpdateEvent.Corrupt:
                    return State != UpdateState.Verifying ? UpdateAction.None
                        : ++_corruptions > MaxCorruptions ? Enter(UpdateState.Idle, UpdateAction.Discard)
                        : Enter(UpdateState.Downloading, UpdateAction.DownloadAgain);
                case UpdateEvent.Verified:
                    return State == UpdateState.Verifying ? Enter(UpdateState.Installing, UpdateAction.Install) : UpdateAction.None;
                case UpdateEvent.GivenUp:
                    return State == UpdateState.Idle ? UpdateAction.None : Enter(UpdateState.Idle, UpdateAction.Discard);
                default:
                    return UpdateAction.None;
            }
        }

        private UpdateAction OnTrial(UpdateEvent e, long now)
        {
            switch (e)
            {
                case UpdateEvent.Confirmed:
                    return Enter(UpdateState.Idle, UpdateAction.None);
                case UpdateEvent.GivenUp:
                    return Revert();
                case UpdateEvent.Healthy:
                    if (_isHealthy)
                    {
                        return UpdateAction.None;
                    }

                    _isHealthy = true;
                    return Confirm(now);
                case UpdateEvent.Tick:
                    return now >= _trialUntil ? Revert() : _isHealthy && now >= Deadline ? Confirm(now) : UpdateAction.None;
                default:
                    return UpdateAction.None;
            }
        }

        // Flash may not take it at once: it is tried again until the trial is over.
        private UpdateAction Confirm(long now)
        {
            Deadline = now + ConfirmPause < _trialUntil ? now + ConfirmPause : _trialUntil;
            return UpdateAction.Confirm;
        }

        private UpdateAction Revert() => Enter(UpdateState.Installing, UpdateAction.Revert);

        private UpdateAction Enter(UpdateState state, UpdateAction action)
        {
            State = state;
            Deadline = long.MaxValue;
            return action;
        }
    }
}

namespace Firmware.Updates
{
    /// <summary>
    /// An update as a pure state machine: no I/O, no clock of its own. Times are uptime in milliseconds. Only a verified
    /// image is installed, only a healthy one is kept, and a trial always ends.
    /// </summary>
    public sealed class UpdateMachine
    {
        /// <summary>How often an image is fetched anew because what came to lie on flash is damaged.</summary>
        public const int MaxDamages = 2;

        private const long ConfirmPause = 10000;

        private int _damages;
        private long _trialUntil = long.MaxValue;
        private bool _isHealthy;

        /// <summary>Where it stands.</summary>
        public UpdateState State { get; private set; }

        /// <summary>When a <see cref="UpdateEvent.Tick"/> is due.</summary>
        public long Deadline { get; private set; } = long.MaxValue;

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
        /// <param name="now">Now.</param>
        /// <param name="duration">Milliseconds that the trial may take.</param>
        public void Begin(long now, long duration)
        {
            State = UpdateState.Trial;
            _trialUntil = now + duration;
            Deadline = _trialUntil;
        }

        /// <summary>Moves on.</summary>
        /// <param name="e">What happened; what does not fit the state is ignored.</param>
        /// <param name="now">Now.</param>
        /// <returns>What is to be done.</returns>
        public UpdateAction On(UpdateEvent e, long now)
        {
            switch (State)
            {
                case UpdateState.Trial:
                    return OnTrial(e, now);
                case UpdateState.Installing:
                    // The device restarts with it, or it cannot be started at all.
                    return e == UpdateEvent.GivenUp ? Enter(UpdateState.Idle, UpdateAction.Drop) : UpdateAction.None;
                default:
                    return OnTransfer(e);
            }
        }

        private UpdateAction OnTransfer(UpdateEvent e)
        {
            switch (e)
            {
                case UpdateEvent.Offered:
                    // A newer one takes the place of one that is under way.
                    _damages = 0;
                    return Enter(UpdateState.Waiting, UpdateAction.None);
                case UpdateEvent.GatesOpen:
                    return State == UpdateState.Waiting ? Enter(UpdateState.Downloading, UpdateAction.Fetch) : UpdateAction.None;
                case UpdateEvent.GatesShut:
                    return State == UpdateState.Downloading ? Enter(UpdateState.Waiting, UpdateAction.None) : UpdateAction.None;
                case UpdateEvent.Complete:
                    return State == UpdateState.Downloading ? Enter(UpdateState.Verifying, UpdateAction.Verify) : UpdateAction.None;
                case UpdateEvent.Damaged:
                    return State != UpdateState.Verifying ? UpdateAction.None
                        : ++_damages > MaxDamages ? Enter(UpdateState.Idle, UpdateAction.Drop)
                        : Enter(UpdateState.Downloading, UpdateAction.FetchAnew);
                case UpdateEvent.Verified:
                    return State == UpdateState.Verifying ? Enter(UpdateState.Installing, UpdateAction.Install) : UpdateAction.None;
                case UpdateEvent.GivenUp:
                    return State == UpdateState.Idle ? UpdateAction.None : Enter(UpdateState.Idle, UpdateAction.Drop);
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

        // Flash may not take it at once: then it is tried again until the trial is over.
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

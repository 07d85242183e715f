namespace Firmware.Sleep
{
    /// <summary>
    /// One wake as a pure state machine: no I/O, no clock of its own. It goes from measuring over publishing and listening
    /// to sleep. It sleeps with a message unacknowledged only when the connection is gone or the cap of the wake is reached,
    /// and it is never awake for longer than that cap and the time for leaving. Times are uptime in milliseconds.
    /// </summary>
    public sealed class WakeCycle
    {
        /// <summary>Milliseconds in which the broker has to be reached, counted from turning the radio on.</summary>
        public const long OnlineTimeout = 12000;

        /// <summary>Milliseconds that leaving may take beyond the cap.</summary>
        public const long LeaveTimeout = 3000;

        /// <summary>The cap in milliseconds while an update goes on or a request wants the device to stay awake.</summary>
        public const long LongCap = 600000;

        private readonly AwakeLocks _locks;
        private readonly long _wokeAt;
        private readonly long _cap;
        private readonly long _listen;
        private WakeState _state;
        private long _onlineBy;
        private long _listenUntil;
        private long _leaveBy;
        private bool _isDrained;
        private bool _isEnded;
        private bool _isTold;
        private bool _isReached;

        /// <summary>A wake begins.</summary>
        /// <param name="locks">What keeps it awake; after a change a <see cref="WakeEvent.Tick"/> is due.</param>
        /// <param name="wokeAt">Now.</param>
        /// <param name="cap">Milliseconds that it may take.</param>
        /// <param name="listen">Milliseconds to listen after the last thing that came from the broker.</param>
        public WakeCycle(AwakeLocks locks, long wokeAt, long cap, long listen)
        {
            _locks = locks;
            _wokeAt = wokeAt;
            _cap = cap;
            _listen = listen;
        }

        /// <summary>Where it stands.</summary>
        public WakeState State => _state;

        /// <summary>Whether the broker knows that the device sleeps.</summary>
        public bool IsTold => _isTold;

        /// <summary>Whether the broker has answered in this wake: whether the attempt to reach it has succeeded.</summary>
        public bool IsReached => _isReached;

        /// <summary>When it has to leave, as the locks stand.</summary>
        public long CapAt
        {
            get
            {
                long normal = _wokeAt + _cap;
                long longest = _wokeAt + LongCap;
                long wanted = _locks.Has(AwakeLock.Update) ? longest : _locks.StaysUntil;
                wanted = wanted < longest ? wanted : longest;
                return wanted > normal ? wanted : normal;
            }
        }

        /// <summary>When a <see cref="WakeEvent.Tick"/> is due.</summary>
        public long Deadline
        {
            get
            {
                long due = CapAt;
                switch (_state)
                {
                    case WakeState.Connecting:
                        long by = OnlineBy;
                    return by < due ? by : due;
                    case WakeState.Listening:
                        long end = ListensUntil;
                        return end < due ? end : due;
                    case WakeState.Leaving:
                        return _leaveBy;
                    case WakeState.Asleep:
                        return long.MaxValue;
                    default:
                        return due;
                }
            }
        }

        // Settings on trial get the whole wake to come online again.
        private long OnlineBy => _locks.Has(AwakeLock.Trial) ? long.MaxValue : _onlineBy;

        // While it depends on anything else than time, for ever.
        private long ListensUntil
        {
            get
            {
                if (!_isDrained || _locks.Any)
                {
                    return long.MaxValue;
                }

                long end = _isEnded ? 0 : _listenUntil;
                return end > _locks.StaysUntil ? end : _locks.StaysUntil;
            }
        }

        /// <summary>Moves on.</summary>
        /// <param name="e">What happened; what does not fit the state is ignored.</param>
        /// <param name="now">Now.</param>
        /// <returns>What is to be done.</returns>
        public WakeAction On(WakeEvent e, long now)
        {
            if (_state == WakeState.Asleep)
            {
                return WakeAction.None;
            }

            WakeState before = _state;
            if (HasLink())
            {
                Note(e, now);
            }

            Move(e, now);
            Advance(e, now);
            return _state == before ? WakeAction.None : ActionOf(_state);
        }

        private static WakeAction ActionOf(WakeState state)
        {
            switch (state)
            {
                case WakeState.Connecting:
                    return WakeAction.Connect;
                case WakeState.Publishing:
                    return WakeAction.Publish;
                case WakeState.Listening:
                    return WakeAction.Listen;
                case WakeState.Leaving:
                    return WakeAction.Leave;
                default:
                    return WakeAction.Sleep;
            }
        }

        private bool HasLink() =>
            _state == WakeState.Publishing || _state == WakeState.Listening || _state == WakeState.Leaving;

        private void Note(WakeEvent e, long now)
        {
            switch (e)
            {
                case WakeEvent.Waiting:
                    _isDrained = false;
                    return;
                case WakeEvent.Drained:
                    // Only news begin the time of listening anew: after an answer the asker may have another question.
                    _listenUntil = _isDrained ? _listenUntil : now + _listen;
                    _isDrained = true;
                    break;
                case WakeEvent.Message:
                    _isEnded = false;
                    _listenUntil = now + _listen;
                    break;
                case WakeEvent.EndOfQueue:
                    _isEnded = true;
                    break;
                case WakeEvent.Told:
                    _isTold = _state == WakeState.Leaving;
                    break;
                case WakeEvent.Acknowledged:
                    break;
                default:
                    return;
            }

            _isReached = true;
        }

        private void Move(WakeEvent e, long now)
        {
            switch (e)
            {
                case WakeEvent.RadioNeeded:
                    if (_state == WakeState.Measuring)
                    {
                        _onlineBy = now + OnlineTimeout;
                        _state = WakeState.Connecting;
                    }

                    break;
                case WakeEvent.RadioNotNeeded:
                    _state = _state == WakeState.Measuring ? WakeState.Asleep : _state;
                    break;
                case WakeEvent.Online:
                    if (_state == WakeState.Connecting)
                    {
                        _isDrained = false;
                        _isEnded = false;
                        _state = WakeState.Publishing;
                    }

                    break;
                case WakeEvent.Lost:
                    if (HasLink())
                    {
                        // Also when "sleeping" was told: the will has spoken since.
                        _isTold = false;
                        _state = WakeState.Connecting;
                    }

                    break;
            }
        }

        private void Advance(WakeEvent e, long now)
        {
            bool isOver = now >= CapAt;
            switch (_state)
            {
                case WakeState.Measuring:
                    _state = isOver ? WakeState.Asleep : _state;
                    break;
                case WakeState.Connecting:
                    _state = isOver || now >= OnlineBy ? WakeState.Asleep : _state;
                    break;
                case WakeState.Leaving:
                    Leave(isOver, e == WakeEvent.Message, now);
                    break;
                case WakeState.Publishing:
                case WakeState.Listening:
                    if (isOver || now >= ListensUntil)
                    {
                        _isTold = false;

                        // Closing without the acknowledgement would leave the will behind: "lost".
                        _leaveBy = now + LeaveTimeout > CapAt ? now + LeaveTimeout : CapAt;
                        _state = WakeState.Leaving;
                    }
                    else if (_isDrained)
                    {
                        _state = WakeState.Listening;
                    }

                    break;
            }
        }

        private void Leave(bool isOver, bool isAsked, long now)
        {
            bool isIdle = _isDrained && !isAsked && !_locks.IsHeld(now);
            if (!isIdle && !isOver)
            {
                // A message came in between.
                _state = WakeState.Listening;
            }
            else if (now >= _leaveBy || (_isTold && _isDrained))
            {
                _state = WakeState.Asleep;
            }
        }
    }
}

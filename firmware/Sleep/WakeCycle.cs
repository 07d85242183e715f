namespace Firmware.Sleep
{
    /// <summary>
    /// One wake as a pure state machine, without I/O and clock: measuring, connecting, publishing, listening, announcing,
    /// asleep. It sleeps with an unacknowledged message only when the connection is lost or the cap of the wake is reached.
    /// It is never awake longer than the cap and <see cref="AnnounceTimeout"/>. Times are uptime in milliseconds.
    /// </summary>
    public sealed class WakeCycle
    {
        /// <summary>Milliseconds from turning the radio on in which the device must be online.</summary>
        public const long OnlineTimeout = 12000;

        /// <summary>Milliseconds that announcing "sleeping" may take beyond the cap.</summary>
        public const long AnnounceTimeout = 3000;

        /// <summary>The cap in milliseconds while an update is in progress or a client wants the device awake.</summary>
        public const long LongCap = 600000;

        private readonly AwakeLocks _locks;
        private readonly long _wokeAt;
        private readonly long _cap;
        private readonly long _listen;
        private long _onlineBy;
        private long _listenUntil;
        private long _announceBy;
        private bool _isDrained;
        private bool _isEnded;

        /// <summary>Begins a wake.</summary>
        /// <param name="locks">Keep it awake; after a change a <see cref="WakeEvent.Tick"/> is due.</param>
        /// <param name="wokeAt">The time now.</param>
        /// <param name="cap">Milliseconds that the wake may take.</param>
        /// <param name="listen">Milliseconds to listen after the last message or acknowledgement.</param>
        public WakeCycle(AwakeLocks locks, long wokeAt, long cap, long listen)
        {
            _locks = locks;
            _wokeAt = wokeAt;
            _cap = cap;
            _listen = listen;
        }

        /// <summary>The current state.</summary>
        public WakeState State;

        /// <summary>Whether the broker has acknowledged "sleeping".</summary>
        public bool IsAnnounced;

        /// <summary>Whether the broker has responded in this wake.</summary>
        public bool IsReached;

        /// <summary>The time at which it must stop, with the locks held now.</summary>
        public long CapAt
        {
            get
            {
                long normal = _wokeAt + _cap;
                long longest = _wokeAt + LongCap;
                long wanted = _locks.Has(AwakeHold.LongCap) ? longest : _locks.StaysUntil;
                wanted = wanted < longest ? wanted : longest;
                return wanted > normal ? wanted : normal;
            }
        }

        /// <summary>The time at which a <see cref="WakeEvent.Tick"/> is due.</summary>
        public long Deadline
        {
            get
            {
                long due = CapAt;
                switch (State)
                {
                    case WakeState.Connecting:
                            long by = OnlineBy;
                        return by < due ? by : due;
                    case WakeState.Listening:
                        long end = ListensUntil;
                        return end < due ? end : due;
                    case WakeState.Announcing:
                        return _announceBy;
                    case WakeState.Asleep:
                        return long.MaxValue;
                    default:
                        return due;
                }
            }
        }

        // Settings and images on trial have the whole wake to come online.
        // So has a client that wants the device awake, when the connection is lost meanwhile.
        private long OnlineBy => _locks.Has(AwakeHold.Trial) ? long.MaxValue : _onlineBy > _locks.StaysUntil ? _onlineBy : _locks.StaysUntil;

        // No limit while it waits for anything but time.
        private long ListensUntil
        {
            get
            {
                if (!_isDrained || _locks.Held != AwakeHold.None)
                {
                    return long.MaxValue;
                }

                long end = _isEnded ? 0 : _listenUntil;
                return end > _locks.StaysUntil ? end : _locks.StaysUntil;
            }
        }

        /// <summary>Handles an event.</summary>
        /// <param name="e">The event; one that does not fit the state is ignored.</param>
        /// <param name="now">The time now.</param>
        /// <returns>What to do.</returns>
        public WakeAction On(WakeEvent e, long now)
        {
            if (State == WakeState.Asleep)
            {
                return WakeAction.None;
            }

            WakeState before = State;
            if (HasLink())
            {
                Note(e, now);
            }

            Move(e, now);
            Advance(e, now);
            return State == before ? WakeAction.None : ActionOf(State);
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
                case WakeState.Announcing:
                    return WakeAction.Announce;
                default:
                    return WakeAction.Sleep;
            }
        }

        private bool HasLink() =>
            State == WakeState.Publishing || State == WakeState.Listening || State == WakeState.Announcing;

        private void Note(WakeEvent e, long now)
        {
            switch (e)
            {
                case WakeEvent.Waiting:
                    _isDrained = false;
                    return;
                case WakeEvent.Drained:
                    // Only a change restarts the time of listening: after a response the client may have another request.
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
                case WakeEvent.Announced:
                    IsAnnounced = State == WakeState.Announcing;
                    break;
                case WakeEvent.Acknowledged:
                    break;
                default:
                    return;
            }

            IsReached = true;
        }

        private void Move(WakeEvent e, long now)
        {
            switch (e)
            {
                case WakeEvent.RadioNeeded:
                    if (State == WakeState.Measuring)
                    {
                        _onlineBy = now + OnlineTimeout;
                        State = WakeState.Connecting;
                    }

                    break;
                case WakeEvent.RadioNotNeeded:
                    State = State == WakeState.Measuring ? WakeState.Asleep : State;
                    break;
                case WakeEvent.Online:
                    if (State == WakeState.Connecting)
                    {
                        _isDrained = false;
                        _isEnded = false;
                        State = WakeState.Publishing;
                    }

                    break;
                case WakeEvent.Lost:
                    if (HasLink())
                    {
                        // Also after "sleeping": the broker has published the will since.
                        IsAnnounced = false;
                        State = WakeState.Connecting;
                    }

                    break;
            }
        }

        private void Advance(WakeEvent e, long now)
        {
            bool isOver = now >= CapAt;
            switch (State)
            {
                case WakeState.Measuring:
                    State = isOver ? WakeState.Asleep : State;
                    break;
                case WakeState.Connecting:
                    State = isOver || now >= OnlineBy ? WakeState.Asleep : State;
                    break;
                case WakeState.Announcing:
                    Finish(isOver, e == WakeEvent.Message, now);
                    break;
                case WakeState.Publishing:
                case WakeState.Listening:
                    if (isOver || now >= ListensUntil)
                    {
                        IsAnnounced = false;

                        // Without the acknowledgement the last presence is the will: "lost".
                        _announceBy = now + AnnounceTimeout > CapAt ? now + AnnounceTimeout : CapAt;
                        State = WakeState.Announcing;
                    }
                    else if (_isDrained)
                    {
                        State = WakeState.Listening;
                    }

                    break;
            }
        }

        private void Finish(bool isOver, bool isAsked, long now)
        {
            bool isIdle = _isDrained && !isAsked && !_locks.IsHeld(now);
            if (!isIdle && !isOver)
            {
                // A message has arrived since.
                State = WakeState.Listening;
            }
            else if (now >= _announceBy || (IsAnnounced && _isDrained))
            {
                State = WakeState.Asleep;
            }
        }
    }
}

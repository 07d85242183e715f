namespace Firmware.Connectivity
{
    /// <summary>
    /// The connection as a pure state machine: no I/O, no clock of its own. Every step has a bound, every failure leads
    /// to a random pause that grows, and nothing but <see cref="ConnectionEvent.Stop"/> ends it. It never asks for a
    /// restart of the device: what does not need the network goes on without it.
    /// </summary>
    public sealed class ConnectionMachine
    {
        /// <summary>Milliseconds that joining may take.</summary>
        public const long JoinTimeout = 30000;

        /// <summary>
        /// Milliseconds that connecting may take: longer than the 30 s for which the client waits for CONNACK. Earlier its
        /// worker has not ended, so that nothing else could be tried, and it is not known what went wrong.
        /// </summary>
        public const long ConnectTimeout = 35000;

        /// <summary>Milliseconds that the broker may take to accept the subscriptions.</summary>
        public const long SubscribeTimeout = 10000;

        /// <summary>Milliseconds of being online after which a connection is good, whatever came through it.</summary>
        public const long SettleTime = 60000;

        /// <summary>Failed joins in a row after which the radio is turned off and on.</summary>
        public const int MaxFailedJoins = 10;

        /// <summary>Failed connections in a row after which the network is left: it may only look joined.</summary>
        public const int MaxFailedConnects = 10;

        private int _failedJoins;
        private int _failedConnects;
        private long _onlineSince;
        private bool _isProven;

        /// <summary>Creates a machine that is off.</summary>
        /// <param name="jitter">The randomness of the pauses.</param>
        public ConnectionMachine(Jitter jitter)
        {
            Backoff = new Backoff(jitter);
        }

        /// <summary>State of the connection.</summary>
        public ConnectionState State;

        /// <summary>Uptime in milliseconds at which a <see cref="ConnectionEvent.Tick"/> is due.</summary>
        public long Deadline = long.MaxValue;

        /// <summary>Pauses between attempts.</summary>
        public readonly Backoff Backoff;

        /// <summary>Whether the connection, or the last one, has been online for <see cref="SettleTime"/>.</summary>
        /// <param name="now">Uptime in milliseconds, at which it is or was online.</param>
        /// <returns>True when it has.</returns>
        public bool IsSettled(long now) => now - _onlineSince >= SettleTime;

        /// <summary>Something was acknowledged on the connection: it is good. After a good one the pauses start again.</summary>
        public void Prove() => _isProven = true;

        /// <summary>Whether the connection, or the last one, is or was good.</summary>
        /// <param name="now">Uptime in milliseconds, at which it is or was online.</param>
        /// <returns>True when it is.</returns>
        public bool IsGood(long now) => _isProven || IsSettled(now);

        /// <summary>Moves on.</summary>
        /// <param name="e">The event; one that does not fit the state is ignored.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>What the caller must do.</returns>
        public ConnectionAction On(ConnectionEvent e, long now)
        {
            switch (e)
            {
                case ConnectionEvent.Start:
                    return State == ConnectionState.Off ? Join(now) : ConnectionAction.None;
                case ConnectionEvent.Joined:
                    return State == ConnectionState.Joining ? Connect(now) : ConnectionAction.None;
                case ConnectionEvent.JoinFailed:
                    return State == ConnectionState.Joining ? Fail(now) : ConnectionAction.None;
                case ConnectionEvent.LinkUp:
                    return State == ConnectionState.Connecting
                        ? Enter(ConnectionState.Subscribing, now + SubscribeTimeout, ConnectionAction.Subscribe)
                        : ConnectionAction.None;
                case ConnectionEvent.Subscribed:
                    return State == ConnectionState.Subscribing ? GoOnline(now) : ConnectionAction.None;
                case ConnectionEvent.LinkDown:
                    return HasLink() ? Fail(now) : ConnectionAction.None;
                case ConnectionEvent.Tick:
                    return now < Deadline ? ConnectionAction.None : TimeOut(now);
                default:
                    return Enter(ConnectionState.Off, long.MaxValue, ConnectionAction.Drop);
            }
        }

        private bool HasLink() =>
            State == ConnectionState.Connecting || State == ConnectionState.Subscribing || State == ConnectionState.Online;

        private ConnectionAction TimeOut(long now) => State == ConnectionState.BackingOff ? Join(now) : Fail(now);

        private ConnectionAction Join(long now) => Enter(ConnectionState.Joining, now + JoinTimeout, ConnectionAction.Join);

        private ConnectionAction Connect(long now)
        {
            _failedJoins = 0;
            return Enter(ConnectionState.Connecting, now + ConnectTimeout, ConnectionAction.Connect);
        }

        private ConnectionAction GoOnline(long now)
        {
            _failedConnects = 0;
            _onlineSince = now;
            _isProven = false;
            return Enter(ConnectionState.Online, long.MaxValue, ConnectionAction.Announce);
        }

        private ConnectionAction Fail(long now)
        {
            ConnectionAction action = ConnectionAction.Drop;
            if (State == ConnectionState.Joining)
            {
                if (++_failedJoins >= MaxFailedJoins)
                {
                    _failedJoins = 0;
                    action = ConnectionAction.RestartRadio;
                }
            }
            else if (State != ConnectionState.Online)
            {
                if (++_failedConnects >= MaxFailedConnects)
                {
                    _failedConnects = 0;
                    action = ConnectionAction.LeaveNetwork;
                }
            }
            else if (IsGood(now))
            {
                Backoff.Spread();
            }
            else
            {
                Backoff.Bound();
            }

            return Enter(ConnectionState.BackingOff, now + Backoff.Next(), action);
        }

        private ConnectionAction Enter(ConnectionState state, long deadline, ConnectionAction action)
        {
            State = state;
            Deadline = deadline;
            return action;
        }
    }
}

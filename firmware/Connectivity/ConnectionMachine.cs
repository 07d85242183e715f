namespace Firmware.Connectivity
{
    /// <summary>
    /// The connection as a pure state machine: no I/O, no clock of its own. Every step has a bound, every failure leads
    /// to a pause that grows, and nothing but <see cref="ConnectionEvent.Stop"/> ends it.
    /// </summary>
    public sealed class ConnectionMachine
    {
        /// <summary>Milliseconds that joining may take.</summary>
        public const long JoinTimeout = 30000;

        /// <summary>Milliseconds that connecting may take.</summary>
        public const long ConnectTimeout = 15000;

        /// <summary>Milliseconds that the broker may take to accept the subscriptions.</summary>
        public const long SubscribeTimeout = 10000;

        /// <summary>Milliseconds of the first pause.</summary>
        public const long FirstPause = 1000;

        /// <summary>Milliseconds of the longest pause.</summary>
        public const long LongestPause = 60000;

        private long _pause = FirstPause;

        /// <summary>Where the connection stands.</summary>
        public ConnectionState State { get; private set; }

        /// <summary>Uptime in milliseconds at which a <see cref="ConnectionEvent.Tick"/> is due.</summary>
        public long Deadline { get; private set; } = long.MaxValue;

        /// <summary>Moves on.</summary>
        /// <param name="e">What happened; what does not fit the state is ignored.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>What is to be done.</returns>
        public ConnectionAction On(ConnectionEvent e, long now)
        {
            switch (e)
            {
                case ConnectionEvent.Start:
                    return State == ConnectionState.Off ? Join(now) : ConnectionAction.None;
                case ConnectionEvent.Joined:
                    return State == ConnectionState.Joining ? Enter(ConnectionState.Connecting, now + ConnectTimeout, ConnectionAction.Connect) : ConnectionAction.None;
                case ConnectionEvent.JoinFailed:
                    return State == ConnectionState.Joining ? BackOff(now) : ConnectionAction.None;
                case ConnectionEvent.LinkUp:
                    return State == ConnectionState.Connecting ? Enter(ConnectionState.Subscribing, now + SubscribeTimeout, ConnectionAction.Subscribe) : ConnectionAction.None;
                case ConnectionEvent.Subscribed:
                    return State == ConnectionState.Subscribing ? GoOnline() : ConnectionAction.None;
                case ConnectionEvent.LinkDown:
                    return HasLink() ? BackOff(now) : ConnectionAction.None;
                case ConnectionEvent.Tick:
                    return now < Deadline ? ConnectionAction.None : TimeOut(now);
                default:
                    return Enter(ConnectionState.Off, long.MaxValue, ConnectionAction.Drop);
            }
        }

        private bool HasLink() =>
            State == ConnectionState.Connecting || State == ConnectionState.Subscribing || State == ConnectionState.Online;

        private ConnectionAction TimeOut(long now) => State == ConnectionState.BackingOff ? Join(now) : BackOff(now);

        private ConnectionAction Join(long now) => Enter(ConnectionState.Joining, now + JoinTimeout, ConnectionAction.Join);

        private ConnectionAction GoOnline()
        {
            _pause = FirstPause;
            return Enter(ConnectionState.Online, long.MaxValue, ConnectionAction.Announce);
        }

        private ConnectionAction BackOff(long now)
        {
            long pause = _pause;
            _pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
            return Enter(ConnectionState.BackingOff, now + pause, ConnectionAction.Drop);
        }

        private ConnectionAction Enter(ConnectionState state, long deadline, ConnectionAction action)
        {
            State = state;
            Deadline = deadline;
            return action;
        }
    }
}

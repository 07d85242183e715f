using Firmware.Platform;

namespace Firmware.Connectivity
{
    /// <summary>Carries out what the state machine decides, on the network and the link of the board.</summary>
    public sealed class Connection
    {
        private readonly ConnectionMachine _machine = new ConnectionMachine();
        private readonly IClock _clock;
        private readonly INetwork _network;
        private readonly IBrokerLink _link;
        private readonly WifiNetwork[] _networks;
        private readonly BrokerSession _session;
        private readonly string[] _topics;
        private readonly Counters _counters;
        private int _attempt;
        private int _networkIndex;
        private bool _wasOnline;

        /// <summary>Creates a connection that is off.</summary>
        /// <param name="hardware">Clock, network, link.</param>
        /// <param name="networks">Networks in order of preference; none means the one that is stored in the chip.</param>
        /// <param name="session">What the broker is told.</param>
        /// <param name="topics">What is subscribed to.</param>
        /// <param name="counters">Counts reconnections.</param>
        public Connection(Hardware hardware, WifiNetwork[] networks, BrokerSession session, string[] topics, Counters counters)
        {
            _clock = hardware.Clock;
            _network = hardware.Network;
            _link = hardware.Link;
            _networks = networks;
            _session = session;
            _topics = topics;
            _counters = counters;
        }

        /// <summary>Where it stands.</summary>
        public ConnectionState State => _machine.State;

        /// <summary>Why the last try failed or the connection was lost, for people; null while all is well.</summary>
        public string LastFailure { get; private set; }

        /// <summary>Whether the device is connected and listens.</summary>
        public bool IsOnline => _machine.State == ConnectionState.Online;

        /// <summary>Uptime in milliseconds at which <see cref="Tick"/> has work.</summary>
        public long DueAt => _machine.Deadline;

        /// <summary>Begins to connect, and stays at it.</summary>
        public void Start() => Move(ConnectionEvent.Start);

        /// <summary>Does what time has made due.</summary>
        public void Tick() => Move(ConnectionEvent.Tick);

        /// <summary>Takes a signal of the network or the link.</summary>
        /// <param name="signal">The signal; one of an earlier attempt is ignored.</param>
        /// <returns>True when the device has just come online and is to be announced.</returns>
        public bool Handle(Signal signal)
        {
            if (signal.Attempt != _attempt)
            {
                return false;
            }

            switch (signal.Kind)
            {
                case SignalKind.Joined:
                    return Move(ConnectionEvent.Joined);
                case SignalKind.JoinFailed:
                    LastFailure = signal.Detail;
                    _networkIndex++;
                    return Move(ConnectionEvent.JoinFailed);
                case SignalKind.LinkUp:
                    return Move(ConnectionEvent.LinkUp);
                case SignalKind.LinkDown:
                    LastFailure = signal.Detail;
                    return Move(ConnectionEvent.LinkDown);
                case SignalKind.Subscribed:
                    return Move(ConnectionEvent.Subscribed);
                default:
                    return false;
            }
        }

        /// <summary>Gives up a connection that is of no use, and tries anew.</summary>
        /// <param name="reason">Why, for people.</param>
        public void Fail(string reason)
        {
            LastFailure = reason;
            Move(ConnectionEvent.LinkDown);
        }

        /// <summary>Publishes.</summary>
        /// <param name="topic">The topic.</param>
        /// <param name="payload">The payload.</param>
        /// <param name="retain">Whether the broker keeps it.</param>
        /// <returns>The message id, or 0 when there is no connection or no room.</returns>
        public int Publish(string topic, byte[] payload, bool retain)
        {
            // A request may come in before the broker has accepted all subscriptions: it is to be answered.
            bool isUp = IsOnline || _machine.State == ConnectionState.Subscribing;
            return isUp ? _link.Publish(topic, payload, 1, retain) : 0;
        }

        /// <summary>Leaves on purpose.</summary>
        /// <param name="clean">Whether to say DISCONNECT, so that the broker does not publish the will.</param>
        public void Stop(bool clean)
        {
            _machine.On(ConnectionEvent.Stop, _clock.Uptime);
            _attempt++;
            _link.Close(clean);
        }

        private bool Move(ConnectionEvent e)
        {
            ConnectionState before = _machine.State;
            ConnectionAction action = _machine.On(e, _clock.Uptime);
            if (e == ConnectionEvent.Tick && action == ConnectionAction.Drop)
            {
                bool isJoining = before == ConnectionState.Joining;
                LastFailure = isJoining ? "joining took too long" : "the broker took too long";
                _networkIndex += isJoining ? 1 : 0;
            }

            switch (action)
            {
                case ConnectionAction.Join:
                    _network.Join(++_attempt, _networks.Length == 0 ? null : _networks[_networkIndex % _networks.Length]);
                    break;
                case ConnectionAction.Connect:
                    _link.Connect(++_attempt, _session);
                    break;
                case ConnectionAction.Subscribe:
                    if (!_link.Subscribe(_topics))
                    {
                        LastFailure = "the subscriptions could not be sent";
                        return Move(ConnectionEvent.LinkDown);
                    }

                    break;
                case ConnectionAction.Announce:
                    CountReconnection();
                    return true;
                case ConnectionAction.Drop:
                    _attempt++;
                    _link.Close(false);
                    break;
            }

            return false;
        }

        private void CountReconnection()
        {
            LastFailure = null;
            _counters.Reconnects += _wasOnline ? 1 : 0;
            _wasOnline = true;
        }
    }
}

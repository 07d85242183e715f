using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Connectivity
{
    /// <summary>
    /// Carries out what the state machine decides, on the network and the link of the board. Of several networks and
    /// brokers the next is tried after each failure. After a connection that lasted, the first broker is tried first
    /// again; so it is after an hour on another one. A network is kept until it is lost or useless; then the search
    /// begins with the first.
    /// </summary>
    public sealed partial class Connection
    {
        /// <summary>Milliseconds of being online on another broker after which the first is tried again.</summary>
        public const long ReturnTime = 3600000;

        // A broker keeps a message that makes the client deaf, and sends it again at each reconnection.
        private const int MaxSilences = 2;

        private readonly byte[] _ping = new byte[0];
        private readonly ConnectionMachine _machine;
        private readonly LinkWatch _watch = new LinkWatch();
        private readonly Jitter _jitter;
        private readonly IClock _clock;
        private readonly INetwork _network;
        private readonly IBrokerLink _link;
        private readonly Counters _counters;
        private ConnectionPlan _plan;
        private TimeSync _time;
        private Preference _networkChoice;
        private Preference _brokerChoice;
        private string _fallback; // why 3.1.1 is tried instead of 5, until the broker has accepted it
        private int _attempt;
        private int _silences;
        private bool _skipsShared;
        private bool _isJoined;
        private bool _wasOnline;
        private bool _waitsForTime;
        private bool _isTimeMissing; // and reported
        private long _returnAt = long.MaxValue;

        /// <summary>Creates a connection that is off.</summary>
        /// <param name="hardware">Clock, network, link.</param>
        /// <param name="plan">Networks, brokers, topics.</param>
        /// <param name="counters">Counts reconnections and what led to them.</param>
        public Connection(Hardware hardware, ConnectionPlan plan, Counters counters)
        {
            _jitter = new Jitter(plan.Seed);
            _machine = new ConnectionMachine(_jitter);
            _clock = hardware.Clock;
            _network = hardware.Network;
            _link = hardware.Link;
            _counters = counters;
            Use(plan);
        }

        /// <summary>State of the connection.</summary>
        public ConnectionState State => _machine.State;

        // Certificates are valid for a time: one that cannot be is as good as none.
        private bool HasTime => _clock.IsSynchronized && _clock.UtcMilliseconds >= TimeSync.Earliest;

        /// <summary>Why the last try failed or the connection was lost, for people; null while all is well.</summary>
        public string LastFailure;

        /// <summary>Receives what the broker refuses and what the device does about it; null for nobody.</summary>
        public EventQueue Events;

        /// <summary>Whether the device is connected and listens.</summary>
        public bool IsOnline => _machine.State == ConnectionState.Online;

        /// <summary>
        /// Whether the link takes messages. That is before the broker has accepted all subscriptions: a request may come in
        /// by then, and is answered.
        /// </summary>
        public bool CanPublish => _machine.State == ConnectionState.Online || _machine.State == ConnectionState.Subscribing;

        /// <summary>Messages of this connection that the broker has not acknowledged, nor the client given up.</summary>
        public int InFlight;

        /// <summary>The broker that is or was tried last.</summary>
        public BrokerAddress Broker => Session.Address;

        /// <summary>What the connection to that broker is opened with, and what it answered.</summary>
        public BrokerSession Session;

        /// <summary>What the broker has granted; null once it has granted all.</summary>
        public Subscriptions Subscriptions;

        /// <summary>
        /// A topic of the device's own that is subscribed to in a session that is new to the broker, to see whether what is
        /// published arrives; null for none, and once the broker has refused that.
        /// </summary>
        public string CheckTopic;

        /// <summary>Uptime in milliseconds at which <see cref="Tick"/> has work.</summary>
        public long DueAt
        {
            get
            {
                long due = _machine.Deadline;
                long at = _watch.DueAt;
                due = at < due ? at : due;
                if (Subscriptions != null)
                {
                    at = Subscriptions.RetryAt;
                    due = at < due ? at : due;
                }

                at = _time.DueAt;
                due = at < due ? at : due;
                return _returnAt < due ? _returnAt : due;
            }
        }

        /// <summary>A bit for each filter that the broker refuses.</summary>
        public int Refused => Subscriptions == null ? 0 : Subscriptions.Refused;

        /// <summary>Begins to connect, and stays at it.</summary>
        public void Start() => Move(ConnectionEvent.Start);

        /// <summary>Begins to connect with another plan, for a connection that is off.</summary>
        /// <param name="plan">Networks, brokers, topics.</param>
        public void Start(ConnectionPlan plan)
        {
            Use(plan);
            Start();
        }

        /// <summary>Does what time has made due.</summary>
        public void Tick()
        {
            Move(ConnectionEvent.Tick);
            CheckLink();
            _time.Tick(_isJoined);
        }

        /// <summary>Takes what a time server has answered.</summary>
        /// <returns>Why the time is doubted; null when it is not.</returns>
        public string TakeTime()
        {
            string doubt = _time == null ? null : _time.Take(_isJoined);
            if (_waitsForTime && HasTime)
            {
                OpenLink();
            }

            return doubt;
        }

        /// <summary>Takes the time of a source that is not on the network.</summary>
        /// <param name="utc">Milliseconds since 1970-01-01T00:00:00Z, now.</param>
        /// <returns>Why it is doubted; null when it is not.</returns>
        public string OfferTime(long utc) => _time == null ? null : _time.Offer(utc);

        /// <summary>Takes an event of the network or the link.</summary>
        /// <param name="signal">The event; one of an earlier attempt is ignored.</param>
        public void Handle(LinkEvent signal)
        {
            if (signal.Attempt != _attempt)
            {
                return;
            }

            switch (signal.Kind)
            {
                case LinkEventKind.Joined:
                    _isJoined = _machine.State == ConnectionState.Joining;
                    Move(ConnectionEvent.Joined);
                    _time.Tick(_isJoined);
                    break;
                case LinkEventKind.JoinFailed:
                    Fail(ConnectionEvent.JoinFailed, signal.Detail);
                    break;
                case LinkEventKind.LinkUp:
                    _counters.SessionsLost += _wasOnline && !signal.HasSession ? 1 : 0;
                    ConfirmFallback();
                    Move(ConnectionEvent.LinkUp);
                    break;
                case LinkEventKind.LinkDown:
                    Fail(ConnectionEvent.LinkDown, signal.Detail);
                    break;
                case LinkEventKind.Subscribed:
                    TakeGranted(signal.Payload);
                    break;
            }
        }

        /// <summary>Takes note of a message or an acknowledgement: something came through the link.</summary>
        /// <param name="signal">Any event.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>
        /// True for a message that is no request: the device's own ping, or one on a topic that is not subscribed to any
        /// more, of which the broker's session still knows.
        /// </returns>
        public bool Absorb(LinkEvent signal, long now)
        {
            bool isCurrent = signal.Attempt == _attempt;
            bool isOpen = isCurrent && _machine.State == ConnectionState.Online;
            switch (signal.Kind)
            {
                case LinkEventKind.Acknowledged:
                case LinkEventKind.NotAcknowledged:
                    InFlight -= isCurrent && InFlight > 0 ? 1 : 0;
                    if (isOpen && signal.Kind == LinkEventKind.NotAcknowledged)
                    {
                        _watch.Doubt(now);
                    }
                    else if (isOpen)
                    {
                        _watch.NoteReceived(now);
                        _machine.Prove();
                    }

                    return false;
                case LinkEventKind.Message:
                    // A broker with a keep-alive of its own waits for what the device sends, as an acknowledgement shows.
                    if (isOpen && _watch.Quiet == LinkWatch.QuietTime)
                    {
                        _watch.NoteReceived(now);
                    }

                    return !_plan.IsSubscribed(signal.Topic);
                default:
                    return false;
            }
        }

        /// <summary>Tells whether requests come in on a topic.</summary>
        /// <param name="topic">Topic of a message.</param>
        /// <returns>Whether they do.</returns>
        public bool IsRequest(string topic) => _plan.IsRequest(topic);

        /// <summary>Whether an event belongs to the present connection, not to an earlier one.</summary>
        /// <param name="signal">The event.</param>
        /// <returns>True when it does.</returns>
        public bool IsCurrent(LinkEvent signal) => signal.Attempt == _attempt;

        /// <summary>Gives up a connection through which nothing is acknowledged, and reconnects.</summary>
        /// <param name="reason">Why, for people.</param>
        public void Fail(string reason)
        {
            _silences = _machine.IsSettled(_clock.Uptime) ? 1 : _silences + 1;
            LastFailure = reason;
            Move(ConnectionEvent.LinkDown);
        }

        private void Fail(ConnectionEvent e, string reason)
        {
            LastFailure = reason;
            Move(e);
        }

        private void Move(ConnectionEvent e)
        {
            ConnectionState before = _machine.State;
            ConnectionAction action = _machine.On(e, _clock.Uptime);
            if (before != _machine.State && _machine.State == ConnectionState.BackingOff)
            {
                ChooseAfter(before, e == ConnectionEvent.Tick);
            }

            switch (action)
            {
                case ConnectionAction.Join:
                    Join();
                    break;
                case ConnectionAction.Connect:
                    Connect();
                    break;
                case ConnectionAction.Subscribe:
                    Subscriptions = Subscriptions ?? new Subscriptions();
                    Subscriptions.Begin(_plan.Subscriptions(!_skipsShared, CheckTopic), CheckTopic);
                    SubscribeNext();
                    break;
                case ConnectionAction.Announce:
                    GoOnline();
                    break;
                case ConnectionAction.Drop:
                case ConnectionAction.LeaveNetwork:
                case ConnectionAction.RestartRadio:
                    Drop(action);
                    break;
            }
        }
    }
}

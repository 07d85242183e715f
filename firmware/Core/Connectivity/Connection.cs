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
    public sealed class Connection
    {
        /// <summary>Milliseconds of being online on another broker after which the first is tried again.</summary>
        public const long ReturnTime = 3600000;

        // A broker keeps a message that makes the client deaf, and sends it again at each reconnection.
        private const int MaxSilences = 2;

        // The client keeps about 1 KB for each message that the broker has not acknowledged.
        private const int MaxConfirmedResponses = 4;

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
        public string TakeTime() => _time == null ? null : _time.Take(_isJoined);

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

        /// <summary>
        /// Reconnects with MQTT 3.1.1 to a broker whose acknowledgements do not arrive under 5, although other messages do:
        /// the client loses those that carry a reason code and nothing else.
        /// </summary>
        public void FallBack()
        {
            TryOldVersion("acknowledgements do not arrive");
            Fail(ConnectionEvent.LinkDown, "MQTT 5: " + _fallback);
        }

        /// <summary>Publishes.</summary>
        /// <param name="topic">The topic.</param>
        /// <param name="payload">The payload.</param>
        /// <param name="retain">Whether the broker keeps it.</param>
        /// <returns>The message id, or 0 when there is no connection or no room.</returns>
        public int Publish(string topic, byte[] payload, bool retain)
        {
            return CanPublish ? Send(topic, payload, retain) : 0;
        }

        /// <summary>
        /// Publishes a response; with QoS 0 while the broker leaves several messages unacknowledged: nothing is kept of it,
        /// and a client that misses it asks again.
        /// </summary>
        /// <param name="topic">The topic.</param>
        /// <param name="payload">The payload.</param>
        /// <returns>0 when there is no connection or no room.</returns>
        public int Respond(string topic, byte[] payload)
        {
            return !CanPublish ? 0
                : InFlight < MaxConfirmedResponses ? Send(topic, payload, false)
                : _link.Publish(topic, payload, 0, false);
        }

        /// <summary>Publishes with QoS 0 a request that is repeated without a response.</summary>
        /// <param name="topic">The topic.</param>
        /// <param name="payload">The payload.</param>
        public void Ask(string topic, byte[] payload)
        {
            if (IsOnline)
            {
                _link.Publish(topic, payload, 0, false);
            }
        }

        /// <summary>Sets <see cref="CheckTopic"/> for a connection that the broker has accepted.</summary>
        /// <param name="topic">The topic, or null.</param>
        public void CheckWith(string topic) => CheckTopic = topic;

        /// <summary>Ends a subscription that is not needed any more.</summary>
        /// <param name="topic">The filter.</param>
        public void Unsubscribe(string topic)
        {
            if (CanPublish)
            {
                _link.Unsubscribe(topic);
            }
        }

        /// <summary>Leaves on purpose.</summary>
        /// <param name="clean">Whether to say DISCONNECT, so that the broker does not publish the will.</param>
        public void Stop(bool clean)
        {
            _machine.On(ConnectionEvent.Stop, _clock.Uptime);
            EndLink();
            _isJoined = false;
            _time.Tick(false);
            _link.Close(clean);
        }

        /// <summary>Connects again with another plan, after <see cref="Stop"/>.</summary>
        /// <param name="plan">Networks, brokers, topics.</param>
        public void Restart(ConnectionPlan plan)
        {
            if (plan.Networks != _plan.Networks)
            {
                _network.Leave();
            }

            _wasOnline = false;
            Use(plan);
            Start();
        }

        private int Send(string topic, byte[] payload, bool retain)
        {
            int id = _link.Publish(topic, payload, 1, retain && Session.Retains);
            InFlight += id == 0 ? 0 : 1;
            return id;
        }

        private void Use(ConnectionPlan plan)
        {
            if (_fallback != null)
            {
                Session.FallsBack = false;
                _fallback = null;
            }

            // What is known of a broker is kept until the next start.
            for (int i = 0; _plan != null && i < plan.Sessions.Length && i < _plan.Sessions.Length; i++)
            {
                plan.Sessions[i].Recall(_plan.Sessions[i]);
            }

            _plan = plan;
            _machine.Backoff.FleetLimit = plan.SpreadMs;
            _time = new TimeSync(_clock, plan.TimeServers, _jitter);
            _networkChoice = new Preference(plan.Networks.Length);
            _brokerChoice = new Preference(plan.Sessions.Length);
            Session = plan.Sessions[0];
        }

        private void CheckLink()
        {
            long now = _clock.Uptime;
            switch (_watch.Check(now))
            {
                case LinkCheck.Probe:
                    // A broker that takes no more now has messages to acknowledge: they tell as much.
                    if (InFlight < Session.ReceiveMaximum)
                    {
                        // Acknowledged with QoS 1: this works too with a broker that does not let the device read its own topic.
                        Send(_plan.PingTopic, _ping, false);
                    }

                    break;
                case LinkCheck.Silent:
                    _counters.SilentLinks++;
                    if (_skipsShared)
                    {
                        // It was not what the broker kept: not even the device's message to itself is acknowledged.
                        TryOldVersion("acknowledgements do not arrive");
                    }

                    _silences = _machine.IsSettled(now) ? 1 : _silences + 1;
                    Fail(ConnectionEvent.LinkDown, "no message from the broker for 1.5 keep-alives");
                    break;
            }

            if (Subscriptions != null && Subscriptions.Retry(now))
            {
                SubscribeNext();
            }

            if (now >= _returnAt)
            {
                Fail(ConnectionEvent.LinkDown, "returning to the preferred broker");
            }
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

        private void ChooseAfter(ConnectionState failed, bool isLate)
        {
            if (failed == ConnectionState.Joining)
            {
                LastFailure = isLate ? "the network was not joined in time" : LastFailure;
                _networkChoice.Advance();
                return;
            }

            LastFailure = isLate ? "the broker did not respond in time" : LastFailure;
            if (KeepsBroker(failed))
            {
                return;
            }

            _silences += isLate && failed == ConnectionState.Subscribing ? 1 : 0;
            if (failed == ConnectionState.Online && _machine.IsGood(_clock.Uptime))
            {
                _brokerChoice.Reset();
            }
            else
            {
                _brokerChoice.Advance();
            }
        }

        // Whether the same broker is tried again, in another way.
        private bool KeepsBroker(ConnectionState failed)
        {
            BrokerSession session = Session;
            int reason = session.Reason;
            if (reason == ReasonText.RetainNotSupported && session.Retains)
            {
                session.Retains = false;
                if (Events != null)
                {
                    Events.Add("retain-refused", null, null, LastFailure);
                }

                return true;
            }

            if (failed != ConnectionState.Connecting)
            {
                return _fallback != null;
            }

            if (_fallback != null)
            {
                // Not the version: 5 is as good.
                _fallback = null;
                session.FallsBack = false;
                return false;
            }

            return (reason == ReasonText.VersionRefused || reason == ReasonText.VersionRefused311 || reason == BrokerSession.NoConnack)
                && TryOldVersion(LastFailure);
        }

        private bool TryOldVersion(string reason)
        {
            BrokerSession session = Session;
            if (!session.IsVersion5)
            {
                return false;
            }

            session.FallsBack = true;
            _fallback = reason;
            return true;
        }

        private void ConfirmFallback()
        {
            if (_fallback != null && Events != null)
            {
                Events.Add("mqtt-version", "version", "3.1.1", _fallback);
            }

            _fallback = null;
        }

        private void TakeGranted(byte[] codes)
        {
            if (Subscriptions == null)
            {
                return;
            }

            if (!Subscriptions.Take(codes, _clock.Uptime, Events))
            {
                CheckTopic = null;
            }

            if (!Subscriptions.IsDone)
            {
                SubscribeNext();
                return;
            }

            Subscriptions = Subscriptions.Refused == 0 ? null : Subscriptions;
            Move(ConnectionEvent.Subscribed);
        }

        private void SubscribeNext()
        {
            string[] next = Subscriptions.Next();
            if (next != null && !_link.Subscribe(next))
            {
                Fail(ConnectionEvent.LinkDown, "the subscriptions could not be sent");
            }
        }

        private void Join()
        {
            if (_isJoined && !_network.IsJoined)
            {
                _networkChoice.Reset();
            }

            _isJoined = false;
            _time.Tick(false);
            _network.Join(++_attempt, _plan.Networks.Length == 0 ? null : _plan.Networks[_networkChoice.Index]);
        }

        private void Connect()
        {
            // What the broker keeps may be what silences the device: then it costs the requests that wait there, too.
            bool forget = _silences >= MaxSilences;

            // A retained message that is too large for MQTT 3.1.1 would silence it again at each subscription.
            _skipsShared = forget;
            _silences = forget ? 0 : _silences;
            InFlight = 0;
            Session = _plan.Sessions[_brokerChoice.Index];
            _link.Connect(++_attempt, Session, forget);
        }

        private void GoOnline()
        {
            long now = _clock.Uptime;
            LastFailure = null;
            _counters.Reconnects += _wasOnline ? 1 : 0;
            _wasOnline = true;
            _returnAt = _brokerChoice.Index == 0 ? long.MaxValue : now + ReturnTime;
            int keepAlive = Session.KeepAlive;
            _watch.Quiet = keepAlive > 0 && keepAlive < BrokerSession.KeepAliveSeconds ? keepAlive * 1000 : LinkWatch.QuietTime;
            _watch.NoteReceived(now);
        }

        private void EndLink()
        {
            _attempt++;
            _watch.End();
            if (Subscriptions != null)
            {
                Subscriptions.End();
            }
            _returnAt = long.MaxValue;
        }

        private void Drop(ConnectionAction action)
        {
            EndLink();
            _link.Close(false);
            if (action == ConnectionAction.LeaveNetwork)
            {
                _isJoined = false;
                _networkChoice.Advance();
                _network.Leave();
            }
            else if (action == ConnectionAction.RestartRadio)
            {
                _counters.RadioRestarts++;
                _network.Restart();
            }
        }
    }
}

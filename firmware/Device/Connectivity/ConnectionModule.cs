
using Firmware.Diagnostics;
using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Settings;
using Firmware.Telemetry;

namespace Firmware.Connectivity
{
    /// <summary>Joins a network, connects to a broker as set, and notifies the modules of the connection's state.</summary>
    public sealed class ConnectionModule : Module, IStatusMember
    {
        private const int ManyRefusals = 3;
        private const int Unknown = -1;

        private Hardware _hardware; // until the start
        private DeviceContext _device;
        private Connection _connection;
        private Topics _topics;
        private Presence _presence;
        private int _sessionsLost; // when it was last online; unknown in a new place
        private int _refusals; // since the last connection
        private ConnectionState _lastState;
        private bool _checks; // whether telemetry is to come back
        private int _dropped; // messages before that

        internal ConnectionModule(Hardware hardware)
        {
            _hardware = hardware;
        }

        /// <summary>Whether telemetry reaches subscribers in this session: one of the values in <see cref="WakeContext"/>.</summary>
        public int Telemetry;

        /// <inheritdoc/>
        public override string Name => "connection";

        // A pack that comes back does so at once. Later wakes do not wait again for what does not come.
        /// <inheritdoc/>
        public override AwakeHold Hold => _checks && Telemetry == WakeContext.Unchecked && _device.Outbox.EchoBy != long.MaxValue ? AwakeHold.LongCap : AwakeHold.None;

        /// <inheritdoc/>
        public override bool RunsInSafeMode => true;

        /// <inheritdoc/>
        public override IStatusMember Status => this;

        /// <inheritdoc/>
        public void WriteTo(JsonWriter writer)
        {
            BrokerSession session = _connection.Session;
            writer.BeginObject();
            writer.Member("mqtt", session.IsVersion5 ? "5" : "3.1.1");
            if (Telemetry == WakeContext.Refused)
            {
                writer.Member("telemetry", "telemetry-refused");
            }

            if (!session.Retains)
            {
                writer.Name("retain");
                writer.Boolean(false);
            }

            if (_connection.Refused != 0)
            {
                string[] refused = _connection.Subscriptions.RefusedFilters();
                writer.Name("refused");
                writer.BeginArray();
                for (int i = 0; i < refused.Length; i++)
                {
                    writer.String(refused[i]);
                }

                writer.EndArray();
            }

            writer.EndObject();
        }

        /// <inheritdoc/>
        public override void Start(DeviceContext device)
        {
            DeviceSettings settings = device.Settings;
            _device = device;
            _topics = new Topics(settings.Prefix, device.Identity.DeviceId, settings.Groups);
            _presence = new Presence(device.Identity, device.Clock, device.Version, device.BootCount);
            device.Topics = _topics;
            _connection = new Connection(_hardware, Plan(settings.TimeServers, SpreadMs), device.Counters);
            _hardware = null;
            _connection.Events = device.Events;
            device.Connection = _connection;
            device.Publisher = new Publisher(_connection, new TokenBucket(settings.MqttBurst, settings.MqttRate), Loop);
            device.Presence = new PresencePublisher(_presence, _topics);
            device.Publisher.Add(device.Presence, MessageRank.Presence);
            device.Publisher.Add(device.Events, MessageRank.Event);

            // After a sleep the broker still has what was announced, and a check has its result.
            _sessionsLost = device.Wake.IsSleepEnd ? 0 : Unknown;
            Telemetry = device.Wake.Telemetry;
            if (!device.Sleeps)
            {
                RunAt(0);
            }
        }

        /// <summary>Sets the modules' members of presence and the numbering of packs, once the modules have started.</summary>
        internal void Collect(IStatusMember[] members)
        {
            _presence.Members = members;
            _presence.FirstSequence = _device.Sequence == null ? 0 : _device.Sequence.First;
        }

        /// <summary>Begins to connect, when that was not done yet: for a device that sleeps, and uses the radio in some wakes only.</summary>
        /// <param name="setsTime">Whether the clock is set from the network.</param>
        public void Connect(bool setsTime) => Connect(setsTime, Backoff.FirstLimit);

        // Devices that sleep are not awake together, and a wake is short: they need no spread.
        private void Connect(bool setsTime, int spreadMs)
        {
            if (_connection.State == ConnectionState.Off)
            {
                SetTopics();
                _connection.Start(Plan(setsTime ? _device.Settings.TimeServers : new string[0], spreadMs));
                Note(_device.Clock.Uptime);
            }
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            if (_connection.State == ConnectionState.Off)
            {
                Connect(true, SpreadMs);
            }
            else
            {
                try
                {
                    _connection.Tick();
                    CheckEcho(now);
                }
                finally
                {
                    Note(now);
                }
            }
        }

        // The first module: for the others the clock is set.
        /// <inheritdoc/>
        public override void OnTimeSet()
        {
            string doubt = _connection.TakeTime();
            if (doubt != null)
            {
                _device.Events.Add("time-doubted", null, null, doubt);
            }

            RunAt(_connection.DueAt);
        }

        /// <inheritdoc/>
        public override void OnSettings(DeviceSettings settings)
        {
            // Readings that come at a fixed rate would pile up if they shared the rate: their numbers of ten minutes are known.
            int own = _device.Sequence == null ? 0 : _device.Sequence.Block / 600;
            _device.Publisher.Budget.Use(settings.MqttBurst, settings.MqttRate + own);
            if (_checks && !settings.TelemetryCheck)
            {
                EndCheck();
                _device.Presence.Refresh();
            }
        }

        /// <summary>Takes what the network or the link reports.</summary>
        internal void Take(LinkEvent item, long now)
        {
            int refused = _connection.Refused;
            if (item.Kind == LinkEventKind.LinkUp && _device.Outbox != null && _connection.IsCurrent(item))
            {
                OnSettings(_device.Settings); // all modules have started: it is known how much they send
                Telemetry = Telemetry == WakeContext.Arrives && !item.HasSession ? WakeContext.Unchecked : Telemetry;
                _connection.CheckWith(_device.Settings.TelemetryCheck && Telemetry != WakeContext.Arrives ? _topics.Telemetry : null);
                if (item.Detail != null)
                {
                    _device.Log.Write(LogLevel.Information, item.Detail);
                }
            }

            try
            {
                _connection.Handle(item);
            }
            finally
            {
                Note(now);
            }

            if (refused != _connection.Refused)
            {
                _device.Presence.Refresh();
            }
        }

        /// <summary>Notes that a message came in.</summary>
        /// <returns>True for a message that no module wants.</returns>
        internal bool Absorb(LinkEvent item, long now)
        {
            bool isAbsorbed = _connection.Absorb(item, now);
            if (isAbsorbed && item.Topic == _topics.Telemetry)
            {
                TakeEcho(item);
            }

            Schedule();
            return isAbsorbed;
        }

        internal bool IsRequest(string topic) => _connection.IsRequest(topic);

        /// <summary>The broker has acknowledged a message, or the client has given it up.</summary>
        internal void Finished(LinkEvent item, long now)
        {
            _connection.Absorb(item, now);

            // That of an earlier connection means another message now.
            if (_connection.IsCurrent(item))
            {
                try
                {
                    _device.Publisher.Finished(item.MessageId, item.Kind == LinkEventKind.Acknowledged);
                }
                finally
                {
                    Note(now);
                }
            }
        }

        /// <summary>Publishes "offline", if there is a connection.</summary>
        internal bool SayOffline()
        {
            if (!_connection.CanPublish)
            {
                return false;
            }

            _device.Presence.Announce(PresenceState.Offline, 0);
            _device.Publisher.Only = _device.Presence;
            _device.Publisher.Run(_device.Clock.Uptime);
            return _device.Presence.IsInFlight;
        }

        internal void Disconnect(bool isClean)
        {
            _device.Publisher.Only = null;
            try
            {
                _connection.Stop(isClean);
            }
            finally
            {
                Note(_device.Clock.Uptime);
            }
        }

        /// <summary>Reconnects with the settings of the store.</summary>
        internal void Reconnect()
        {
            DeviceSettings settings = _device.Settings;

            // If anything below throws, the next tick connects.
            RunAt(0);
            _sessionsLost = Unknown;
            _topics.Use(settings.Prefix, settings.Groups);
            SetTopics();
            _device.SettingsModule.Connecting(_device.Clock.Uptime);
            _connection.Restart(Plan(settings.TimeServers, SpreadMs));
            Note(_device.Clock.Uptime);
        }

        private void SetTopics()
        {
            _device.Events.Topic = _topics.Event;
            if (_device.Outbox != null)
            {
                _device.Outbox.Topic = _topics.Telemetry;
            }

            if (_device.Log is DeviceLog log)
            {
                log.Topics = _topics;
            }
        }

        private bool IsOnline => _lastState == ConnectionState.Online;

        private int SpreadMs => _device.Settings.ReconnectSpread * 1000;

        private ConnectionPlan Plan(string[] timeServers, int spreadMs)
        {
            DeviceSettings settings = _device.Settings;
            string id = _device.Identity.DeviceId;
            return new ConnectionPlan
            {
                Networks = settings.Wifi,
                Sessions = BrokerSession.ForEach(settings.Brokers, id, _topics.Status, _presence.Lost(), settings.MqttVersion),
                Topics = _topics.Requests,
                MoreTopics = _connection == null ? new string[0] : _device.Dispatcher.Route(),
                PingTopic = _topics.Ping,
                TimeServers = timeServers,
                SpreadMs = spreadMs,
                Seed = Jitter.SeedOf(id, _device.BootCount),
            };
        }

        // The state may have changed by what came in, by time, or by the publisher.
        private void Note(long now)
        {
            Schedule();
            ConnectionState state = _connection.State;
            if (state == _lastState)
            {
                return;
            }

            bool wasOnline = IsOnline;
            bool wasConnecting = _lastState == ConnectionState.Connecting;
            _lastState = state;
            if (state == ConnectionState.Connecting)
            {
                _device.Boot.Reached(BootStage.Joined);
            }
            else if (state == ConnectionState.BackingOff)
            {
                string failure = _connection.LastFailure;
                int reason = _connection.Session.Reason;
                _device.Log.Write(LogLevel.Warning, "no connection: " + failure);
                string threat = null;
                if (wasConnecting && ReasonText.IsAccessRefused(reason) && ++_refusals >= ManyRefusals)
                {
                    threat = "broker-refused";
                }

                if (ReasonText.IsBrokersWish(reason))
                {
                    _device.Boot.Note("Broker", failure, Name);
                    threat = "broker-ended";
                }

                if (threat != null)
                {
                    _device.Events.Security(threat, failure);
                }
            }

            if (IsOnline != wasOnline)
            {
                _refusals = 0;
                _device.Publisher.Reset();
                NotifyChange(now);
            }
        }

        private void NotifyChange(long now)
        {
            UseCheck();
            if (!IsOnline)
            {
                Loop.Notify(ModuleEvent.Offline, null, now);
                return;
            }

            // A broker that has forgotten the session may have forgotten what it retained.
            bool isNew = _sessionsLost != _device.Counters.SessionsLost;
            _sessionsLost = _device.Counters.SessionsLost;
            NoteLimits(_connection.Session);
            Loop.Notify(ModuleEvent.Online, isNew ? this : null, now);
        }

        private void Schedule()
        {
            long due = _connection.DueAt;
            if (_checks && _device.Outbox.EchoBy < due)
            {
                due = _device.Outbox.EchoBy;
            }

            RunAt(due);
        }

        private void UseCheck()
        {
            Outbox outbox = _device.Outbox;
            if (outbox == null)
            {
                return;
            }

            if (!IsOnline)
            {
                outbox.SuspendCheck();
            }
            else if (_connection.CheckTopic == null)
            {
                EndCheck();
            }
            else
            {
                outbox.BeginCheck();
                _dropped = _device.Inbox.Dropped;
            }

            _checks = outbox.IsChecking;
        }

        // It has a result, or none can be had.
        private void EndCheck()
        {
            _checks = false;
            Telemetry = WakeContext.Arrives;
            _device.Outbox.EndCheck();
        }

        private void CheckEcho(long now)
        {
            if (!_checks || now < _device.Outbox.EchoBy)
            {
                return;
            }

            int dropped = _device.Inbox.Dropped;
            bool mayBeDropped = dropped != _dropped;
            _dropped = dropped;
            if (_device.Outbox.CheckEcho(now, mayBeDropped) && Telemetry != WakeContext.Refused)
            {
                Telemetry = WakeContext.Refused;
                _device.Events.Add("telemetry-refused", "topic", _topics.Telemetry, "acknowledged, but does not reach subscribers: check the access rules of the broker");
                _device.Presence.Refresh();
            }
        }

        // Also what another session left: then there is no check, and the subscription ends.
        private void TakeEcho(LinkEvent item)
        {
            Outbox outbox = _device.Outbox;
            bool wasRefused = Telemetry == WakeContext.Refused;
            if (outbox != null && !outbox.CameBack(item.Payload.Length))
            {
                return;
            }

            _checks = false;
            Telemetry = WakeContext.Arrives;
            _connection.Unsubscribe(item.Topic);
            if (wasRefused)
            {
                _device.Events.Add("telemetry-recovered", "topic", item.Topic, null);
                _device.Presence.Refresh();
            }
        }

        private void NoteLimits(BrokerSession session)
        {
            bool isShort = session.Expiry > 0 && session.Expiry < BrokerSession.ExpirySeconds;
            if (isShort || session.MaximumPacketSize > 0 || session.KeepAlive > 0 || session.ReceiveMaximum < ushort.MaxValue)
            {
                _device.Log.Write(LogLevel.Information, "broker: packet " + session.MaximumPacketSize + " B, " + session.ReceiveMaximum
                    + " unacknowledged, keep-alive " + session.KeepAlive + " s, session " + session.Expiry + " s (0: no limit)");
            }
        }
    }
}

using Firmware.Connectivity;
using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>A connection over a fake network and a fake link, with two networks and some brokers to choose from.</summary>
    public sealed class ConnectionRig
    {
        public const string Ping = "own/ping";

        public ConnectionRig()
            : this(new[] { new WifiNetwork("first", "password1"), new WifiNetwork("second", "password2") })
        {
        }

        public ConnectionRig(WifiNetwork[] networks)
            : this(networks, 1)
        {
        }

        public ConnectionRig(WifiNetwork[] networks, int brokers)
            : this(networks, brokers, new string[0])
        {
        }

        public ConnectionRig(WifiNetwork[] networks, int brokers, string[] timeServers)
        {
            BrokerAddress[] addresses = new BrokerAddress[brokers];
            for (int i = 0; i < brokers; i++)
            {
                addresses[i] = new BrokerAddress("broker" + i, 1883, null, null);
            }

            ConnectionPlan plan = new ConnectionPlan
            {
                Networks = networks,
                Sessions = BrokerSession.ForEach(addresses, "id", "will", "lost", MqttVersion.V5),
                Topics = new[] { "a", "b" },
                PingTopic = Ping,
                MoreTopics = new[] { "offers", "own/blocks/+/+" },
                TimeServers = timeServers,
                Seed = 7,
            };
            Session = plan.Sessions[0];
            Connection = new Connection(new Hardware { Clock = Clock, Network = Network, Link = Link }, plan, Counters);
        }

        public ManualClock Clock { get; } = new ManualClock();

        public FakeNetwork Network { get; } = new FakeNetwork();

        public FakeLink Link { get; } = new FakeLink();

        public Counters Counters { get; } = new Counters();

        /// <summary>What CONNECT to the first broker contains.</summary>
        public BrokerSession Session { get; }

        public Connection Connection { get; }

        /// <summary>A connection on which messages can be published.</summary>
        public static ConnectionRig Online() => Online(1);

        /// <summary>A connection to the first of some brokers.</summary>
        public static ConnectionRig Online(int brokers)
        {
            ConnectionRig rig = new ConnectionRig(new[] { new WifiNetwork("first", "password1"), new WifiNetwork("second", "password2") }, brokers);
            rig.Connection.Start();
            rig.GoOnline();
            return rig;
        }

        /// <summary>Goes on from joining to being online.</summary>
        public void GoOnline()
        {
            Join(LinkEventKind.Joined);
            Report(LinkEventKind.LinkUp);
            Report(LinkEventKind.Subscribed);
        }

        /// <summary>Loses the connection, waits, and comes back.</summary>
        public void Reconnect()
        {
            Report(LinkEventKind.LinkDown);
            TickWhenDue();
            GoOnline();
        }

        /// <summary>Tries to reach a broker that is not there, and waits until the next try is due.</summary>
        public void FailToConnect()
        {
            Join(LinkEventKind.Joined);
            Report(LinkEventKind.LinkDown);
            TickWhenDue();
        }

        /// <summary>Tries to join a network that is not there, and waits until the next try is due.</summary>
        public void FailToJoin()
        {
            Join(LinkEventKind.JoinFailed);
            TickWhenDue();
        }

        /// <summary>Reports how the present attempt to join went.</summary>
        public void Join(LinkEventKind kind) => Connection.Handle(new LinkEvent(kind, Network.Attempt) { Detail = "no such network" });

        /// <summary>Posts an event of the present connection.</summary>
        public void Report(LinkEventKind kind) => Connection.Handle(new LinkEvent(kind, Link.Attempt) { Detail = "no such broker" });

        /// <summary>Something comes through the present connection.</summary>
        public bool Absorb(LinkEventKind kind, string topic) => Connection.Absorb(new LinkEvent(kind, Link.Attempt) { Topic = topic }, Clock.Uptime);

        /// <summary>Sets the clock to when the connection has work, and lets it do it.</summary>
        public void TickWhenDue()
        {
            Clock.Uptime = Connection.DueAt;
            Connection.Tick();
        }

        /// <summary>Waits while the broker sends, so that the link is not checked.</summary>
        public void ListenFor(long milliseconds)
        {
            for (long end = Clock.Uptime + milliseconds; Clock.Uptime < end;)
            {
                long left = end - Clock.Uptime;
                Clock.Uptime += left < 10000 ? left : 10000;
                Absorb(LinkEventKind.Acknowledged, null);
                Connection.Tick();
            }
        }
    }
}

using Firmware.Connectivity;
using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>A connection over a fake network and a fake link, with two networks to choose from.</summary>
    internal sealed class ConnectionRig
    {
        public ConnectionRig()
            : this(new[] { new WifiNetwork("first", "password1"), new WifiNetwork("second", "password2") })
        {
        }

        public ConnectionRig(WifiNetwork[] networks)
        {
            Hardware hardware = new Hardware { Clock = Clock, Network = Network, Link = Link };
            Session = new BrokerSession(new BrokerAddress("broker", 1883, null, null), "id", "will", "lost");
            Connection = new Connection(hardware, networks, Session, new[] { "a", "b" }, Counters);
        }

        public ManualClock Clock { get; } = new ManualClock();

        public FakeNetwork Network { get; } = new FakeNetwork();

        public FakeLink Link { get; } = new FakeLink();

        public Counters Counters { get; } = new Counters();

        public BrokerSession Session { get; }

        public Connection Connection { get; }

        /// <summary>A connection on which messages can be published.</summary>
        public static ConnectionRig Online()
        {
            ConnectionRig rig = new ConnectionRig();
            rig.Connection.Start();
            rig.GoOnline();
            return rig;
        }

        /// <summary>Goes on from joining to being online.</summary>
        public void GoOnline()
        {
            Join(SignalKind.Joined);
            Report(SignalKind.LinkUp);
            Report(SignalKind.Subscribed);
        }

        /// <summary>Reports how the present attempt to join went.</summary>
        public void Join(SignalKind kind) => Connection.Handle(new Signal(kind, Network.Attempt) { Detail = "no such network" });

        /// <summary>Reports what befell the present connection.</summary>
        public bool Report(SignalKind kind) => Connection.Handle(new Signal(kind, Link.Attempt) { Detail = "no such broker" });

        /// <summary>Sets the clock to when the connection has work, and lets it do it.</summary>
        public void TickWhenDue()
        {
            Clock.Uptime = Connection.DueAt;
            Connection.Tick();
        }
    }
}

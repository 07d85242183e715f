using System.Collections.Concurrent;
using System.Security.Authentication;
using System.Text;
using Boards.Esp32;
using Boards.NativeSim.Emulation.Hardware;
using Boards.NativeSim.World;
using Firmware.Platform;
using IPAddress = System.Net.IPAddress;
using IPEndPoint = System.Net.IPEndPoint;

namespace Scenarios.Vendor;

/// <summary>The port's connection over TLS, and what it reports when there is none.</summary>
[TestClass]
public sealed class TlsLinkTests
{
    private const string Address = "127.0.0.1";
    private const SslProtocols Any = SslProtocols.Tls12 | SslProtocols.Tls13;

    private static readonly byte[] s_connect = [0x10, 13, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 2, 0, 60, 0, 1, (byte)'d'];
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly DateTime s_now = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    [TestMethod]
    [DataRow(SslProtocols.Tls12, SslProtocols.Tls12)]
    [DataRow(SslProtocols.Tls13, SslProtocols.Tls13)]
    [DataRow(Any, SslProtocols.Tls13)]
    public void Both_versions_are_offered_and_memory_is_reported(SslProtocols offered, SslProtocols used)
    {
        using var server = new TlsServer(s_now);
        server.Serve(server.Issue(Address), offered);

        LinkEvent e = Connect(server);

        Assert.AreEqual(LinkEventKind.LinkUp, e.Kind, e.Detail);
        Assert.AreEqual(used, server.Version);
        Assert.Contains("bytes free natively before", e.Detail);
    }

    [TestMethod]
    public void Name_in_the_certificate_may_differ_from_the_address_where_the_entry_says_so()
    {
        using var server = new TlsServer(s_now);
        server.Serve(server.Issue("broker.example"));

        Assert.AreEqual(LinkEventKind.LinkUp, Connect(server, broker => broker.HostName = "broker.example").Kind);
    }

    [TestMethod]
    public void Own_certificate_is_shown_to_a_broker_that_asks_for_it()
    {
        using var server = new TlsServer(s_now);
        server.Serve(server.Issue(Address), SslProtocols.Tls12, asksCertificate: true);

        LinkEvent e = Connect(server, broker => broker.Credential = "own");

        Assert.AreEqual(LinkEventKind.LinkUp, e.Kind, e.Detail);
        Assert.AreEqual("CN=device", server.ClientName);
    }

    [TestMethod]
    [DataRow("other.example", -1, 1, "the broker's certificate has another name")]
    [DataRow(Address, -9, -2, "the broker's certificate has expired (the device's time is 2026-03-01 12:00")]
    [DataRow(Address, 2, 9, "the broker's certificate is not yet valid (the device's time is 2026-03-01 12:00")]
    public void Certificate_that_is_wrong_is_refused_in_words(string name, int fromDay, int toDay, string reason)
    {
        using var server = new TlsServer(s_now);
        server.Serve(server.Issue(name, fromDay, toDay));

        Fails(Connect(server), "TLS: " + reason);
    }

    [TestMethod]
    public void Certificate_of_another_authority_is_refused()
    {
        using var server = new TlsServer(s_now);
        using var other = new TlsServer(s_now);
        server.Serve(other.Issue(Address));

        Fails(Connect(server), "TLS: the broker's certificate is signed by an unknown authority");
    }

    [TestMethod]
    public void Broker_that_ends_the_connection_after_the_handshake_is_reported()
    {
        using var server = new TlsServer(s_now);
        server.Serve(server.Issue(Address), SslProtocols.Tls13, asksCertificate: true);

        Fails(Connect(server), "TLS: no CONNACK after the handshake: the broker may not know our certificate");
    }

    [TestMethod]
    [DataRow("HTTP/1.1 400 Bad Request\r\n\r\n", "TLS: the broker does not speak TLS on this port")]
    [DataRow("", "TLS: the broker ended the handshake: it may not know our certificate, or not speak TLS here")]
    public void Port_without_TLS_is_reported(string answer, string reason)
    {
        using var server = new TlsServer(s_now);
        server.ServePlain(answer);

        Fails(Connect(server), reason);
    }

    // The platform has memory for two sessions of TLS 1.3, not for a third.
    [TestMethod]
    public void Missing_native_memory_is_reported_with_what_is_free()
    {
        using var server = new TlsServer(s_now);
        server.Serve(server.Issue(Address), SslProtocols.Tls13);
        SimulatedChip chip = Chip(new RealTime());

        Assert.AreEqual(LinkEventKind.LinkUp, Take(Begin(server, chip)).Kind);
        Assert.AreEqual(LinkEventKind.LinkUp, Take(Begin(server, chip)).Kind);
        Fails(Take(Begin(server, chip)), "TLS: no memory, 37840 bytes free natively");
    }

    [TestMethod]
    [DataRow("missing", "TLS: credential \"missing\" is not stored")]
    [DataRow("damaged", "TLS: credential \"damaged\" cannot be read")]
    public void Credential_that_cannot_be_used_is_named_without_a_connection(string name, string reason)
    {
        using var server = new TlsServer(s_now);
        server.Serve(server.Issue(Address));

        Fails(Connect(server, broker => broker.Ca = name), reason);
        Fails(Connect(server, broker => broker.Credential = name), reason);
        Assert.AreEqual(0, server.Connections);
    }

    // A private member may have another name in the next version.
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Client_whose_channel_cannot_be_replaced_connects_with_its_own_and_that_is_reported(bool isSecure)
    {
        using var server = new TlsServer(s_now);
        server.Serve(server.Issue(Address), SslProtocols.Tls12, isSecure: isSecure);
        SimulatedChip chip = Chip(new RealTime());
        chip.HasReshapedClient = true;

        LinkEvent e = Take(Begin(server, chip, broker => broker.IsSecure = isSecure));

        Assert.AreEqual(LinkEventKind.LinkUp, e.Kind, e.Detail);
        Assert.StartsWith("the MQTT client's own channel is used", e.Detail);
    }

    // Without the port's channel too: the library resolves, connects and verifies by itself.
    [TestMethod]
    public void Client_with_its_own_channel_refuses_another_name()
    {
        using var server = new TlsServer(s_now);
        server.Serve(server.Issue("other.example"), SslProtocols.Tls12);
        SimulatedChip chip = Chip(new RealTime());
        chip.HasReshapedClient = true;

        Fails(Take(Begin(server, chip)), "no connection to 127.0.0.1");
    }

    // The set-up fails with a code that means "expired" as a flag, and a certificate without memory is not trusted.
    [TestMethod]
    [DataRow(20_000u)]
    [DataRow(36_000u)]
    public void Too_little_memory_is_not_taken_for_a_wrong_certificate(uint free)
    {
        using var server = new TlsServer(s_now);
        server.Serve(server.Issue(Address));

        SimulatedChip chip = Chip(new RealTime());
        using (chip.Enter())
        {
            Assert.IsTrue(NativeHeap.Current.TryReplace(0, NativeHeap.TotalBytes - free));
        }

        Fails(Take(Begin(server, chip)), "TLS: no memory, " + free);
    }

    // With TLS 1.3 it is not in the handshake that the broker refuses.
    [TestMethod]
    public void Broker_that_ends_the_connection_after_the_handshake_is_reported_in_words()
    {
        using var server = new TlsServer(s_now);
        server.Serve(server.Issue(Address), SslProtocols.Tls13, answers: false);

        Fails(Connect(server), "TLS: no CONNACK after the handshake");
    }

    // The client's thread may read before CONNECT is sent, when the session tickets of TLS 1.3 are there.
    [TestMethod]
    public void Nothing_is_read_before_something_is_sent()
    {
        using var server = new TlsServer(s_now);
        server.Serve(server.Issue(Address), SslProtocols.Tls13);
        SimulatedChip chip = Chip(new RealTime());
        using IDisposable _ = chip.Enter();
        var attempt = new MqttAttempt(1, Session(server), false, new Sink(), new Credentials(server));
        attempt.Tls.Load();
        var channel = new BrokerChannel(new IPEndPoint(IPAddress.Parse(Address), server.Port), attempt);
        channel.Connect();
        byte[] first = new byte[1];
        int received = -1;
        var receiving = new Thread(() =>
        {
            using IDisposable _ = chip.Enter();
            try
            {
                received = channel.Receive(first);
            }
            catch (InvalidOperationException)
            {
                // It has read too early.
            }
        });
        receiving.Start();
        SpinWait.SpinUntil(() => (receiving.ThreadState & (ThreadState.WaitSleepJoin | ThreadState.Stopped)) != 0);

        channel.Send(s_connect);

        Assert.IsTrue(receiving.Join(s_patience), "nothing comes");
        Assert.AreEqual(1, received);
        Assert.AreEqual(0x20, first[0]);
        channel.Close();
    }

    // In the handshake a silent peer would stop all threads of a device, without a limit.
    [TestMethod]
    public void Peer_that_accepts_and_stays_silent_never_gets_to_the_handshake()
    {
        using var server = new TlsServer(s_now);
        server.StaySilent();
        var time = new VirtualTime(s_now);
        Sink sink = Begin(server, Chip(time));

        LinkEvent? e;
        while (!sink.Events.TryTake(out e, 20))
        {
            Assert.IsLessThan(60_000, time.NowMs, "no outcome within a minute");
            time.AdvanceBy(server.Connections == 0 ? 0 : 1000);
        }

        Fails(e, "TLS: the broker accepts the connection and does not answer");
        Assert.IsGreaterThanOrEqualTo(10_000, time.NowMs);
        Assert.AreEqual(1, server.Connections);
    }

    private static void Fails(LinkEvent e, string reason)
    {
        Assert.AreEqual(LinkEventKind.LinkDown, e.Kind);
        Assert.StartsWith(reason, e.Detail);
    }

    private static LinkEvent Connect(TlsServer server, Action<BrokerAddress>? change = null) => Take(Begin(server, Chip(new RealTime()), change));

    private static LinkEvent Take(Sink sink)
    {
        Assert.IsTrue(sink.Events.TryTake(out LinkEvent? e, s_patience), "no outcome");
        return e;
    }

    private static SimulatedChip Chip(WorldTime time)
    {
        var chip = new SimulatedChip(1, time, 1);
        chip.Radio.InstantJoin = true;
        using IDisposable _ = chip.Enter();
        chip.Radio.Join("any", string.Empty, false, CancellationToken.None);
        chip.Clock.Set(s_now);
        return chip;
    }

    private static Sink Begin(TlsServer server, SimulatedChip chip, Action<BrokerAddress>? change = null)
    {
        using IDisposable _ = chip.Enter();
        var sink = new Sink();
        var link = new MqttLink(sink) { Credentials = new Credentials(server) };
        link.Connect(1, Session(server, change), false);
        return sink;
    }

    private static BrokerSession Session(TlsServer server, Action<BrokerAddress>? change = null)
    {
        var address = new BrokerAddress(Address, server.Port, null, null) { IsSecure = true, Ca = "root" };
        change?.Invoke(address);
        return new BrokerSession(address, "device", "will", "lost", MqttVersion.V311);
    }

    private sealed class Sink : ILinkEventSink
    {
        public BlockingCollection<LinkEvent> Events { get; } = [];

        public void Post(LinkEvent signal) => Events.Add(signal);

        public bool Admit(int attempt, int bytes) => true;
    }

    private sealed class Credentials(TlsServer server) : ICredentials
    {
        public byte[]? Read(string name) => name switch
        {
            "root" => Encoding.ASCII.GetBytes(server.RootPem),
            "own" => Encoding.ASCII.GetBytes(server.IssueClient("device")),
            "damaged" => Encoding.ASCII.GetBytes(server.RootPem[..100]),
            _ => null,
        };
    }
}

using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace Scenarios.Vendor;

/// <summary>What the real M2Mqtt 5.1.220 does, by its sources and by running it; the emulation must do the same.</summary>
[TestClass]
public sealed class VendorClientTests
{
    private const MqttProtocolVersion V4 = MqttProtocolVersion.Version_3_1_1;
    private const MqttProtocolVersion V5 = MqttProtocolVersion.Version_5;

    [TestMethod]
    public async Task Acknowledgement_with_a_code_and_no_properties_is_lost_and_the_message_given_up_after_three_times()
    {
        await using ScriptedBroker broker = await StartAsync();
        broker.Puback = _ => [0x10];
        await using var client = new VendorClient(broker, V5);
        client.Connect();

        Assert.IsFalse(client.IsPublished(client.Publish()));
        CollectionAssert.AreEqual(new[] { false, true, true }, broker.Publishes.Select(p => p.IsRepeated).ToArray());
    }

    [TestMethod]
    [DataRow(new byte[0], DisplayName = "no code")]
    [DataRow(new byte[] { 0x10, 0 }, DisplayName = "no subscriber")]
    [DataRow(new byte[] { 0x87, 0 }, DisplayName = "not authorized")]
    [DataRow(new byte[] { 0x97, 5, 0x1F, 0, 2, 0x6E, 0x6F }, DisplayName = "quota, with a reason")]
    public async Task Acknowledgement_that_can_be_parsed_counts_as_published_whatever_its_code(byte[] more)
    {
        await using ScriptedBroker broker = await StartAsync();
        broker.Puback = _ => more;
        await using var client = new VendorClient(broker, V5);
        client.Connect();

        Assert.IsTrue(client.IsPublished(client.Publish()));
        Assert.HasCount(1, broker.Publishes);
    }

    [TestMethod]
    public async Task Connack_of_another_version_throws_and_opens_nothing()
    {
        await using ScriptedBroker broker = await StartAsync();
        broker.Connack = _ => ScriptedBroker.Connack4(1);
        await using var client = new VendorClient(broker, V5);

        Assert.ThrowsExactly<MqttCommunicationException>(() => client.Connect());
        Assert.AreEqual(0, client.Opened);
    }

    [TestMethod]
    [DataRow(V4, 5)]
    [DataRow(V5, 0x87)]
    public async Task Code_of_a_refusal_reaches_the_event_always_and_the_caller_sometimes(MqttProtocolVersion version, int code)
    {
        await using ScriptedBroker broker = await StartAsync();
        broker.Connack = _ => version == V5 ? ScriptedBroker.Connack5((byte)code) : ScriptedBroker.Connack4((byte)code);
        int returned = 0;
        for (int seed = 1; seed <= 16; seed++)
        {
            await using var client = new VendorClient(broker, version, seed);
            try
            {
                Assert.AreEqual(code, (int)client.Connect());
                returned++;
            }
            catch (MqttCommunicationException)
            {
                // The end of the connection was seen first.
            }

            Assert.AreEqual(code, (int)client.Connack.ReturnCode);
        }

        Assert.IsTrue(returned is > 0 and < 16, $"returned {returned} of 16 times");
    }

    [TestMethod]
    public async Task What_a_connack_leaves_out_is_zero_and_false()
    {
        await using ScriptedBroker broker = await StartAsync();
        await using var client = new VendorClient(broker, V5);
        client.Connect();

        MqttMsgConnack connack = client.Connack;
        Assert.AreEqual(
            "0 65535 0 0 False False False",
            $"{connack.MaximumPacketSize} {connack.ReceiveMaximum} {connack.ServerKeepAlive} {connack.SessionExpiryInterval} {connack.RetainAvailable} {connack.MaximumQoS} {connack.WildcardSubscriptionAvailable}");
    }

    [TestMethod]
    public async Task Limits_in_a_connack_are_in_the_event()
    {
        await using ScriptedBroker broker = await StartAsync();
        broker.Connack = _ => ScriptedBroker.Connack5(0, 0x27, 0, 0, 2, 0, 0x21, 0, 3, 0x13, 0, 7, 0x11, 0, 0, 1, 0, 0x25, 1);
        await using var client = new VendorClient(broker, V5);
        client.Connect();

        MqttMsgConnack connack = client.Connack;
        Assert.AreEqual(
            "512 3 7 256 True",
            $"{connack.MaximumPacketSize} {connack.ReceiveMaximum} {connack.ServerKeepAlive} {connack.SessionExpiryInterval} {connack.RetainAvailable}");
    }

    // mosquitto writes the code alone.
    [TestMethod]
    [DataRow(new byte[] { 0xE0, 1, 0x8E }, 0)]
    [DataRow(new byte[] { 0xE0, 2, 0x8E, 0 }, 1)]
    public async Task Disconnect_of_the_broker_is_seen_only_with_properties(byte[] disconnect, int seen)
    {
        await using ScriptedBroker broker = await StartAsync();
        await using var client = new VendorClient(broker, V5);
        client.Connect();
        broker.Drop(_ => true, disconnect);

        client.WaitUntilClosed();
        Assert.AreEqual(seen, client.CloseRequests);
    }

    [TestMethod]
    public async Task Connect_has_only_the_properties_that_were_set()
    {
        await using ScriptedBroker broker = await StartAsync();
        await using var client = new VendorClient(broker, V5);
        client.Client.MaximumPacketSize = 5120;
        client.Client.ReceiveMaximum = 16;
        client.Client.SessionExpiryInterval = 604_800;
        client.Client.WillDelayInterval = 9;
        client.Connect();

        byte[] properties = broker.Connects.Single().Properties;
        Assert.AreEqual("11 00 09 3A 80|21 00 10|27 00 00 14 00", string.Join('|', Split(properties).Order(StringComparer.Ordinal)));
        Assert.AreEqual(30, broker.Connects.Single().KeepAliveSeconds);
    }

    private static async Task<ScriptedBroker> StartAsync()
    {
        var broker = new ScriptedBroker();
        await broker.StartAsync();
        return broker;
    }

    private static IEnumerable<string> Split(byte[] properties)
    {
        for (int at = 0; at < properties.Length;)
        {
            int length = properties[at] is 0x11 or 0x27 ? 5 : properties[at] is 0x21 or 0x22 ? 3 : 2;
            yield return string.Join(' ', properties[at..(at + length)].Select(value => value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));
            at += length;
        }
    }
}

using System.Net;
using M2m.Client.Mqtt;
using MQTTnet;

namespace Scenarios.Harness;

/// <summary>Connects a test's client to a broker on this machine, under the newest version of MQTT that it speaks.</summary>
internal static class LoopbackBroker
{
    public static async Task ConnectAsync(IMqttClient client, int port)
    {
        MqttHandshakeResult result = await MqttHandshake.ConnectAsync(
            client,
            version => new MqttClientOptionsBuilder().WithProtocolVersion(version).WithTcpServer(IPAddress.Loopback.ToString(), port).WithCleanSession().Build(),
            only: null,
            CancellationToken.None);
        Assert.IsTrue(result.IsAccepted, ReasonText.Of(result.Code));
    }
}

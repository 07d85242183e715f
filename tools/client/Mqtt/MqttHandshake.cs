using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;

namespace M2m.Client.Mqtt;

/// <summary>Connects under MQTT 5, and under 3.1.1 to a broker that refuses 5.</summary>
public static class MqttHandshake
{
    private const int Accepted = 0;

    /// <summary>Highest return code of a CONNACK of MQTT 3.1.1 (section 3.2.2.3): only brokers that do not speak 5 answer a CONNECT of 5 with one.</summary>
    private const int HighestOf311 = 5;

    /// <param name="client">Not connected.</param>
    /// <param name="options">What to connect with under a version.</param>
    /// <param name="only">The only version to try; null: both.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public static async Task<MqttHandshakeResult> ConnectAsync(
        IMqttClient client, Func<MqttProtocolVersion, MqttClientOptions> options, MqttProtocolVersion? only, CancellationToken cancel)
    {
        MqttProtocolVersion first = only ?? MqttProtocolVersion.V500;
        try
        {
            var result = new MqttHandshakeResult(await client.ConnectAsync(options(first), cancel).ConfigureAwait(false), first);
            if (only is not null || !IsOfOlderBroker(result.Code))
            {
                return result;
            }
        }
        catch (Exception e) when (only is null && IsClosed(e) && !cancel.IsCancellationRequested)
        {
            // RabbitMQ before 3.13 closes the connection instead.
        }

        const MqttProtocolVersion Older = MqttProtocolVersion.V311;
        return new MqttHandshakeResult(await client.ConnectAsync(options(Older), cancel).ConfigureAwait(false), Older);
    }

    private static bool IsOfOlderBroker(int code) =>
        code is > Accepted and <= HighestOf311 or (int)MqttClientConnectResultCode.UnsupportedProtocolVersion;

    // The connection stood, and ended before the CONNACK, or that cannot be read as one of MQTT 5.
    private static bool IsClosed(Exception failure)
    {
        bool isOfConnection = !TlsAttempt.IsTls(failure) && (failure is MqttCommunicationException and not MqttCommunicationTimedOutException or MqttProtocolViolationException);
        for (Exception? cause = failure; cause is not null && isOfConnection; cause = cause.InnerException)
        {
            isOfConnection = cause is not OperationCanceledException
                && cause is not SocketException { SocketErrorCode: not (SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown) };
        }

        return isOfConnection;
    }
}

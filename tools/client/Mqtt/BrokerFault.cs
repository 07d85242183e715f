using System.Globalization;
using System.Net.Sockets;
using MQTTnet;

namespace M2m.Client.Mqtt;

/// <summary>Says what to check when the broker does not let anyone in.</summary>
public static class BrokerFault
{
    private const string Another = "Another broker: --broker " + BrokerAddress.Rule + ", or M2M_BROKER.";

    /// <summary>The broker answered, and refused.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="code">Its reason.</param>
    /// <returns>What to throw.</returns>
    public static FailedException Refusal(BrokerAddress broker, MqttClientConnectResultCode code) => code switch
    {
        MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized when broker.User is null =>
            new FailedException($"the broker {broker} wants a user and a password: --broker {BrokerAddress.Rule}, or M2M_BROKER"),
        MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized =>
            new FailedException($"the broker {broker} does not know the user or the password that were given ({code})"),
        _ => new FailedException($"the broker {broker} refuses the connection: {code}"),
    };

    /// <summary>The broker did not answer as one.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="failure">What was noticed.</param>
    /// <param name="timeout">How long it was waited for.</param>
    /// <returns>What to throw.</returns>
    public static FailedException Silence(BrokerAddress broker, Exception failure, TimeSpan timeout)
    {
        string seconds = timeout.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        SocketError? error = SocketErrorOf(failure);
        string text = error switch
        {
            SocketError.ConnectionRefused =>
                $"no broker at {broker}: nothing listens there. Is it running, and is the port right? (dotnet run --project boards/native-sim starts one.) {Another}",
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
                $"no broker at {broker}: the name '{broker.Host}' is not known. Is it spelled right, and is this computer in the right network? {Another}",
            SocketError.HostUnreachable or SocketError.NetworkUnreachable =>
                $"no broker at {broker}: no way leads there. Is this computer in the right network? {Another}",
            _ when failure is OperationCanceledException or TimeoutException || error == SocketError.TimedOut =>
                $"the broker {broker} does not answer within {seconds} s. Is the host right, does a firewall hold the connection, is it MQTT without TLS that listens there? {Another}",
            _ => $"the broker {broker} broke the connection off ({Reason(failure)}). Is it an MQTT broker, without TLS? Does it let another client in under the same name, or nobody in? {Another}",
        };
        return new FailedException(text);
    }

    private static SocketError? SocketErrorOf(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is SocketException socket)
            {
                return socket.SocketErrorCode;
            }
        }

        return null;
    }

    private static string Reason(Exception failure) => (failure.InnerException ?? failure).Message.TrimEnd('.');
}

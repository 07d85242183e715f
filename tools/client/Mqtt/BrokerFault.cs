using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;

namespace M2m.Client.Mqtt;

/// <summary>Says what to check when a connection fails.</summary>
public static class BrokerFault
{
    private const string Another = "To use another broker: --broker " + BrokerAddress.Rule + ", or M2M_BROKER.";

    public static FailedException Refusal(BrokerAddress broker, MqttHandshakeResult result)
    {
        string reason = ReasonText.Of(result.Code);
        return result.Connack.ResultCode switch
        {
            MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized when broker.User is null =>
                new FailedException($"the broker {broker} requires a user and a password: {reason}. Give them in --broker {BrokerAddress.Rule}, or M2M_BROKER"),
            MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized =>
                new FailedException($"the broker {broker} rejects the user or the password: {reason}"),
            _ when result.Code is 1 or (int)MqttClientConnectResultCode.UnsupportedProtocolVersion =>
                new FailedException($"the broker {broker} does not speak MQTT {result.Version.Name()}: {reason}. Leave out --mqtt to try both versions"),
            _ => new FailedException($"the broker {broker} refuses the connection: {reason}"),
        };
    }

    public static FailedException Silence(BrokerAddress broker, Exception failure, TimeSpan timeout) => new($"{Describe(broker, failure, timeout)} {Another}");

    /// <summary>What went wrong, and what to check.</summary>
    public static string Describe(BrokerAddress broker, Exception failure, TimeSpan timeout)
    {
        string seconds = timeout.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        SocketError? error = SocketErrorOf(failure);
        return error switch
        {
            SocketError.ConnectionRefused =>
                $"no broker at {broker}: the connection was refused. Check that it runs, and the port (dotnet run --project boards/native-sim starts one).",
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
                $"no broker at {broker}: the name '{broker.Host}' cannot be resolved. Check the name and the network of this computer.",
            SocketError.HostUnreachable or SocketError.NetworkUnreachable =>
                $"no broker at {broker}: the host cannot be reached. Check the network of this computer.",
            _ when failure is OperationCanceledException or TimeoutException || error == SocketError.TimedOut =>
                $"the broker {broker} does not respond within {seconds} s. Check the host, the port and the firewall; {Protocol(broker)}.",
            _ => $"the broker {broker} closed the connection ({Reason(failure)}). Check that {Protocol(broker)}, and that no other client uses the same client id.",
        };
    }

    private static string Protocol(BrokerAddress broker) =>
        broker.Tls is { } tls ? "the broker accepts MQTT over TLS at that port, " + Own(tls.Own) : "the broker accepts MQTT without TLS at that port (mqtts:// connects with TLS)";

    // Some brokers only close where mosquitto says what is wrong.
    private static string Own(X509Certificate2? own)
    {
        if (own is null)
        {
            return "without a certificate of the client (--cert shows one)";
        }

        string validity = own.NotAfter < DateTime.Now ? "expired at" : "valid until";
        return FormattableString.Invariant($"and with the certificate of --cert ({own.Subject}, signed by {own.Issuer}, {validity} {own.NotAfter.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ})");
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

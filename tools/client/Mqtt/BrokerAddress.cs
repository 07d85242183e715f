using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace M2m.Client.Mqtt;

/// <summary>A broker: <c>mqtt[s]://[user:password@]host:port</c>.</summary>
public sealed record BrokerAddress(string Host, int Port, string? User, string? Password)
{
    public const string Rule = "mqtt://[user:password@]host:port or mqtts://...";

    public const int DefaultPort = 1883;

    public const int DefaultSecurePort = 8883;

    private const string SecureScheme = "mqtts";

    /// <summary>Null without TLS.</summary>
    public TlsFiles? Tls { get; init; }

    public bool IsSecure => Tls is not null;

    /// <summary>Whether it is this computer.</summary>
    public bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>User and password may be percent-encoded; the port is 1883, with TLS 8883, when it is missing.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out BrokerAddress? address)
    {
        address = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("mqtt" or SecureScheme) || uri.DnsSafeHost.Length == 0)
        {
            return false;
        }

        bool isBare = uri.AbsolutePath is "" or "/" && uri.Query.Length == 0 && uri.Fragment.Length == 0;
        string[] login = uri.UserInfo.Split(':', 2);
        if (!isBare || uri.Port == 0 || (uri.UserInfo.Length > 0 && login[0].Length == 0))
        {
            return false;
        }

        bool isSecure = uri.Scheme == SecureScheme;
        address = new BrokerAddress(
            uri.DnsSafeHost,
            uri.Port != -1 ? uri.Port : isSecure ? DefaultSecurePort : DefaultPort,
            uri.UserInfo.Length == 0 ? null : Uri.UnescapeDataString(login[0]),
            login.Length == 1 ? null : Uri.UnescapeDataString(login[1]))
        {
            Tls = isSecure ? TlsFiles.None : null,
        };
        return true;
    }

    public override string ToString()
    {
        string host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        return string.Create(CultureInfo.InvariantCulture, $"{(IsSecure ? SecureScheme : "mqtt")}://{host}:{Port}");
    }
}

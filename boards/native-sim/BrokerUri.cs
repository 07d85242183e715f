using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Firmware.Platform;

namespace Boards.NativeSim;

/// <summary>Reads and writes <c>mqtt://[user:password@]host:port</c>.</summary>
internal static class BrokerUri
{
    /// <summary>What would be right.</summary>
    public const string Rule = "mqtt://[user:password@]host:port";

    /// <summary>The registered port of MQTT.</summary>
    public const int StandardPort = 1883;

    private const int MaxHost = 253;
    private const int MaxCredential = 128;

    /// <summary>Reads an address. User and password may be percent-encoded; without a port it is 1883.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address.</param>
    /// <returns>False when it is none.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out BrokerAddress? address)
    {
        address = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme != "mqtt")
        {
            return false;
        }

        string host = uri.DnsSafeHost;
        int port = uri.Port == -1 ? StandardPort : uri.Port;
        bool isBare = uri.AbsolutePath is "" or "/" && uri.Query.Length == 0 && uri.Fragment.Length == 0;
        if (!isBare || host.Length is 0 or > MaxHost || port == 0 || !TryCredentials(uri.UserInfo, out string? user, out string? password))
        {
            return false;
        }

        address = new BrokerAddress(host, port, user!, password!);
        return true;
    }

    /// <summary>Writes an address, without user and password.</summary>
    /// <param name="host">Host name or IP address.</param>
    /// <param name="port">TCP port.</param>
    /// <returns>The text.</returns>
    public static string Format(string host, int port)
    {
        string bracketed = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        return string.Create(CultureInfo.InvariantCulture, $"mqtt://{bracketed}:{port}");
    }

    private static bool TryCredentials(string userInfo, out string? user, out string? password)
    {
        user = null;
        password = null;
        if (userInfo.Length == 0)
        {
            return true;
        }

        int colon = userInfo.IndexOf(':', StringComparison.Ordinal);
        user = Uri.UnescapeDataString(colon < 0 ? userInfo : userInfo[..colon]);
        password = colon < 0 ? null : Uri.UnescapeDataString(userInfo[(colon + 1)..]);
        return user.Length is > 0 and <= MaxCredential && (password is null || password.Length <= MaxCredential);
    }
}

namespace TestBrokers;

/// <summary>A listener of mosquitto under TLS, to which a client must show a certificate. Its name is the user's.</summary>
public sealed record MosquittoTls(string CaFile, string ServerFile)
{
    public const string Version12 = "TLSv1.2";

    public const string Version13 = "TLSv1.3";

    /// <summary>The only version of TLS; null: both.</summary>
    public string? Version { get; init; }

    /// <summary>Certificates that are revoked; null: none.</summary>
    public string? RevocationFile { get; init; }

    /// <summary>The user is also the client: who shows a device's certificate ends the connection of that device.</summary>
    public bool IsUserTheClient { get; init; }

    public string Configuration(int port) => string.Join('\n', new[]
    {
        FormattableString.Invariant($"listener {port} 127.0.0.1"),
        $"cafile {CaFile}",
        $"certfile {ServerFile}",
        $"keyfile {ServerFile}",
        RevocationFile is null ? string.Empty : $"crlfile {RevocationFile}",
        "require_certificate true",
        "use_identity_as_username true",
        IsUserTheClient ? "use_username_as_clientid true" : string.Empty,
        "allow_anonymous false",
        string.Empty,
    });
}

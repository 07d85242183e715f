using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;

namespace M2m.Client.Mqtt;

/// <summary>One TLS connection: verifies the broker's certificate and keeps in words why it is refused.</summary>
public sealed class TlsAttempt(BrokerAddress broker)
{
    /// <summary>What the broker sends when a client's certificate does not satisfy it (RFC 8446 section 6.2), as OpenSSL words it.</summary>
    private static readonly (string Alert, string Words)[] OwnRefusals =
    [
        ("certificate required", "it requires a certificate of the client: --cert FILE (and --key FILE)"),
        ("certificate expired", "the client's certificate expired: give another one with --cert"),
        ("certificate revoked", "the client's certificate was revoked: give another one with --cert"),
        ("unknown ca", "it does not know the authority of the client's certificate: give another one with --cert"),
        ("bad certificate", "it does not accept the client's certificate: give another one with --cert"),
        ("unsupported certificate", "it does not accept the kind of the client's certificate: give another one with --cert"),
        ("certificate unknown", "it does not accept the client's certificate: give another one with --cert"),
        ("access denied", "it does not accept the client's certificate: give another one with --cert"),
        ("decrypt error", "it could not verify the client's signature: the key is not that of the certificate"),
        ("protocol version", "it speaks no version of TLS that this program does"),
        ("handshake failure", "it refuses the handshake: it may require a certificate of the client (--cert), or speak another version of TLS"),
    ];

    private string? _refusal;

    public void AddTo(MqttClientOptionsBuilder options)
    {
        TlsFiles files = broker.Tls!;
        options.WithTlsOptions(tls =>
        {
            tls.UseTls().WithTargetHost(broker.Host).WithSslProtocols(SslProtocols.None).WithCertificateValidationHandler(e => Verify(e.Certificate, e.Chain, e.SslPolicyErrors));
            if (files.Own is { } own)
            {
                tls.WithClientCertificates([own]);
            }
        });
    }

    /// <summary>Null when the failure is not one of TLS.</summary>
    private string? Explain(Exception failure)
    {
        if (_refusal is not null)
        {
            return _refusal;
        }

        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (OwnRefusals.FirstOrDefault(own => cause.Message.Contains("alert " + own.Alert, StringComparison.OrdinalIgnoreCase)) is { Words: { } words })
            {
                return $"the broker {broker} refuses the connection: {words}.";
            }
        }

        return IsTls(failure) ? $"{broker} does not complete the TLS handshake ({Innermost(failure)}). Check that it is a broker with TLS at that port; mqtt:// connects without." : null;
    }

    /// <summary>Why an exchange over TLS failed; null when TLS does not say.</summary>
    /// <param name="failure">What the MQTT library threw.</param>
    /// <param name="isLate">There was no answer in time: another attempt would wait as long.</param>
    /// <param name="patience">For another attempt.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<string?> FindReasonAsync(Exception failure, bool isLate, TimeSpan patience, CancellationToken cancel)
    {
        string? reason = Explain(failure);
        if (reason is not null || isLate)
        {
            return reason;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        try
        {
            return await ProbeAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    internal static bool IsTls(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is AuthenticationException || failure.GetType().Name.Contains("Ssl", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Connects once more without MQTT, to learn why the broker ended the connection: its alert comes after the handshake (TLS 1.3),
    /// and the MQTT library loses it.
    /// </summary>
    private async Task<string?> ProbeAsync(CancellationToken cancel)
    {
        try
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync(broker.Host, broker.Port, cancel).ConfigureAwait(false);
            using var tls = new SslStream(tcp.GetStream(), leaveInnerStreamOpen: false);
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = broker.Host,
                RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Verify(certificate, chain, errors),
                ClientCertificates = broker.Tls!.Own is { } own ? [own] : [],
            };
            await tls.AuthenticateAsClientAsync(options, cancel).ConfigureAwait(false);
            await tls.ReadExactlyAsync(new byte[1], cancel).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is IOException or AuthenticationException or SocketException && !cancel.IsCancellationRequested)
        {
            return Explain(e);
        }
    }

    private static string Innermost(Exception failure)
    {
        while (failure.InnerException is { } inner)
        {
            failure = inner;
        }

        return failure.Message.TrimEnd('.');
    }

    private bool Verify(X509Certificate? received, X509Chain? chain, SslPolicyErrors errors)
    {
        if (received is null)
        {
            _refusal = $"the broker {broker} shows no certificate.";
            return false;
        }

        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(received.GetRawCertData());
        _refusal = Refusal(certificate, chain, errors);
        return _refusal is null;
    }

    private string? Refusal(X509Certificate2 certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (broker.Tls!.Authorities is { } authorities)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        if (sent is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        }

        // Whether an authority is trusted comes first: of a stranger's certificate nothing else is worth saying.
        bool isValid = chain.Build(certificate);
        X509ChainStatusFlags flags = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        const X509ChainStatusFlags Stranger = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotSignatureValid;
        string of = $"the certificate of the broker {broker}";
        if ((flags & Stranger) != 0)
        {
            return $"{of} is signed by an authority that is not trusted ({certificate.Issuer}). {(broker.Tls.Authorities is null ? "Name the authority's file with --ca" : "--ca names another one")}.";
        }

        if ((flags & X509ChainStatusFlags.NotTimeValid) != 0)
        {
            return TimeRefusal(of, chain);
        }

        if (!isValid)
        {
            return $"{of} is not valid: {string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation.Trim()))}.";
        }

        return (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0 ? null : $"{of} is for another name: {Names(certificate)}, not '{broker.Host}'. Use a name that is in it.";
    }

    private static string TimeRefusal(string of, X509Chain chain)
    {
        X509Certificate2? wrong = chain.ChainElements.FirstOrDefault(element => element.ChainElementStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid))?.Certificate;
        DateTime now = DateTime.Now;
        return wrong is not null && wrong.NotBefore > now
            ? $"{of} is not valid before {Utc(wrong.NotBefore)}. The time here is {Utc(now)}."
            : $"{of} expired{(wrong is null ? string.Empty : " at " + Utc(wrong.NotAfter))}. The time here is {Utc(now)}.";
    }

    private static string Utc(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    private static string Names(X509Certificate2 certificate)
    {
        X509SubjectAlternativeNameExtension? names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        string[] all = names is null ? [] : [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())];
        return all.Length > 0 ? string.Join(", ", all) : certificate.Subject;
    }
}

namespace M2m.Client.Certificates;

/// <summary>A certificate and its key in PEM.</summary>
public sealed record IssuedCertificate(string CertificatePem, string KeyPem, byte[] SerialNumber, DateTimeOffset NotAfter)
{
    /// <summary>Certificate and key in one text: what <c>credentials.set</c> takes, and what mosquitto takes as certfile and as keyfile.</summary>
    public string Pem => CertificatePem + KeyPem;
}

namespace System.Net.Security;

public enum SslVerification
{
    NoVerification = 1,
    VerifyPeer = 2,

    /// <summary>The only one that verifies anything.</summary>
    CertificateRequired = 4,
    VerifyClientOnce = 8,
}

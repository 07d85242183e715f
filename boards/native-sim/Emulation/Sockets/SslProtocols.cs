namespace System.Net.Security;

[Flags]
public enum SslProtocols
{
    /// <summary>TLS 1.3 alone.</summary>
    None = 0,
    Tls = 192,
    Tls11 = 768,
    Tls12 = 3072,
    Tls13 = 12288,
}

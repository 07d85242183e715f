namespace System.Security.Cryptography;

/// <summary>
/// An error of Mbed TLS, or the flags of a certificate that is not valid. Not public: the port does not name it, and desktop
/// code would have two.
/// </summary>
internal class CryptographicException : Exception
{
    public CryptographicException(int errorCode) => ErrorCode = errorCode;

    public int ErrorCode { get; }
}

using System.Security.Cryptography;
using M2m.Client.Arguments;

namespace Boards.NativeSim;

internal static class UpdateKeyFile
{
    private const int MaxLength = 16 * 1024;

    public static RSAParameters Load(string path)
    {
        string pem = Read(path);
        if (pem.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            throw new UsageException($"--update-key: {path} holds a private key; a device needs the public one");
        }

        using var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new UsageException($"--update-key: {path} holds no public RSA key in PEM");
        }

        RSAParameters key = rsa.ExportParameters(includePrivateParameters: false);
        return rsa.KeySize is 2048 or 3072 && key.Exponent!.Length <= sizeof(int)
            ? key
            : throw new UsageException($"--update-key: {path} holds a key of {rsa.KeySize} bits; 2048 and 3072 are of use");
    }

    private static string Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MaxLength
                ? File.ReadAllText(path)
                : throw new UsageException($"--update-key: {path} is no key: it is larger than {MaxLength} bytes");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--update-key: cannot read the file: {e.Message}");
        }
    }
}

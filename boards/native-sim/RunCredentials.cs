using System.Text;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Certificates;
using M2m.Client.Files;
using M2m.Client.Mqtt;

namespace Boards.NativeSim;

/// <summary>What the devices and this program trust and show at a broker with TLS.</summary>
/// <param name="CaFile">Path of the authorities.</param>
/// <param name="CertificateFile">Path of the certificate that this program and those who watch show; null: none.</param>
/// <param name="KeyFile">Path of its key; null with no certificate.</param>
internal sealed record RunCredentials(string CaFile, string? CertificateFile, string? KeyFile)
{
    /// <summary>Names under which a device stores them.</summary>
    public const string Ca = "fleet";

    public const string Own = "own";

    private const int MaxFile = 64 * 1024;

    /// <summary>Certificate and key of a device in PEM, by its id; null: all show that of the file.</summary>
    public Func<string, string>? Issue { get; init; }

    public bool HasOwn => Issue is not null || CertificateFile is not null;

    /// <exception cref="UsageException">A file cannot be used.</exception>
    public TlsFiles Load() => TlsFiles.Load(CaFile, CertificateFile, KeyFile);

    /// <summary>Reads the files once, for all devices.</summary>
    public Func<string, IReadOnlyList<(string Name, string Pem)>> ForDevices()
    {
        (string, string) ca = (Ca, Read(CaFile));
        string? shared = Issue is null && CertificateFile is not null ? Pem.Normalize(Read(CertificateFile) + (KeyFile == CertificateFile ? string.Empty : Read(KeyFile!))) : null;
        return id => (Issue?.Invoke(id) ?? shared) is { } own ? [ca, (Own, own)] : [ca];
    }

    private static string Read(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(SmallFile.Read(path, MaxFile));
        }
        catch (FailedException e)
        {
            throw new UsageException(e.Message);
        }
    }
}

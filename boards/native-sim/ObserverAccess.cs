using M2m.Client.Arguments;
using M2m.Client.Mqtt;

namespace Boards.NativeSim;

/// <summary>How this program's own subscriber and those who watch connect.</summary>
/// <param name="Address">With the password, and what is trusted and shown under TLS.</param>
/// <param name="CaFile">Path of the authorities; null: those of this computer.</param>
/// <param name="CertificateFile">Path of their certificate; null: none.</param>
/// <param name="KeyFile">Path of its key; null with no certificate.</param>
internal sealed record ObserverAccess(BrokerAddress Address, string? CaFile, string? CertificateFile, string? KeyFile)
{
    public const string Missing = "nobody watches: with the devices' certificate a broker can take this program for a device and end that one's connection. "
        + "--observer-cert FILE names another certificate, --observer URL another port or user";

    public static ObserverAccess OfEmbedded(BrokerAddress broker, RunCredentials? operators) =>
        new(broker, operators?.CaFile, operators?.CertificateFile, operators?.KeyFile);

    /// <summary>Null when nothing but the devices' certificate would be there to show.</summary>
    /// <exception cref="UsageException">The options do not fit, or a file cannot be used.</exception>
    public static ObserverAccess? At(BrokerAddress devices, RunOptions options)
    {
        BrokerAddress address = options.Observer ?? devices;
        if (!address.IsSecure)
        {
            return options.ObserverFiles is null ? new ObserverAccess(address, null, null, null)
                : throw new UsageException($"--observer-cert needs TLS: --observer mqtts://..., not {address}");
        }

        if (options is { Observer: null, ObserverFiles: null, Credentials.CertificateFile: not null })
        {
            return null;
        }

        (string? certificate, string? key) = options.ObserverFiles ?? default;
        return new ObserverAccess(address with { Tls = TlsFiles.Load(options.CaFile, certificate, key) }, options.CaFile, certificate, key);
    }
}

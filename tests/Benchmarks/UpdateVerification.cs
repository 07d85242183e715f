using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Firmware.Cryptography;
using Firmware.Platform;
using Firmware.Updates;

namespace Benchmarks;

/// <summary>What an offer of an update costs: the hash of a manifest of 3 KB, and its signature together with its hash.</summary>
[MemoryDiagnoser]
public class UpdateVerification
{
    private readonly byte[] _manifest = new byte[3072];
    private RsaKey _key = null!;
    private byte[] _signature = null!;

    /// <summary>Bits of the key.</summary>
    [Params(2048, 3072)]
    public int Bits { get; set; }

    [GlobalSetup]
    public void Sign()
    {
        using var rsa = RSA.Create(Bits);
        _key = new RsaKey(rsa.ExportParameters(false).Modulus, 65537);
        _signature = rsa.SignData(_manifest, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    [Benchmark]
    public byte[] Hash() => Sha256.Hash(_manifest, 0, _manifest.Length);

    [Benchmark]
    public bool Verify() => RsaSignature.Verify(_key, _manifest, _signature)
        ? true
        : throw new InvalidOperationException("Not valid: there is nothing to measure.");
}

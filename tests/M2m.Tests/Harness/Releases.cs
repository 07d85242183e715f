using M2m.Client.Files;
using M2m.Client.Updates;
using M2m.Updates;

namespace M2m.Tests.Harness;

internal sealed class Releases : IDisposable
{
    private static readonly Lazy<SigningKey> TestKey = new(() => SigningKey.Create(2048));

    public Releases()
    {
        File.WriteAllBytes(PrivateKey, Key.PrivatePem());
        File.WriteAllBytes(PublicKey, Key.PublicPem());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(PrivateKey, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    public static SigningKey Key => TestKey.Value;

    public string Folder { get; } = Directory.CreateTempSubdirectory("m2m-update-").FullName;

    public string PrivateKey => At("test.pem");

    public string PublicKey => At("test.pub.pem");

    public string At(string name) => Path.Combine(Folder, name);

    public string Add(string version = "0.2.0", string board = "esp32-devkitc", int size = 20_000, bool isSigned = true, int seed = 1)
    {
        byte[] code = new byte[size];
        new Random(seed).NextBytes(code);
        Assert.IsTrue(ReleaseVersion.TryParse(version, out ReleaseVersion parsed));
        byte[] bundle = Bundle.Write("Boards.Test.Application", [("Boards.Test", new Version(version + ".0"), code)]);
        var manifest = new Manifest
        {
            Board = board,
            Version = parsed,
            Loader = 1,
            Runtime = "0.0.0",
            Size = bundle.Length,
            Digests = Blocks.Digests(bundle),
        };
        string name = At(manifest.FileName);
        byte[] text = manifest.ToBytes();
        SmallFile.Replace(name + ".bundle", bundle);
        if (isSigned)
        {
            SmallFile.Replace(name + ".sig", Key.Sign(text));
        }

        SmallFile.Replace(name + ".json", text);
        return name + ".json";
    }

    public static void Damage(string path, int at = -1)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    public void Dispose() => Directory.Delete(Folder, true);
}

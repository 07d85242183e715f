using System.Security.Cryptography;
using Boards.NativeSim;
using Boards.NativeSim.Simulation;
using M2m.Client.Arguments;

namespace Scenarios.Updates;

/// <summary>Flash and keys on the command line.</summary>
[TestClass]
public sealed class UpdateOptionsTests
{
    [TestMethod]
    [DataRow("--flash", "63")]
    [DataRow("--flash", "huge")]
    [DataRow("--update-key", "no-such-file.pem")]
    public void Wrong_options_are_refused(string option, string value) =>
        Assert.ThrowsExactly<UsageException>(() => Read(option, value));

    [TestMethod]
    [DataRow(256, 98_304)]
    [DataRow(1024, 294_912)]
    [DataRow(64, 0)]
    public void Image_may_have_half_of_what_other_files_leave(int kilobytes, int expected) =>
        Assert.AreEqual(expected, new DeviceOptions { FlashBytes = kilobytes * 1024 }.ImageCapacity);

    [TestMethod]
    public void Key_is_read_from_its_file()
    {
        using var key = RSA.Create(2048);

        RunOptions options = WithFile(key.ExportSubjectPublicKeyInfoPem(), path => Read("--update-key", path, "--flash", "1024"));

        CollectionAssert.AreEqual(key.ExportParameters(false).Modulus, options.UpdateKeys[0].Modulus);
        Assert.AreEqual(1024, options.FlashKb);
    }

    [TestMethod]
    public void Private_key_is_refused()
    {
        using var key = RSA.Create(2048);
        UsageException e = Assert.ThrowsExactly<UsageException>(() => WithFile(key.ExportPkcs8PrivateKeyPem(), path => Read("--update-key", path)));
        StringAssert.Contains(e.Message, "private");
    }

    [TestMethod]
    public void Key_of_another_size_is_refused()
    {
        using var key = RSA.Create(1024);
        UsageException e = Assert.ThrowsExactly<UsageException>(() => WithFile(key.ExportSubjectPublicKeyInfoPem(), path => Read("--update-key", path)));
        StringAssert.Contains(e.Message, "1024 bits");
    }

    [TestMethod]
    public void File_that_holds_no_key_is_refused() =>
        Assert.ThrowsExactly<UsageException>(() => WithFile("hello", path => Read("--update-key", path)));

    [TestMethod]
    public void Third_key_is_refused()
    {
        using var key = RSA.Create(2048);
        Assert.ThrowsExactly<UsageException>(() => WithFile(
            key.ExportSubjectPublicKeyInfoPem(), path => Read("--update-key", path, "--update-key", path, "--update-key", path)));
    }

    private static T WithFile<T>(string text, Func<string, T> use)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            return use(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static RunOptions Read(params string[] arguments)
    {
        RunOptions? read = null;
        new CommandLine(options =>
        {
            read = options;
            return 0;
        }).Invoke(arguments);
        return read!;
    }
}

using System.Text;
using M2m.Client;
using M2m.Client.Mqtt;
using M2m.Client.Updates;
using M2m.Updates;

namespace M2m.Tests;

[TestClass]
public class UpdateFormatTests
{
    private const string Whole =
        """{"product":"m2m","board":"esp32-devkitc","version":"0.2.0","loader":1,"runtime":"1.9.0","size":3,"blockSize":4096,"digests":"nUF3LyRKAQdCvfvdp4RkcOO+ONFf51C15+lwSCuUXow=","notes":"a","allowDowngrade":true}""";

    [TestMethod]
    public void Bundle_is_written_as_specified()
    {
        byte[] bundle = Bundle.Write("A.Application", [("Firmware.Core", new Version(0, 2, 3, 4), [1, 2]), ("A", new Version(258, 1), [3])]);
        Assert.AreEqual(
            "4D324D42" + "01" + "02" + "0D" + "412E4170706C69636174696F6E"
            + "02000000" + "0000" + "0200" + "0300" + "0400" + "0D" + "4669726D776172652E436F7265"
            + "01000000" + "0201" + "0100" + "0000" + "0000" + "01" + "41"
            + "0102" + "03",
            Convert.ToHexString(bundle));
    }

    [TestMethod]
    public void Bundle_is_read_as_it_was_written()
    {
        byte[] file = Bundle.Write("A.Application", [("Firmware.Core", new Version(0, 2, 3, 4), [1, 2]), ("A", new Version(0, 2, 0, 0), [3])]);
        Bundle bundle = Bundle.Read(file);
        Assert.AreEqual("A.Application", bundle.Entry);
        Assert.AreEqual("Firmware.Core 0.2.3.4 2, A 0.2.0.0 1", string.Join(", ", bundle.Parts.Select(part => $"{part.Name} {part.Version} {part.Length}")));
        CollectionAssert.AreEqual(new byte[] { 3 }, file[bundle.Parts[1].Offset..(bundle.Parts[1].Offset + 1)]);
    }

    [TestMethod]
    public void Every_cut_and_every_growth_of_a_bundle_is_noticed()
    {
        byte[] file = Bundle.Write("A.Application", [("A", new Version(0, 2, 0, 0), [1, 2, 3])]);
        for (int length = 0; length < file.Length; length++)
        {
            byte[] cut = file[..length];
            Assert.ThrowsExactly<FailedException>(() => Bundle.Read(cut));
        }

        Assert.ThrowsExactly<FailedException>(() => Bundle.Read([.. file, 0]));
    }

    [TestMethod]
    [DataRow(0, 0x4E, "does not begin with M2MB")]
    [DataRow(4, 2, "it has format 2")]
    [DataRow(5, 0, "it has 0 assemblies")]
    [DataRow(5, 17, "it has 17 assemblies")]
    [DataRow(6, 0, "the entry type's name is not")]
    [DataRow(6, 255, "cut off in its header")]
    [DataRow(7, 0x2F, "the entry type's name is not")]
    [DataRow(23, 0xFF, "an assembly has")]
    [DataRow(20, 4, "promises")]
    public void Hostile_bundle_is_refused(int at, int value, string why)
    {
        byte[] file = Bundle.Write("A.Application", [("A", new Version(0, 2, 0, 0), [1, 2, 3])]);
        file[at] = (byte)value;
        StringAssert.Contains(Assert.ThrowsExactly<FailedException>(() => Bundle.Read(file)).Message, why);
    }

    [TestMethod]
    public void Bundle_with_an_assembly_twice_is_refused()
    {
        byte[] file = Bundle.Write("A.Application", [("A", new Version(0, 2), [1]), ("A", new Version(0, 2), [1])]);
        StringAssert.Contains(Assert.ThrowsExactly<FailedException>(() => Bundle.Read(file)).Message, "twice");
    }

    [TestMethod]
    public void Digest_of_a_block_is_hmac_under_the_public_key()
    {
        // Both from Python's hmac.
        byte[] digests = Blocks.Digests([.. new byte[4096], .. "abc"u8]);
        Assert.AreEqual(
            "EA9D29E4EAC743B11CB4EF6B6BB43B4B389A1F52AC23450FD7F80C4B176B0D5D" + "9D41772F244A010742BDFBDDA7846470E3BE38D15FE750B5E7E970482B945E8C",
            Convert.ToHexString(digests));
    }

    [TestMethod]
    public void Manifest_is_written_as_specified()
    {
        var manifest = new Manifest
        {
            Board = "esp32-devkitc",
            Version = new ReleaseVersion(0, 2, 0),
            Loader = 1,
            Runtime = "1.9.0",
            Size = 3,
            Digests = Convert.FromBase64String("nUF3LyRKAQdCvfvdp4RkcOO+ONFf51C15+lwSCuUXow="),
            Notes = "a",
            AllowDowngrade = true,
        };
        Assert.AreEqual(Whole, Encoding.UTF8.GetString(manifest.ToBytes()));
        Assert.AreEqual(
            """{"product":"m2m","board":"esp32-devkitc","version":"0.2.0","loader":1,"runtime":"1.9.0","size":3,"blockSize":4096,"digests":"nUF3LyRKAQdCvfvdp4RkcOO+ONFf51C15+lwSCuUXow="}""",
            Encoding.UTF8.GetString((manifest with { Notes = null, AllowDowngrade = false }).ToBytes()));
    }

    [TestMethod]
    public void Manifest_is_read_as_it_was_written()
    {
        Manifest manifest = ManifestReader.Read(Encoding.UTF8.GetBytes(Whole));
        Assert.AreEqual(Whole, Encoding.UTF8.GetString(manifest.ToBytes()));
        Assert.AreEqual("esp32-devkitc-0.2.0 1 a", $"{manifest.FileName} {manifest.BlockCount} {manifest.Notes}");
        ManifestReader.Read(Encoding.UTF8.GetBytes(Whole.Replace("\"notes\":\"a\"", "\"other\":[1]", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("\"m2m\"", "\"other\"", "'product'")]
    [DataRow("esp32-devkitc", "../esp32", "'board'")]
    [DataRow("esp32-devkitc", "", "'board'")]
    [DataRow("\"0.2.0\"", "\"0.2\"", "'version'")]
    [DataRow("\"0.2.0\"", "\"0.02.0\"", "'version'")]
    [DataRow("\"0.2.0\"", "\"0.2.65536\"", "'version'")]
    [DataRow("\"0.2.0\"", "\"0.2.+1\"", "'version'")]
    [DataRow("\"0.2.0\"", "\"../../x\"", "'version'")]
    [DataRow("\"0.2.0\"", "2", "'version'")]
    [DataRow("\"loader\":1", "\"loader\":0", "'loader'")]
    [DataRow("\"loader\":1", "\"loader\":256", "'loader'")]
    [DataRow("\"loader\":1", "\"loader\":1.0", "'loader'")]
    [DataRow("\"1.9.0\"", "\"1.9\"", "'runtime'")]
    [DataRow("\"size\":3", "\"size\":0", "'size'")]
    [DataRow("\"size\":3", "\"size\":-3", "'size'")]
    [DataRow("\"size\":3", "\"size\":294913", "'size'")]
    [DataRow("\"size\":3", "\"size\":4097", "'digests'")]
    [DataRow("4096", "4095", "'blockSize'")]
    [DataRow("4096", "4096e0", "'blockSize'")]
    [DataRow("Xow=", "Xow", "'digests'")]
    [DataRow("Xow=", "Xox=", "'digests'")]
    [DataRow("nUF3", "nU F3", "'digests'")]
    [DataRow("\"a\"", "1", "'notes'")]
    [DataRow("true", "1", "'allowDowngrade'")]
    [DataRow("\"board\"", "\"product\"", "come twice")]
    [DataRow("}", "}}", "not one JSON object")]
    [DataRow("}", ",}", "not one JSON object")]
    [DataRow("{", "[{", "not one JSON object")]
    [DataRow("{", "\uFEFF{", "not one JSON object")]
    [DataRow("\"a\"", "\"\\ud800\"", "not one JSON object")]
    public void Manifest_that_a_device_would_refuse_is_refused(string part, string other, string why)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Whole.Replace(part, other, StringComparison.Ordinal));
        StringAssert.Contains(Assert.ThrowsExactly<FailedException>(() => ManifestReader.Read(bytes)).Message, why);
    }

    [TestMethod]
    public void Largest_offer_fits_a_request()
    {
        var manifest = new Manifest
        {
            Board = new string('b', 32),
            Version = new ReleaseVersion(65535, 65535, 65535),
            Loader = 255,
            Runtime = "65535.65535.65535.65535",
            Size = Bundle.MaxSize,
            Digests = [.. Enumerable.Repeat((byte)0xFB, Blocks.Most * Blocks.DigestSize)],
            AllowDowngrade = true,
        };
        byte[] text = manifest.ToBytes();
        byte[] payload = Offer.Payload(text, new byte[384]);
        Assert.IsTrue(payload.Length < 3900, $"{payload.Length}");
        Assert.IsTrue(Json.TryParse(payload, out var offer));
        CollectionAssert.AreEqual(text, Encoding.UTF8.GetBytes(Json.Text(offer, "manifest")!));
        StringAssert.Contains(Assert.ThrowsExactly<FailedException>(() => (manifest with { Notes = new string('n', 200) }).ToBytes()).Message, "shorten --notes");
    }

    [TestMethod]
    [DataRow("""{"version":"0.2.0","block":3}""", "0.2.0 3 0 ")]
    [DataRow("""{"version":"0.2.0","block":71,"bad":2,"board":"b"}""", "0.2.0 71 2 b")]
    [DataRow("""{"version":"0.2.0","block":72}""", null)]
    [DataRow("""{"version":"0.2.0","block":-1}""", null)]
    [DataRow("""{"version":"0.2.0","block":1e1}""", null)]
    [DataRow("""{"version":"0.2.0","block":99999999999999999999}""", null)]
    [DataRow("""{"version":"0.2.0","block":"3"}""", null)]
    [DataRow("""{"version":"0.2.0"}""", null)]
    [DataRow("""{"version":"../../etc/passwd","block":0}""", null)]
    [DataRow("""{"version":"0.2.0/../..","block":0}""", null)]
    [DataRow("""{"version":"0.2.0","block":0,"bad":-1}""", null)]
    [DataRow("""{"version":"0.2.0","block":0,"board":"../x"}""", null)]
    [DataRow("""{"version":"0.2.0","block":0,"block":1}""", null)]
    [DataRow("""[]""", null)]
    [DataRow("", null)]
    public void Request_for_a_block_is_read_strictly(string payload, string? read)
    {
        BlockRequest? request = BlockRequest.Read("boiler", Encoding.UTF8.GetBytes(payload));
        Assert.AreEqual(read, request is null ? null : $"{request.Version} {request.Block} {request.Bad} {request.Board}");
    }

    [TestMethod]
    public void Device_that_asks_without_end_gets_so_many_blocks_a_second()
    {
        var clock = new StandingClock();
        var rate = new BlockRateLimit(5, clock);
        Assert.AreEqual(5, Enumerable.Range(0, 20).Count(_ => rate.Allows("boiler")));
        Assert.IsTrue(rate.Allows("cellar"));
        clock.Now += TimeSpan.FromSeconds(0.5);
        Assert.AreEqual(2, Enumerable.Range(0, 20).Count(_ => rate.Allows("boiler")));
    }

    [TestMethod]
    public void Made_up_devices_do_not_keep_others_out_for_long()
    {
        var clock = new StandingClock();
        var rate = new BlockRateLimit(5, clock);
        Assert.AreEqual(10_000, Enumerable.Range(0, 20_000).Count(i => rate.Allows($"made-up-{i}")));
        Assert.IsFalse(rate.Allows("boiler"));
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.IsTrue(rate.Allows("boiler"));
    }

    [TestMethod]
    public void Checksum_is_the_runtimes() => Assert.AreEqual(0x89A1897Fu, NanoChecksum.Of("123456789"u8));

    private sealed class StandingClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}

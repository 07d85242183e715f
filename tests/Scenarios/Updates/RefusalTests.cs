using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Boards.NativeSim.Simulation;
using M2m.Updates;

namespace Scenarios.Updates;

/// <summary>Offers that a device must refuse: reported to the client that sent one, reported once when retained, and nothing is written.</summary>
[TestClass]
public sealed class RefusalTests
{
    private const int Malformed = -32602;
    private const int Forbidden = -32003;
    private const int Conflict = -32004;
    private const int NotEnoughFlash = 2;
    private const int IntegrityFailure = 5;
    private const int Unsupported = 6;

    /// <summary>What is wrong with an offer.</summary>
    public enum Fault
    {
        ForeignBoard,
        Older,
        NumbersOfTheBuiltIn,
        NewerLoader,
        NewerRuntime,
        TooLarge,
        SignedByAStranger,
        Altered,
        SignatureCutOff,
    }

    [TestMethod]
    [DataRow(Fault.ForeignBoard, Forbidden, Unsupported, "board")]
    [DataRow(Fault.Older, Conflict, Unsupported, "not newer")]
    [DataRow(Fault.NumbersOfTheBuiltIn, Conflict, Unsupported, "major or minor")]
    [DataRow(Fault.NewerLoader, Conflict, Unsupported, "loader")]
    [DataRow(Fault.NewerRuntime, Conflict, Unsupported, "runtime")]
    [DataRow(Fault.TooLarge, Conflict, NotEnoughFlash, "larger")]
    [DataRow(Fault.SignedByAStranger, Forbidden, IntegrityFailure, "not valid")]
    [DataRow(Fault.Altered, Forbidden, IntegrityFailure, "not valid")]
    [DataRow(Fault.SignatureCutOff, Malformed, Unsupported, "")]
    public async Task Offer_that_a_device_must_not_take_is_refused(Fault fault, int code, int result, string reason)
    {
        await using UpdateBench bench = await UpdateBench.StartAsync();
        await bench.ServeAsync();
        DeviceOptions options = UpdateBench.Options with { FlashBytes = fault == Fault.TooLarge ? DeviceOptions.StandardFlashBytes : 1024 * 1024 };
        SimulatedDevice device = bench.BootOnline(more: UpdateBench.AtOnce, options: options);
        string offer = OfferWith(bench, fault);

        JsonElement error = (await bench.Bench.RequestAsync(device, Offer.Method, offer)).Json.GetProperty("error");
        await bench.Bench.Client.PublishAsync($"m2m/update/{ReleaseShelf.Board}/manifest", offer, retain: true);
        for (int i = 0; i < 3; i++)
        {
            bench.Bench.RunFor(120);
            device.CutPower();
            device.Restart();
            bench.Bench.ComeOnline(device, 60);
        }

        Assert.AreEqual(code, error.GetProperty("code").GetInt32());
        StringAssert.Contains(error.GetProperty("data").GetProperty("reason").GetString(), reason);
        Assert.IsTrue(bench.Reported(device, "refused").Any());
        Assert.IsTrue(bench.Reported(device, "refused").All(update => update.GetProperty("result").GetInt32() == result));
        Assert.IsFalse(bench.Gets(device).Any(), "it asks for blocks");
        Assert.IsFalse(device.Chip.Flash.Files().Any(file => file.Contains("slot", StringComparison.Ordinal)), "it has written to a slot");
    }

    [TestMethod]
    public async Task Refused_retained_offer_is_reported_once_for_each_start()
    {
        await using UpdateBench bench = await UpdateBench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: UpdateBench.AtOnce);
        await bench.Bench.Client.PublishAsync($"m2m/update/{ReleaseShelf.Board}/manifest", OfferWith(bench, Fault.Altered), retain: true);
        for (int i = 0; i < 4; i++)
        {
            bench.Bench.RunFor(60);
            device.Chip.Radio.InRange = false;
            bench.Bench.RunFor(30);
            device.Chip.Radio.InRange = true;
            bench.Bench.ComeOnline(device, 600);
        }

        bench.Bench.RunFor(60);

        Assert.AreEqual(1, bench.Reported(device, "refused").Count());
    }

    [TestMethod]
    public async Task Downgrade_is_refused_unless_its_manifest_allows_it()
    {
        await using UpdateBench bench = await UpdateBench.StartAsync();
        SimulatedDevice device = bench.BootOnline();
        Release old = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0"));
        await bench.UpdateAsync(device, old);
        await bench.UpdateAsync(device, bench.Shelf.Add("0.3.0", ImageBuilder.Build("0.3.0")));

        JsonElement error = (await bench.OfferAsync(device, old)).Json.GetProperty("error");
        await bench.UpdateAsync(device, bench.Shelf.Add("0.2.1", ImageBuilder.Build("0.2.1"), manifest => manifest with { AllowDowngrade = true }));

        Assert.AreEqual(Conflict, error.GetProperty("code").GetInt32());
        Assert.AreEqual("0.2.1", bench.Version(device));
    }

    private static string OfferWith(UpdateBench bench, Fault fault)
    {
        string version = fault switch { Fault.Older => "0.0.9", Fault.NumbersOfTheBuiltIn => "0.1.9", _ => "0.2.0" };
        Release release = bench.Shelf.Add(version, ImageBuilder.Build("0.2.0"), manifest => fault switch
        {
            Fault.ForeignBoard => manifest with { Board = "esp32-devkitc" },
            Fault.NewerLoader => manifest with { Loader = 2 },
            Fault.NewerRuntime => manifest with { Runtime = "99.0.0" },
            _ => manifest,
        });
        byte[] text = release.ManifestBytes;
        byte[] signature = release.Signature!;
        if (fault == Fault.SignedByAStranger)
        {
            using SigningKey stranger = SigningKey.Create(2048);
            signature = stranger.Sign(text);
        }

        if (fault == Fault.Altered)
        {
            text = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text).Replace("\"loader\":1", "\"loader\":1,\"notes\":\"x\"", StringComparison.Ordinal));
        }

        JsonObject offer = Offer.Params(text, fault == Fault.SignatureCutOff ? signature[..^1] : signature, isForced: false);
        return offer.ToJsonString();
    }
}

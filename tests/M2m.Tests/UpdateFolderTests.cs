using M2m.Tests.Harness;
using M2m.Updates;

namespace M2m.Tests;

[TestClass]
public class UpdateFolderTests
{
    [TestMethod]
    public async Task Newest_release_is_announced_and_withdrawn()
    {
        await using ITestBroker broker = await Brokers.StartAsync(Brokers.Mosquitto);
        using var releases = new Releases();
        releases.Add("0.2.0");
        string newest = releases.Add("0.10.0");
        await using Tool server = Tool.Start(broker, "update", "serve", releases.Folder, "--announce");
        await server.WaitForAsync("esp32-devkitc 0.10.0 is announced");
        byte[] text = await File.ReadAllBytesAsync(newest);
        Assert.AreEqual(0, (await Tool.RunAsync(broker, "update", "inspect", newest, "--key", releases.PublicKey)).ExitCode);
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        byte[] offer = [];
        device.Other = (_, payload) => offer = payload;
        await device.SubscribeAsync("m2m/update/esp32-devkitc/manifest");
        await Wait.ForAsync(() => offer.Length > 0, () => "no offer");
        CollectionAssert.AreEqual(Offer.Payload(text, Releases.Key.Sign(text)), offer);
        await server.InterruptAsync();
        await server.EndAsync();

        // An older one does not take its place.
        File.Delete(newest);
        await using Tool older = Tool.Start(broker, "update", "serve", releases.Folder, "--announce");
        await Wait.ForAsync(() => older.Error.Contains("esp32-devkitc 0.2.0 is not announced: 0.10.0, which is newer, is offered", StringComparison.Ordinal), () => older.Error);
        await older.InterruptAsync();
        await older.EndAsync();
        Ran withdrawn = await Tool.RunAsync(broker, "update", "withdraw", "esp32-devkitc", "--json");
        Assert.AreEqual("""{"board":"esp32-devkitc","withdrawn":true,"version":"0.10.0"}""" + "\n", withdrawn.Out);
        Ran again = await Tool.RunAsync(broker, "update", "withdraw", "esp32-devkitc");
        StringAssert.Contains(again.Error, "the topic of esp32-devkitc is cleared");
        Assert.AreEqual(2, (await Tool.RunAsync(broker, "update", "withdraw", "../x")).ExitCode);
    }

    [TestMethod]
    public async Task Offer_that_is_larger_than_the_client_takes_is_cleared()
    {
        const string Topic = "m2m/update/esp32-devkitc/manifest";
        await using ITestBroker broker = await Brokers.StartAsync(Brokers.Mosquitto);
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        int? length = null;
        device.Other = (_, payload) => length = payload.Length;
        await device.SubscribeAsync(Topic);
        await device.PublishToAsync(Topic, new string('x', 200_000), retain: true);
        await Wait.ForAsync(() => length == 200_000, () => $"{length}");
        Ran ran = await Tool.RunAsync(broker, "update", "withdraw", "esp32-devkitc");
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        StringAssert.Contains(ran.Error, "the topic of esp32-devkitc is cleared");
        await Wait.ForAsync(() => length == 0, () => $"{length}");
    }

    [TestMethod]
    public async Task Directory_that_is_not_there_is_told()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        Ran ran = await Tool.RunAsync(broker, "update", "serve", "/nowhere");
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Error, "there is neither a directory nor a manifest /nowhere");
    }

    [TestMethod]
    public async Task Broken_and_unsigned_releases_are_told_and_new_ones_noticed()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        using var releases = new Releases();
        releases.Add("0.2.0");
        releases.Add("0.3.0", isSigned: false);
        Releases.Damage(releases.At("esp32-devkitc-0.2.0.bundle"));
        await File.WriteAllTextAsync(releases.At("notes.json"), "{}");
        await using Tool server = Tool.Start(broker, "update", "serve", releases.Folder);
        await server.WaitForAsync("ready");
        releases.Add("0.4.0");
        await server.WaitForAsync("serving esp32-devkitc 0.4.0 (5 blocks)");
        File.Delete(releases.At("esp32-devkitc-0.4.0.json"));
        await server.WaitForAsync("esp32-devkitc 0.4.0 is gone");
        await server.InterruptAsync();
        Ran ran = await server.EndAsync();
        StringAssert.Matches(ran.Error, new(@"NOT SERVED: .*esp32-devkitc-0\.2\.0\.json: .* is not what the manifest says: block 4 of 5 differs"));
        StringAssert.Matches(ran.Error, new(@"NOT SERVED: .*notes\.json: this is not a manifest"));
        StringAssert.Contains(ran.Error, "esp32-devkitc 0.3.0 (5 blocks, NOT SIGNED: devices refuse it)");
    }
}

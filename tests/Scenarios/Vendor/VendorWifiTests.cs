using Boards.NativeSim.World;
using nanoFramework.Networking;

namespace Scenarios.Vendor;

/// <summary>The native buffers of the network's configuration.</summary>
[TestClass]
public sealed class VendorWifiTests
{
    private const string Key = "a password";

    [TestMethod]
    [DataRow(31, true)]
    [DataRow(32, false)]
    public void Name_that_does_not_fit_leaves_the_old_network_in_force(int bytes, bool fits)
    {
        SimulatedChip chip = Join("before", Key);
        string name = new('n', bytes);
        Join(chip, name, Key);
        Assert.AreEqual(fits ? name : "before", chip.Radio.Stored!.Ssid);
    }

    [TestMethod]
    [DataRow(63, true)]
    [DataRow(64, false)]
    public void Password_that_does_not_fit_leaves_the_old_one_in_force(int bytes, bool fits)
    {
        SimulatedChip chip = Join("before", Key);
        string key = new('k', bytes);
        Join(chip, "after", key);
        Assert.AreEqual("after " + (fits ? key : Key), chip.Radio.Stored!.Ssid + " " + chip.Radio.Stored.Password);
    }

    private static SimulatedChip Join(string name, string key)
    {
        var chip = new SimulatedChip(1, new RealTime());
        chip.Radio.InstantJoin = true;
        Join(chip, name, key);
        return chip;
    }

    private static void Join(SimulatedChip chip, string name, string key)
    {
        using IDisposable _ = chip.Enter();
        chip.Radio.Leave();
        WifiNetworkHelper.Reset();
        WifiNetworkHelper.ConnectDhcp(name, key);
    }
}

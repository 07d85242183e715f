extern alias emulation;

using Boards.Esp32;
using Boards.NativeSim.World;
using emulation::System.Net.NetworkInformation;
using NetworkInterface = emulation::System.Net.NetworkInformation.NetworkInterface;
using NetworkInterfaceType = emulation::System.Net.NetworkInformation.NetworkInterfaceType;

namespace Scenarios.Vendor;

/// <summary>The soft access point as the platform has it: what is stored counts when Wi-Fi starts.</summary>
[TestClass]
public sealed class VendorAccessPointTests
{
    [TestMethod]
    public void What_is_stored_counts_from_the_next_start_on()
    {
        SimulatedChip chip = Chip();
        using IDisposable entered = chip.Enter();
        SoftAccessPoint port = new(null, null);
        Assert.IsTrue(port.Store("esp32-000001"));
        Assert.IsFalse(port.IsOn);
        chip.PowerOn(WakeCause.Restart);
        Assert.IsTrue(port.IsOn);
        Assert.AreEqual("esp32-000001", chip.Radio.SoftAccessPoint.Name);
        Assert.IsTrue(port.Store(null));
        Assert.IsTrue(port.IsOn || chip.Radio.SoftAccessPoint.IsOn, "it closes at once");
        chip.PowerOn(WakeCause.Restart);
        Assert.IsFalse(port.IsOn);
        Assert.IsNull(chip.Radio.SoftAccessPoint.Name);
    }

    [TestMethod]
    public void Station_that_is_disabled_takes_the_access_point_along()
    {
        SimulatedChip chip = Chip();
        using IDisposable entered = chip.Enter();
        SoftAccessPoint port = new(null, null);
        port.Store("esp32-000001");
        Wireless80211Configuration station = Wireless80211Configuration.GetAllWireless80211Configurations()[0];
        station.Options = Wireless80211Configuration.ConfigurationOptions.None;
        station.SaveConfiguration();
        chip.PowerOn(WakeCause.Restart);
        Assert.IsFalse(port.IsOn);
        Assert.IsFalse(port.Scan());

        // The port enables it with what it stores.
        port.Store("esp32-000001");
        chip.PowerOn(WakeCause.Restart);
        Assert.IsTrue(port.IsOn);
    }

    [TestMethod]
    public void Address_is_stored_although_a_closed_access_point_refuses_to_use_it()
    {
        SimulatedChip chip = Chip();
        using IDisposable entered = chip.Enter();
        NetworkInterface own = NetworkInterface.GetAllNetworkInterfaces()[1];
        Assert.AreEqual(NetworkInterfaceType.WirelessAP, own.NetworkInterfaceType);
        Assert.ThrowsExactly<NotSupportedException>(() => own.EnableStaticIPv4("192.168.4.1", "255.255.255.0", "192.168.4.1"));
        Assert.AreEqual("192.168.4.1", chip.Radio.SoftAccessPoint.StoredAddress);
    }

    [TestMethod]
    public void Erased_network_leaves_the_station_enabled()
    {
        SimulatedChip chip = Chip();
        using IDisposable entered = chip.Enter();
        SoftAccessPoint port = new(null, null);
        chip.Radio.Keep(new AccessPoint("home", "password"));
        Assert.IsTrue(port.KnowsNetwork);
        Assert.IsTrue(new WifiStation(null).Forget());
        Assert.IsFalse(port.KnowsNetwork);
        port.Store("esp32-000001");
        chip.PowerOn(WakeCause.Restart);
        Assert.IsTrue(port.IsOn);
    }

    private static SimulatedChip Chip()
    {
        var chip = new SimulatedChip(1, new VirtualTime());
        chip.PowerOn(WakeCause.PowerOn);
        return chip;
    }
}

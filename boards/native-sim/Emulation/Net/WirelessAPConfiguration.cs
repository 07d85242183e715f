using Boards.NativeSim.Emulation.Wifi;
using Boards.NativeSim.World;

namespace System.Net.NetworkInformation;

/// <summary>What the chip keeps of its soft access point. Saving stores it alone: it is read when Wi-Fi starts.</summary>
public class WirelessAPConfiguration
{
    private readonly SimulatedChip _chip = SimulatedChip.Current;
    private string? _ssid;

    public WirelessAPConfiguration(uint id)
    {
        Id = id;
        Options = _chip.Radio.SoftAccessPoint.StoredName is null ? ConfigurationOptions.None : ConfigurationOptions.AutoStart;
    }

    public uint Id { get; }

    public AuthenticationType Authentication { get; set; } = AuthenticationType.WPA2;

    public EncryptionType Encryption { get; set; } = EncryptionType.WPA2;

    public RadioType Radio { get; set; } = RadioType._802_11n;

    public string Password { get; set; } = string.Empty;

    public string Ssid
    {
        get => _ssid ?? _chip.Radio.SoftAccessPoint.StoredName ?? string.Empty;
        set => _ssid = NativeText.Fit(value, NativeText.SsidBytes, Ssid);
    }

    public ConfigurationOptions Options { get; set; }

    public byte Channel { get; set; } = 11;

    public byte MaxConnections { get; set; } = 1;

    public static WirelessAPConfiguration[] GetAllWirelessAPConfigurations() => [new WirelessAPConfiguration(0)];

    public void SaveConfiguration()
    {
        if (_chip.Radio.SoftAccessPoint.CannotStore)
        {
            throw new InvalidOperationException();
        }

        _chip.Radio.SoftAccessPoint.StoredName = (Options & ConfigurationOptions.Enable) != 0 && Ssid.Length > 0 ? Ssid : null;
    }

    [Flags]
    public enum ConfigurationOptions : byte
    {
        None = 0,
        Disable = 1,
        Enable = 2,
        AutoStart = 6,
        HiddenSSID = 8,
    }
}

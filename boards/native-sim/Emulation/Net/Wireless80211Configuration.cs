using Boards.NativeSim.Emulation.Wifi;
using Boards.NativeSim.World;

namespace System.Net.NetworkInformation;

/// <summary>What the chip keeps of the network it joins by itself.</summary>
public class Wireless80211Configuration
{
    private readonly SimulatedChip _chip = SimulatedChip.Current;
    private string? _ssid;
    private string? _password;
    private ConfigurationOptions? _options;

    public Wireless80211Configuration(uint id) => Id = id;

    public uint Id { get; }

    public string Ssid
    {
        get => _ssid ?? _chip.Radio.Stored?.Ssid ?? string.Empty;
        set => _ssid = NativeText.Fit(value, NativeText.SsidBytes, Ssid);
    }

    public string Password
    {
        get => _password ?? _chip.Radio.Stored?.Password ?? string.Empty;
        set => _password = NativeText.Fit(value, NativeText.PasswordBytes, Password);
    }

    public AuthenticationType Authentication { get; set; } = AuthenticationType.WPA2;

    public EncryptionType Encryption { get; set; } = EncryptionType.WPA2;

    public RadioType Radio { get; set; } = RadioType._802_11n;

    public ConfigurationOptions Options
    {
        get => _options ?? (_chip.Radio.SoftAccessPoint.StoresStation ? ConfigurationOptions.AutoConnect : ConfigurationOptions.None);
        set => _options = value;
    }

    public static Wireless80211Configuration[] GetAllWireless80211Configurations() => [new Wireless80211Configuration(0)];

    public void SaveConfiguration()
    {
        _chip.Radio.SoftAccessPoint.StoresStation = (Options & ConfigurationOptions.Enable) != 0;
        if (_ssid is not null || _password is not null)
        {
            _chip.Radio.Keep(new AccessPoint(Ssid, Password));
        }
    }

    [Flags]
    public enum ConfigurationOptions : byte
    {
        None = 0,
        Disable = 1,
        Enable = 2,
        AutoConnect = 6,
        SmartConfig = 10,
    }
}

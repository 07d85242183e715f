namespace Boards.NativeSim.World;

/// <summary>A Wi-Fi access point within sight of a chip.</summary>
/// <param name="Ssid">Its name.</param>
/// <param name="Password">Its password; empty for an open one.</param>
/// <param name="RssiDbm">Signal strength at the chip, in dBm.</param>
/// <param name="IsHidden">It does not tell its name: a scan does not find it, who knows it joins it.</param>
public sealed record AccessPoint(string Ssid, string Password = "", int RssiDbm = -58, bool IsHidden = false);

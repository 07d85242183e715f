namespace TestBrokers;

/// <summary>A CONNECT as it came.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="Version">4 for 3.1.1, 5 for 5.</param>
/// <param name="Flags">The connect flags.</param>
/// <param name="KeepAliveSeconds">0 for none.</param>
/// <param name="Properties">Those of MQTT 5, without their length.</param>
public sealed record ScriptedConnect(string ClientId, byte Version, byte Flags, int KeepAliveSeconds, byte[] Properties)
{
    public bool IsClean => (Flags & 2) != 0;

    public bool RetainsWill => (Flags & 32) != 0;
}

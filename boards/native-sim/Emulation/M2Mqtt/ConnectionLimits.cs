namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>Limits of a connection.</summary>
/// <param name="KeepAliveMs">0 for none.</param>
/// <param name="RetryMs">When an unanswered packet is sent again.</param>
/// <param name="Attempts">How often a packet is sent before it has failed.</param>
/// <param name="MaximumPacketBytes">The Maximum Packet Size that CONNECT announced; 0 for none.</param>
internal sealed record ConnectionLimits(
    long KeepAliveMs,
    int RetryMs,
    int Attempts,
    uint MaximumPacketBytes);

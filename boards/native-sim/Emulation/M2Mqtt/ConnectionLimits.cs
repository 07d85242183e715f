namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>What a connection keeps to.</summary>
/// <param name="KeepAliveMs">0 for none.</param>
/// <param name="RetryMs">When an unanswered packet is sent again.</param>
/// <param name="Attempts">How often a packet is sent before it has failed.</param>
/// <param name="MaximumPacketBytes">What the broker was told; 0 for nothing.</param>
internal sealed record ConnectionLimits(
    long KeepAliveMs,
    int RetryMs,
    int Attempts,
    uint MaximumPacketBytes);

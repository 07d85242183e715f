namespace M2m.Client.Mqtt;

/// <summary>A message from the broker.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Payload">Its payload, at most <see cref="BrokerConnection.MaxPayload"/> bytes.</param>
/// <param name="IsRetained">Whether the broker had kept it.</param>
public sealed record Message(string Topic, byte[] Payload, bool IsRetained);

namespace M2m.Client.Mqtt;

public sealed record Message(string Topic, byte[] Payload, bool IsRetained);

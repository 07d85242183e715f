namespace TestBrokers;

/// <summary>A PUBLISH as it came.</summary>
public sealed record ScriptedPublish(string ClientId, string Topic, byte[] Payload, int Id, int QoS, bool IsRetained, bool IsRepeated);

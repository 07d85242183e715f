using System.Text.Json;
using M2m.Client.Devices;
using M2m.Client.Mqtt;

namespace M2m.Devices;

/// <summary>Finds the topics under which a broker retains messages of a device: its own, and its discovery for Home Assistant.</summary>
internal sealed class RetainedOfDevice(Topics topics, string device)
{
    private const int MaxTopics = 10_000;
    private const string ConfigLevel = "/config";
    private const string HomeAssistantBase = "~";

    private readonly Lock _gate = new();
    private readonly SortedSet<string> _found = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Found
    {
        get
        {
            lock (_gate)
            {
                return [.. _found];
            }
        }
    }

    public static bool IsDiscovery(string topic) => topic.EndsWith(ConfigLevel, StringComparison.Ordinal);

    /// <summary>The exact topic is for brokers that deliver nothing retained to wildcards. A discovery prefix has one or two levels.</summary>
    public IReadOnlyList<string> Filters() =>
    [
        topics.Of(device, Topics.StatusLevel), topics.Of(device, "#"),
        $"+/+/{device}{ConfigLevel}", $"+/+/{device}/+{ConfigLevel}", $"+/+/+/{device}{ConfigLevel}", $"+/+/+/{device}/+{ConfigLevel}",
    ];

    public void Take(Message message)
    {
        bool isOwn = topics.TryRead(message.Topic, out string of, out _) && of == device;
        if (!message.IsRetained || message.Payload.Length == 0 || (!isOwn && !(IsDiscovery(message.Topic) && IsDiscoveryOf(message.Payload))))
        {
            return;
        }

        lock (_gate)
        {
            if (_found.Count < MaxTopics)
            {
                _found.Add(message.Topic);
            }
        }
    }

    // Another device may have the same id under another prefix: one of the topics in the message says whose it is.
    private bool IsDiscoveryOf(byte[] payload) =>
        Json.TryParse(payload, out JsonElement config) && config.ValueKind == JsonValueKind.Object && config.EnumerateObject().Any(IsOwnTopic);

    private bool IsOwnTopic(JsonProperty member)
    {
        string own = topics.Of(device, string.Empty);
        bool isTopic = member.Name == HomeAssistantBase || member.Name.EndsWith("_t", StringComparison.Ordinal) || member.Name.EndsWith("_topic", StringComparison.Ordinal);
        return isTopic && member.Value.ValueKind == JsonValueKind.String && (member.Value.GetString() + "/").StartsWith(own, StringComparison.Ordinal);
    }
}

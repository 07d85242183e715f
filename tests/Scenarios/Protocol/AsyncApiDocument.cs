using System.Text.Json.Nodes;
using Firmware;
using Firmware.Messaging;
using static Scenarios.Protocol.Shape;

namespace Scenarios.Protocol;

/// <summary>Makes the document from what a device says of itself, from the code, and from the shapes described by hand.</summary>
internal sealed class AsyncApiDocument
{
    private const string Discovery = "{discovery}/";

    private readonly DeviceFacts _facts;
    private readonly MessageShape[] _requests;
    private readonly MessageShape[] _responses;
    private readonly Channel[] _channels;

    private AsyncApiDocument(DeviceFacts facts)
    {
        _facts = facts;
        _requests = [.. RequestShapes.Requests(facts.Methods)];
        _responses = [.. RequestShapes.Responses(facts.Methods)];
        _channels = Channels();
        CompareTopics();
    }

    /// <exception cref="InvalidOperationException">The device has something that is not described, or the reverse.</exception>
    public static JsonObject Of(DeviceFacts facts) => new AsyncApiDocument(facts).ToJson();

    private Channel[] Channels()
    {
        var topics = new Topics("{prefix}", "{device}", ["{group}"]);
        MessageShape[] reads = [.. _requests.Where(message => _facts.Reads.Contains(message.Name[..^RequestShapes.RequestSuffix.Length]))];
        MessageShape[] events = [.. EventShapes.All.Select(e => new MessageShape("event." + e.Type, e.Summary, e.Shape))];
        return
        [
            new("status", topics.Status, "Presence; also the will.", [.. MessageShapes.Presence(_facts.StatusMembers), new MessageShape("presence.cleared", "The empty message with which an operator clears the presence of a device that is gone from here.", null)]) { IsSent = true, IsRetained = true },
            new("telemetry", topics.Telemetry, "Readings.", [.. MessageShapes.Telemetry]) { IsSent = true },
            new("event", topics.Event, "Events.", events) { IsSent = true },
            new("log", topics.Log, "Lines of the log.", [MessageShapes.Log]) { IsSent = true },
            new("ping", topics.Ping, "From the device to itself.", [MessageShapes.Ping]) { IsSent = true, IsReceived = true },
            new("request", topics.Requests[0], "Requests to the device.", _requests) { IsReceived = true },
            new("groupRequest", topics.Requests[2], "Requests to each member of a group.", _requests) { IsReceived = true },
            new("query", topics.Requests[3], "Requests to the device that only read.", reads) { IsReceived = true },
            new("groupQuery", topics.Requests[5], "Requests to each member of a group that only read.", reads) { IsReceived = true },
            new("response", topics.Response("{client}"), "Responses to one client.", _responses) { IsSent = true },
            new("updateGet", topics.Own + "update/get", "Requests for blocks of an update.", [MessageShapes.Get]) { IsSent = true, Qos = 0 },
            new("updateBlock", topics.Own + "update/block/{version}/{block}", "Blocks of an update.", [MessageShapes.Block]) { IsReceived = true, Qos = 0 },
            new("updateManifest", topics.Prefix + "/update/{board}/manifest", "Offers of updates.", [.. MessageShapes.Offer]) { IsReceived = true, IsRetained = true },
            Entity("sensor", MessageShapes.ChannelEntity, MessageShapes.HealthEntity, MessageShapes.ChildSensor),
            Entity("switch", MessageShapes.SwitchEntity, MessageShapes.ChildSwitch),
            Entity("number", MessageShapes.NumberEntity, MessageShapes.ChildNumber),
            Entity("binary_sensor", MessageShapes.ConnectionEntity, MessageShapes.ContactEntity),
            Entity("event", MessageShapes.AlarmEntity),
            Entity("button", MessageShapes.ButtonEntity),
            Entity("update", MessageShapes.FirmwareEntity),
            Entity("device_automation", MessageShapes.Trigger),
        ];
    }

    private static Channel Entity(string component, params MessageShape[] messages) => new(
        "discovery." + component,
        $"{Discovery}{component}/{{device}}/{{name}}/config",
        "Discovery by Home Assistant, with homeassistant.enabled.",
        [.. messages, MessageShapes.Removal])
    {
        IsSent = true,
        IsRetained = true,
    };

    // What the device receives is what it subscribes to; its own telemetry only until the first pack has come back.
    private void CompareTopics()
    {
        IEnumerable<string> described = _channels.Where(channel => channel.IsReceived).Select(channel => channel.Address
            .Replace("{prefix}", DeviceFacts.Prefix, StringComparison.Ordinal)
            .Replace("{device}", _facts.DeviceId, StringComparison.Ordinal)
            .Replace("{board}", DeviceFacts.Board, StringComparison.Ordinal)
            .Replace("{group}", DeviceFacts.Group, StringComparison.Ordinal)
            .Replace("{version}/{block}", "+/+", StringComparison.Ordinal))
            .Append(DeviceFacts.Prefix + "/group/all/request")
            .Append(DeviceFacts.Prefix + "/group/all/query")
            .Append($"{DeviceFacts.Prefix}/{_facts.DeviceId}/telemetry");
        if (!_facts.Filters.SetEquals(described))
        {
            throw new InvalidOperationException(
                $"AsyncApiDocument and the device differ in subscriptions: {string.Join(", ", _facts.Filters)} and {string.Join(", ", described)}");
        }
    }

    private JsonObject ToJson() => new()
    {
        ["asyncapi"] = "3.0.0",
        ["info"] = new JsonObject
        {
            ["title"] = "m2m device",
            ["version"] = FirmwareVersion.Text,
            ["description"] = "Generated from the code by tests/Scenarios/Protocol: do not edit. protocol.md explains it. A later version may add members: ignore unknown ones.",
        },
        ["defaultContentType"] = "application/json",
        ["servers"] = new JsonObject { ["broker"] = Server() },
        ["channels"] = Named(_channels.Select(channel => (channel.Key, channel.ToJson()))),
        ["operations"] = Named([.. Sent(), .. Received(), .. Methods()]),
        ["components"] = new JsonObject
        {
            ["parameters"] = Named(Channel.Parameters.Select(parameter => (parameter.Key, new JsonObject { ["description"] = parameter.Value }))),
            ["messages"] = Named(_channels.SelectMany(channel => channel.Messages).DistinctBy(message => message.Name).Select(message => (message.Name, Message(message)))),
            ["schemas"] = Named(
            [
                .. DataShapes.All,
                ("info", MessageShapes.Info(_facts.InfoMembers, _facts.Counters)),
                .. SettingShapes.All(_facts.Settings),
            ]),
        },
    };

    private JsonObject Server()
    {
        JsonObject broker = _facts.Settings.Single(setting => setting["name"]!.GetValue<string>() == "broker");
        JsonNode first = broker["default"]![0]!;
        return new JsonObject
        {
            ["host"] = "{host}:{port}",
            ["protocol"] = "mqtt",
            ["description"] = "The broker of the setting broker.",
            ["variables"] = new JsonObject
            {
                ["host"] = new JsonObject { ["default"] = first["host"]!.GetValue<string>() },
                ["port"] = new JsonObject { ["default"] = first["port"]!.ToJsonString() },
            },
        };
    }

    private IEnumerable<(string Key, JsonObject Operation)> Sent() => _channels.Where(channel => channel.IsSent && channel.Key != "response")
        .Select(channel => ("send." + channel.Key, channel.Operation("send", channel.Summary, channel.Messages)));

    private IEnumerable<(string Key, JsonObject Operation)> Received() => _channels.Where(channel => channel.IsReceived && channel.Key != "request")
        .Select(channel =>
        {
            JsonObject operation = channel.Operation("receive", channel.Summary, channel.Messages);
            return ("receive." + channel.Key, Channel.RequestKeys.Contains(channel.Key) ? WithReply(operation, ResponsesOn(channel)) : operation);
        });

    private IEnumerable<MessageShape> ResponsesOn(Channel channel)
    {
        string[] methods = [.. channel.Messages.Select(message => message.Name[..^RequestShapes.RequestSuffix.Length])];
        return _responses.Where(message => message.Name == RequestShapes.Error || methods.Contains(message.Name[..^RequestShapes.ResponseSuffix.Length]));
    }

    private IEnumerable<(string Key, JsonObject Operation)> Methods() => _facts.Methods.Select(method =>
    {
        Channel channel = _channels.Single(channel => channel.Key == "request");
        MessageShape request = _requests.Single(message => message.Name == method.Key + RequestShapes.RequestSuffix);
        JsonObject operation = channel.Operation("receive", request.Summary, [request]);
        return (method.Key, WithReply(operation, _responses.Where(message => message.Name == RequestShapes.Error || message.Name == method.Key + RequestShapes.ResponseSuffix)));
    });

    private JsonObject WithReply(JsonObject operation, IEnumerable<MessageShape> responses)
    {
        Channel channel = _channels.Single(channel => channel.Key == "response");
        operation["reply"] = new JsonObject { ["channel"] = Link(channel.Pointer), ["messages"] = channel.LinksTo(responses) };
        return operation;
    }

    private static JsonObject Message(MessageShape message)
    {
        var json = new JsonObject { ["summary"] = message.Summary, ["contentType"] = message.ContentType };
        if (message.Payload is not null)
        {
            json["payload"] = message.Payload;
        }

        return json;
    }

    private static JsonObject Named(IEnumerable<(string Name, JsonObject Value)> members) =>
        new(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Value)));
}

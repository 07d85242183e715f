using System.Text.Json.Nodes;
using M2m.Client.Mqtt;

namespace M2m.Client.Devices;

/// <summary>
/// Finds devices at a broker that delivers no retained message to a wildcard (RabbitMQ): the group of all devices answers
/// a ping, and the status of each that answers is delivered to its exact topic.
/// </summary>
public static class GroupSearch
{
    private const string AllDevices = "all";
    private const int SpreadSeconds = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The statuses arrive at <see cref="BrokerConnection.Arrived"/>. Finds only devices that are online.</summary>
    public static async Task RunAsync(BrokerConnection broker, Topics topics, CancellationToken cancel)
    {
        var statuses = new List<string>();
        using var client = new RequestClient(broker, topics);
        await foreach (Response answer in client.RequestGroupAsync(AllDevices, "ping", new JsonObject { ["spread"] = SpreadSeconds }, isQuery: true, Patience, cancel).ConfigureAwait(false))
        {
            if (statuses.Count < PresenceList.MaxDevices)
            {
                statuses.Add(topics.Of(answer.Device, Topics.StatusLevel));
            }
        }

        if (statuses.Count > 0)
        {
            await broker.SubscribeAsync(statuses, cancel).ConfigureAwait(false);
            await broker.SettleAsync(() => false, cancel).ConfigureAwait(false);

            // The wildcard covers what comes from now on; a broker may deliver to each subscription.
            await broker.UnsubscribeAsync(statuses, cancel).ConfigureAwait(false);
        }
    }
}

using System.Collections.Concurrent;
using M2m.Client.Mqtt;

namespace M2m.Client.Devices;

/// <summary>The devices that have published a status under a prefix.</summary>
public sealed class PresenceList : IDisposable
{
    public const int MaxDevices = 10_000;

    private readonly BrokerConnection? _broker;
    private readonly Topics _topics;
    private readonly ConcurrentDictionary<string, Presence> _devices = new();

    public PresenceList(BrokerConnection broker, Topics topics)
    {
        _broker = broker;
        _topics = topics;
        broker.Arrived += Take;
    }

    public PresenceList(Topics topics)
    {
        _topics = topics;
    }

    public IReadOnlyList<Presence> All => [.. _devices.Values.OrderBy(device => device.Id, StringComparer.Ordinal)];

    public Presence? Of(string id) => _devices.GetValueOrDefault(id);

    /// <summary>Waits for the retained status of a device, or of all. Where no retained status arrives for all, the devices that are online are asked.</summary>
    public async Task LookAsync(string device, CancellationToken cancel)
    {
        await _broker!.SubscribeAsync([_topics.Of(device, Topics.StatusLevel)], cancel).ConfigureAwait(false);
        await _broker.SettleAsync(() => device != Topics.Any && Of(device) is not null, cancel).ConfigureAwait(false);
        if (device == Topics.Any && _devices.IsEmpty)
        {
            await GroupSearch.RunAsync(_broker, _topics, cancel).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        if (_broker is not null)
        {
            _broker.Arrived -= Take;
        }
    }

    public void Take(Message message)
    {
        if (!_topics.TryRead(message.Topic, out string id, out string level) || level != Topics.StatusLevel)
        {
            return;
        }

        if (Presence.Read(id, message.Payload) is not { } presence)
        {
            if (message.Payload.Length == 0)
            {
                _devices.TryRemove(id, out _);
            }

            return;
        }

        if (_devices.ContainsKey(id) || _devices.Count < MaxDevices)
        {
            _devices[id] = presence;
        }
    }
}

using System.Collections.Concurrent;
using M2m.Client.Mqtt;

namespace M2m.Client.Devices;

/// <summary>The devices that have announced themselves under a prefix.</summary>
public sealed class PresenceList : IDisposable
{
    /// <summary>No more devices than this are kept, whatever comes.</summary>
    public const int MaxDevices = 10_000;

    private readonly BrokerConnection? _broker;
    private readonly Topics _topics;
    private readonly ConcurrentDictionary<string, Presence> _devices = new();

    /// <summary>Begins to listen; <see cref="LookAsync"/> subscribes.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="topics">The topics.</param>
    public PresenceList(BrokerConnection broker, Topics topics)
    {
        _broker = broker;
        _topics = topics;
        broker.Arrived += Take;
    }

    /// <summary>Listens to nothing: it is given what came.</summary>
    /// <param name="topics">The topics.</param>
    public PresenceList(Topics topics)
    {
        _topics = topics;
    }

    /// <summary>The devices, by id.</summary>
    public IReadOnlyList<Presence> All => [.. _devices.Values.OrderBy(device => device.Id, StringComparer.Ordinal)];

    /// <summary>A device.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>Null when it has not announced itself.</returns>
    public Presence? Of(string id) => _devices.GetValueOrDefault(id);

    /// <summary>Asks the broker for what it kept of a device, or of all.</summary>
    /// <param name="device">Its id, or <see cref="Topics.Any"/>.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>A task done when all has come.</returns>
    public async Task LookAsync(string device, CancellationToken cancel)
    {
        await _broker!.SubscribeAsync([_topics.Of(device, Topics.StatusLevel)], cancel).ConfigureAwait(false);
        await _broker.SettleAsync(() => device != Topics.Any && Of(device) is not null, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_broker is not null)
        {
            _broker.Arrived -= Take;
        }
    }

    /// <summary>Takes a message.</summary>
    /// <param name="message">Any message.</param>
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

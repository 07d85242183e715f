using M2m.Client.Devices;
using M2m.Client.Telemetry;

namespace M2m.Client.View;

/// <summary>What the live view shows; bounded, however long it runs. Lock <see cref="Gate"/> around each use.</summary>
public sealed class LiveModel
{
    private const int MaxKept = 100;

    // Those of a gateway with 16 children of 16 registers, and its own.
    private const int MaxChannels = 320;

    private readonly SortedDictionary<string, DeviceRow> _devices = new(StringComparer.Ordinal);
    private readonly LinkedList<RequestRow> _requests = new();
    private readonly LinkedList<LiveEvent> _events = new();

    public Lock Gate { get; } = new();

    public IReadOnlyCollection<DeviceRow> Devices => _devices.Values;

    /// <summary>Newest first.</summary>
    public IReadOnlyCollection<RequestRow> Requests => _requests;

    /// <summary>Newest first.</summary>
    public IReadOnlyCollection<LiveEvent> Events => _events;

    /// <summary>Returns null when there are too many devices.</summary>
    public DeviceRow? Row(string device)
    {
        if (!_devices.TryGetValue(device, out DeviceRow? row) && _devices.Count < PresenceList.MaxDevices)
        {
            row = new DeviceRow(device);
            _devices.Add(device, row);
        }

        return row;
    }

    public void Add(LiveEvent happened) => Keep(_events, happened);

    public void Apply(DeviceMessage message)
    {
        Notice(message);
        if (message.Presence is { } presence && Row(message.Device) is { } present)
        {
            present.Presence = presence;
            present.SignalDbm = presence.Signal ?? present.SignalDbm;
            present.Children.Apply(presence, message.Time);
            if (!message.IsRetained)
            {
                present.SharedId.Apply(presence, message.Time);
            }
        }

        if (message.Telemetry is { } telemetry && Row(message.Device) is { } row)
        {
            ApplyTelemetry(row, telemetry);
        }
        else if (message.Request is { } request)
        {
            Keep(_requests, new RequestRow(message.Time, message.Device, request));
        }
        else if (message.Response is { } response)
        {
            ApplyResponse(message, response);
        }
        else if (message.Telemetry is null && !(message.Presence is not null && message.IsRetained))
        {
            Add(new LiveEvent(message.Time, message.Device, message.Describe()));
        }
    }

    // The will is published by the broker.
    private void Notice(DeviceMessage message)
    {
        if (message is { IsRetained: false, Request: null } and not { Presence.State: Presence.Lost } && Row(message.Device) is { } row)
        {
            row.LastSeen = message.Time;
        }
    }

    private static void Keep<T>(LinkedList<T> list, T item)
    {
        list.AddFirst(item);
        if (list.Count > MaxKept)
        {
            list.RemoveLast();
        }
    }

    private static void ApplyTelemetry(DeviceRow row, TelemetryMessage telemetry)
    {
        row.Messages++;
        foreach (Reading reading in telemetry.Readings.Where(reading => row.Readings.ContainsKey(reading.Name) || row.Readings.Count < MaxChannels))
        {
            // After an outage old readings arrive, oldest first.
            if (!row.Readings.TryGetValue(reading.Name, out Reading? known) || known.Time <= reading.Time)
            {
                row.Readings[reading.Name] = reading;
            }
        }
    }

    private void ApplyResponse(DeviceMessage message, Response response)
    {
        string client = message.Client ?? string.Empty;
        RequestRow? row = _requests.LastOrDefault(candidate => candidate.Matches(response, client));
        if (row is null)
        {
            row = new RequestRow(message.Time, message.Device, new Request(response.Id, client, null));
            Keep(_requests, row);
        }

        row.Response = response;
    }
}

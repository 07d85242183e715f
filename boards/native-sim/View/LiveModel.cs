using Boards.NativeSim.Simulation;

namespace Boards.NativeSim.View;

/// <summary>What the live view shows: bounded, however long the run and however many messages.</summary>
internal sealed class LiveModel
{
    private const int Kept = 100;

    private readonly Dictionary<string, DeviceRow> _byId;
    private readonly LinkedList<RequestRow> _requests = new();
    private readonly LinkedList<SimulationEvent> _events = new();

    /// <summary>Creates the model of a run that has just begun.</summary>
    /// <param name="info">Broker and devices.</param>
    public LiveModel(RunInfo info)
    {
        Info = info;
        Devices = [.. info.DeviceIds.Select(id => new DeviceRow(id))];
        _byId = Devices.ToDictionary(device => device.Id);
    }

    /// <summary>Broker and devices.</summary>
    public RunInfo Info { get; }

    /// <summary>The devices in their order.</summary>
    public IReadOnlyList<DeviceRow> Devices { get; }

    /// <summary>The last requests, newest first.</summary>
    public IReadOnlyCollection<RequestRow> Requests => _requests;

    /// <summary>The last events of devices and troubles of their connections, newest first.</summary>
    public IReadOnlyCollection<SimulationEvent> Events => _events;

    /// <summary>Telemetry packs of all devices.</summary>
    public long Sent { get; private set; }

    /// <summary>Whether the run is about to end.</summary>
    public bool IsLeaving { get; private set; }

    /// <summary>Events that the view missed.</summary>
    public long Dropped { get; set; }

    /// <summary>Takes up what happened.</summary>
    /// <param name="happened">The event.</param>
    public void Apply(SimulationEvent happened)
    {
        IsLeaving |= happened.Type == "leaving";
        if (!_byId.TryGetValue(happened.Device, out DeviceRow? device))
        {
            return;
        }

        switch (happened.Type)
        {
            case "state":
                ApplyState(device, happened);
                break;
            case "telemetry":
                ApplyTelemetry(device, happened);
                break;
            case "request":
                Keep(_requests, new RequestRow(happened.Time, device.Id, RequestText.Read(happened)));
                break;
            case "response":
                ApplyResponse(device, happened);
                break;
            case "event":
                Keep(_events, happened);
                break;
            default:
                break;
        }
    }

    private static void Keep<T>(LinkedList<T> list, T item)
    {
        list.AddFirst(item);
        if (list.Count > Kept)
        {
            list.RemoveLast();
        }
    }

    private void ApplyState(DeviceRow device, SimulationEvent happened)
    {
        device.State = happened.Text ?? string.Empty;
        device.Reason = happened.Reason;
        if (device.State == DeviceRow.BackingOff)
        {
            Keep(_events, happened);
        }
    }

    private void ApplyTelemetry(DeviceRow device, SimulationEvent happened)
    {
        Sent++;
        device.Sent++;
        device.ReadingsAt = happened.Time;
        device.Readings = Payload.Read(happened.Payload, SenmlPackText.Read, null) ?? device.Readings;
    }

    private void ApplyResponse(DeviceRow device, SimulationEvent happened)
    {
        ResponseText response = ResponseText.Read(happened);
        RequestRow? row = _requests.LastOrDefault(candidate => candidate.MayBeAnsweredBy(device.Id, response));
        if (row is null)
        {
            row = new RequestRow(happened.Time, device.Id, new RequestText(response.Id, response.Client, null));
            Keep(_requests, row);
        }

        row.Response = response;
    }
}

using M2m.Client.Devices;
using M2m.Client.View;

namespace M2m.Streams;

/// <summary>Warns of two devices with one id, of each once in 10 minutes.</summary>
internal sealed class SharedIds
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, (SharedId Id, DateTimeOffset NotBefore)> _devices = [];

    public string? Apply(DeviceMessage message)
    {
        if (message is not { Presence: { } presence, IsRetained: false } || (!_devices.ContainsKey(message.Device) && _devices.Count >= PresenceList.MaxDevices))
        {
            return null;
        }

        (SharedId id, DateTimeOffset notBefore) = _devices.TryGetValue(message.Device, out (SharedId, DateTimeOffset) known) ? known : (new SharedId(), DateTimeOffset.MinValue);
        bool isFound = id.Apply(presence, message.Time) && message.Time >= notBefore;
        _devices[message.Device] = (id, isFound ? message.Time + Pause : notBefore);
        return isFound ? $"{message.Device}: {id.Text(message.Time)}" : null;
    }
}

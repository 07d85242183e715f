using M2m.Arguments;
using M2m.Client;
using M2m.Client.Devices;

namespace M2m.Devices;

/// <summary>Explains that a device has no status, by the devices that have one.</summary>
internal static class UnknownDevice
{
    public static async Task<FailedException> LookAsync(string device, PresenceList presences, Invocation invocation)
    {
        await presences.LookAsync(Topics.Any, invocation.Cancel).ConfigureAwait(false);
        return new FailedException(Explain(device, presences, invocation));
    }

    public static string Explain(string device, PresenceList presences, Invocation invocation)
    {
        string[] ids = [.. presences.All.Select(known => known.Id)];
        string others = ids.Length switch
        {
            0 => $"No device has: is the prefix right (--prefix, m2m discover looks under all), and the broker ({invocation.Broker})?",
            1 => $"Only '{ids[0]}' has.",
            _ => $"{ids.Length} devices have: m2m devices lists them.",
        };
        return $"no device '{device}' has published a status under '{invocation.Prefix}'.{(ids.Length == 1 ? string.Empty : Nearest.Question(device, ids))} {others}";
    }
}

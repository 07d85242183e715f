using M2m.Client;
using M2m.Client.Devices;

namespace M2m.Devices;

/// <summary>The device answered with an error where a result was needed.</summary>
internal sealed class DeviceRefusedException(DeviceError error, string message) : FailedException(message)
{
    public DeviceError Error => error;
}

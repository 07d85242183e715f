using M2m.Client;
using M2m.Client.Devices;

namespace M2m.Devices;

/// <summary>The device answered with an error where a result was needed.</summary>
/// <param name="error">The error.</param>
/// <param name="message">What it means, for people.</param>
internal sealed class DeviceRefusedException(DeviceError error, string message) : FailedException(message)
{
    /// <summary>The error.</summary>
    public DeviceError Error => error;
}

using Firmware.Messaging;

namespace Firmware.Tests.Fakes
{
    /// <summary>A <see cref="CountingMethod"/> that must not be carried out twice.</summary>
    public sealed class CountingOnce : CountingMethod, IOnce
    {
    }
}

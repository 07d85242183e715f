using Firmware.Messaging;

namespace Firmware.Tests.Fakes
{
    /// <summary>A <see cref="CountingMethod"/> that says of itself that it only reads.</summary>
    public sealed class CountingQuery : CountingMethod, IQuery
    {
    }
}

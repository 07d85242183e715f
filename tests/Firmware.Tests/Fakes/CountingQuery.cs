using Firmware.Messaging;

namespace Firmware.Tests.Fakes
{
    /// <summary>A <see cref="CountingMethod"/> that only tells something.</summary>
    public sealed class CountingQuery : CountingMethod, IQuery
    {
    }
}

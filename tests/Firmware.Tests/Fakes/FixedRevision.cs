using Firmware.Diagnostics;

namespace Firmware.Tests.Fakes
{
    /// <summary>Settings of revision 5.</summary>
    public sealed class FixedRevision : ISettingsRevision
    {
        public int Revision => 5;
    }
}

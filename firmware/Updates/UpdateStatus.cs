using Firmware.Messaging;

namespace Firmware.Updates
{
    /// <summary><c>update.status</c>, which only reads.</summary>
    internal sealed class UpdateStatus : UpdateMethod, IQuery
    {
        internal UpdateStatus(UpdateModule updates, string name)
            : base(updates, name)
        {
        }
    }
}

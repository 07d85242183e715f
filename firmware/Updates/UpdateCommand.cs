using Firmware.Messaging;

namespace Firmware.Updates
{
    /// <summary>A method of updates that changes their state: carried out twice it fails, or goes back one image too far.</summary>
    internal sealed class UpdateCommand : UpdateMethod, IOnce
    {
        internal UpdateCommand(UpdateModule updates, string name)
            : base(updates, name)
        {
        }
    }
}

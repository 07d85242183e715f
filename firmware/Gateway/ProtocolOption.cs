using Firmware.Platform;
using Firmware.Settings;

namespace Firmware.Gateway
{
    /// <summary>A protocol beside Modbus that a board takes: it hands it to <see cref="GatewayModule"/>.</summary>
    public abstract class ProtocolOption
    {
        /// <summary>Its name in the settings.</summary>
        internal abstract string Name { get; }

        /// <summary>How many members of a child are its own.</summary>
        internal abstract int MemberCount { get; }

        /// <summary>Whether its one member is the layout of the child; if not they are numbers, see <see cref="ChildRule.Own"/>.</summary>
        internal virtual bool HasLayout => false;

        /// <summary>Describes a member of its own.</summary>
        internal abstract Setting Member(int index);

        /// <summary>Creates the protocol of a line with one child.</summary>
        internal abstract SerialProtocol Create(Children children, ISerialPort port);
    }
}

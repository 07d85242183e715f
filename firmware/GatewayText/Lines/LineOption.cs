using Firmware.Gateway;
using Firmware.Platform;
using Firmware.Settings;

namespace Firmware.GatewayText.Lines
{
    /// <summary>Lines of JSON or SenML, see <see cref="LineProtocol"/>.</summary>
    public sealed class LineOption : ProtocolOption
    {
        /// <inheritdoc/>
        internal override string Name => "lines";

        /// <inheritdoc/>
        internal override int MemberCount => 1;

        /// <inheritdoc/>
        internal override bool HasLayout => true;

        /// <inheritdoc/>
        internal override Setting Member(int index) => new RegistersSetting("channels", true);

        /// <inheritdoc/>
        internal override SerialProtocol Create(Children children, ISerialPort port) => new LineProtocol(children, port);
    }
}

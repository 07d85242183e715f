using Firmware.Gateway;
using Firmware.Platform;
using Firmware.Settings;

namespace Firmware.GatewayText.Nmea
{
    /// <summary>Positions of a receiver, see <see cref="NmeaProtocol"/>.</summary>
    public sealed class NmeaOption : ProtocolOption
    {
        /// <summary>Whether fixes set the clock: a number of the child.</summary>
        internal const int SetsClock = ChildRule.Own;

        /// <summary>Metres after which a position is reported; 0 for the interval alone.</summary>
        internal const int Distance = SetsClock + 1;

        /// <inheritdoc/>
        internal override string Name => "nmea";

        /// <inheritdoc/>
        internal override int MemberCount => 2;

        /// <inheritdoc/>
        internal override Setting Member(int index) => index == 0
            ? Setting.Boolean("setsClock", SettingEffect.Restart, false)
            : Setting.Integer("distance", SettingEffect.Restart, 0, PositionFilter.MaxDistance, 0, "m");

        /// <inheritdoc/>
        internal override SerialProtocol Create(Children children, ISerialPort port) => new NmeaProtocol(children, port);
    }
}

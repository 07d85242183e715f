using Boards.Esp32Program;

namespace Boards.NativeSim;

/// <summary>The simulated board: an ESP32-DevKitC with a 1-Wire bus and an RS-485 line, whose transceiver finds the direction by itself.</summary>
internal sealed class WiredBoard : Board
{
    // Both are wired to the data line.
    internal const int OneWireReceive = 16;
    internal const int OneWireTransmit = 17;

    internal const int SerialReceive = 35;
    internal const int SerialTransmit = 23;

    /// <inheritdoc/>
    public override string TakenBy(int pin) => pin is OneWireReceive or OneWireTransmit ? "1-Wire"
        : pin is SerialReceive or SerialTransmit ? "serial line" : base.TakenBy(pin);
}

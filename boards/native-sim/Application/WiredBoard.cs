using Boards.Esp32Program;

namespace Boards.NativeSim;

/// <summary>The simulated board: an ESP32-DevKitC with a 1-Wire bus.</summary>
internal sealed class WiredBoard : Board
{
    // Both are wired to the data line.
    internal const int OneWireReceive = 16;
    internal const int OneWireTransmit = 17;

    /// <inheritdoc/>
    public override string TakenBy(int pin) => pin is OneWireReceive or OneWireTransmit ? "1-Wire" : base.TakenBy(pin);
}

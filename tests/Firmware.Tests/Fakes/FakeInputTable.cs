using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>A chip with digital inputs 0 to 7, of which the board has taken 6, and analog inputs 2 and 3.</summary>
    public sealed class FakeInputTable : PinTable
    {
        public override string Chip => "chip";

        public override int AnalogOffset => 0;

        public override int AnalogRange => 4096;

        public override long Mask(int use) => use == Input ? 0xFF : use == Analog ? 0xC : 0;

        public override string TakenBy(int pin) => pin == 6 ? "I2C" : null;

        public override int AnalogChannel(int pin) => pin;
    }
}

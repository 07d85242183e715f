using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>A chip with outputs 0 to 3, 5, 6 and 48, of which the board has taken 1 and 6; 5 and 6 wake; without 1-Wire.</summary>
    public sealed class FakePinTable : PinTable
    {
        public override string Chip => "chip";

        public override int AnalogOffset => 0;

        public override int AnalogRange => 4096;

        public override long Mask(int use)
        {
            switch (use)
            {
                case Output: return 0x6F | (1L << Last);
                case Wake: return 0x60;
                case Analog: return 1 << 1;
                default: return 0;
            }
        }

        public override string TakenBy(int pin)
        {
            return pin == 1 ? "the flash" : pin == 6 ? "I2C" : null;
        }

        public override int AnalogChannel(int pin) => pin;
    }
}

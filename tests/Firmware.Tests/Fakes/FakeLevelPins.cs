using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>Pins for levels, 0 to 30, that can each be opened once; those above are refused.</summary>
    public sealed class FakeLevelPins : ILevelPins
    {
        private readonly FakeLevelPin[] _pins = new FakeLevelPin[31];

        public ILevelPin Open(int pin, int frequency, int percent, out string refusal)
        {
            refusal = pin >= _pins.Length ? "no PWM at GPIO " + pin : _pins[pin] != null ? "in use" : null;
            if (refusal != null)
            {
                return null;
            }

            _pins[pin] = new FakeLevelPin(frequency, percent);
            return _pins[pin];
        }

        /// <summary>A pin that was opened.</summary>
        public FakeLevelPin At(int pin) => _pins[pin];
    }
}

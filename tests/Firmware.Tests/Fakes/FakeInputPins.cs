using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>Inputs 0 to 30 that can each be opened once, at the levels and voltages that the test says; those above are refused.</summary>
    public sealed class FakeInputPins : IInputPins
    {
        private readonly FakeInputPin[] _pins = new FakeInputPin[31];

        /// <summary>Gets the signals.</summary>
        public ILinkEventSink Sink { get; set; }

        /// <summary>Pins that are high when they are opened: bit n for GPIO n.</summary>
        public int High { get; set; }

        /// <summary>What the ADC gives.</summary>
        public int Millivolts { get; set; }

        /// <summary>The last arguments, with spaces between.</summary>
        public string Arguments { get; private set; }

        public IInputPin Open(int pin, int pull)
        {
            Arguments = pin + " " + pull;
            return OpenOnce(pin, false);
        }

        public IInputPin OpenCounter(int pin, int pull, bool countsFalling, int debounceMs, bool needsLevel)
        {
            Arguments = pin + " " + pull + " " + (countsFalling ? "falling " : "rising ") + debounceMs + (needsLevel ? " level" : string.Empty);
            FakeInputPin opened = OpenOnce(pin, true);
            if (opened != null)
            {
                opened.CountsFalling = countsFalling;
            }

            return opened;
        }

        public int ReadMillivolts(int pin, int samples)
        {
            Arguments = pin + " " + samples;
            return Millivolts;
        }

        /// <summary>A pin that was opened, or null.</summary>
        public FakeInputPin At(int pin) => _pins[pin];

        private FakeInputPin OpenOnce(int pin, bool isCounter)
        {
            if (pin >= _pins.Length || _pins[pin] != null)
            {
                return null;
            }

            _pins[pin] = new FakeInputPin(this, (High & (1 << pin)) != 0, isCounter);
            return _pins[pin];
        }
    }
}

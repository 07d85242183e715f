using System;
using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>Pins 0 to 30 that can each be opened once; those above are refused. Remembers what was driven.</summary>
    public sealed class FakePins : IOutputPins
    {
        private readonly FakePin[] _pins = new FakePin[31];

        /// <summary>Whether Open throws.</summary>
        public bool Throws { get; set; }

        public IOutputPin Open(int pin, bool isHigh)
        {
            if (Throws)
            {
                throw new InvalidOperationException();
            }

            if (pin >= _pins.Length || _pins[pin] != null)
            {
                return null;
            }

            _pins[pin] = new FakePin(isHigh);
            return _pins[pin];
        }

        /// <summary>A pin that was opened.</summary>
        public FakePin At(int pin) => _pins[pin];
    }
}

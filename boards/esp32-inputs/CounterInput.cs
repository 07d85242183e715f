using System.Device.Gpio;
using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>
    /// An input on a counter of the chip (PCNT), which counts while the interpreter does something else; not in deep sleep.
    /// https://docs.espressif.com/projects/esp-idf/en/v5.3/esp32/api-reference/peripherals/pcnt.html
    /// </summary>
    /// <remarks>
    /// The counter has 16 bits. The runtime adds 32767 when it overflows, not in one step with the reading (nf-interpreter,
    /// GpioPulseCounter.cpp): one that falls in between is off by as much. So two readings must agree.
    /// </remarks>
    internal sealed class CounterInput : IInputPin
    {
        private const int MaxReadings = 4;

        // Far more than comes in between two readings, far less than an overflow.
        private const int MaxDifference = 10000;

        private readonly GpioPulseCounter _counter;
        private long _taken;

        internal CounterInput(int pin, bool countsFalling)
        {
            _counter = new GpioPulseCounter(pin) { Polarity = countsFalling ? GpioPulsePolarity.Falling : GpioPulsePolarity.Rising };
            _counter.Start();
        }

        /// <inheritdoc/>
        public bool IsHigh => false;

        /// <inheritdoc/>
        public bool WasHigh => false;

        /// <inheritdoc/>
        public int TakeEdges()
        {
            long count = _counter.Read().Count;
            for (int i = 1; i < MaxReadings; i++)
            {
                long again = _counter.Read().Count;
                if (again >= count && again - count < MaxDifference && again >= _taken)
                {
                    int pulses = (int)(again - _taken);
                    _taken = again;
                    return pulses;
                }

                count = again;
            }

            // What they counted is there the next time.
            return 0;
        }

        /// <inheritdoc/>
        public void Close() => _counter.Stop();
    }
}

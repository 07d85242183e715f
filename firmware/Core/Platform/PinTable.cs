namespace Firmware.Platform
{
    /// <summary>What each GPIO of a board can serve: a bit mask for each use, in code, so that it takes no heap.</summary>
    public abstract class PinTable
    {
        /// <summary>A use: a digital input.</summary>
        public const int Input = 0;

        /// <summary>A use: an output, also one with PWM.</summary>
        public const int Output = 1;

        /// <summary>A use: an input of the ADC that can be read while Wi-Fi is on.</summary>
        public const int Analog = 2;

        /// <summary>A use: an input of the chip's pulse counter.</summary>
        public const int Counter = 3;

        /// <summary>A use: an input whose level ends a deep sleep.</summary>
        public const int Wake = 4;

        /// <summary>A use: one of the two pins that the runtime's 1-Wire takes.</summary>
        public const int OneWire = 5;

        /// <summary>A use: a line of a serial port (UART).</summary>
        public const int Serial = 6;

        /// <summary>No pin.</summary>
        public const int None = -1;

        /// <summary>The greatest number that a GPIO may have.</summary>
        public const int Last = 48;

        /// <summary>The chip's name for people, e.g. "ESP32-C3".</summary>
        public abstract string Chip { get; }

        /// <summary>The pins that the chip and its module have for a use, those that the board has taken included.</summary>
        /// <param name="use">A use.</param>
        /// <returns>Bit n stands for GPIO n; 0 when the chip lacks it.</returns>
        public abstract long Mask(int use);

        /// <summary>What the board itself needs a pin for.</summary>
        /// <param name="pin">0 to <see cref="Last"/>.</param>
        /// <returns>E.g. "the flash"; null for a pin that is free.</returns>
        public abstract string TakenBy(int pin);

        /// <summary>The channel of the runtime's ADC controller that a pin is.</summary>
        /// <param name="pin">A pin of <see cref="Analog"/>.</param>
        /// <returns>The channel.</returns>
        public abstract int AnalogChannel(int pin);

        /// <summary>Millivolts at an analog input that give the raw value 0; those of 4096 are <see cref="AnalogRange"/> more.</summary>
        public abstract int AnalogOffset { get; }

        /// <summary>See <see cref="AnalogOffset"/>.</summary>
        public abstract int AnalogRange { get; }

        /// <summary>Why a pin cannot serve.</summary>
        /// <param name="pin">GPIO number, any integer.</param>
        /// <param name="use">A use.</param>
        /// <returns>The reason and the pins that can, e.g. "GPIO 6 is taken by the flash: use 4, 5 or 12 to 19"; null when it can.</returns>
        public string Refusal(int pin, int use)
        {
            long mask = Mask(use);
            if (mask == 0)
            {
                return "the " + Chip + " has no " + NameOf(use);
            }

            bool isNumber = pin >= 0 && pin <= Last;
            string owner = isNumber ? TakenBy(pin) : null;
            if (owner == null && isNumber && (mask & (1L << pin)) != 0)
            {
                return null;
            }

            string reason = owner != null ? " is taken by " + owner : " has no " + NameOf(use);
            return "GPIO " + pin.ToString() + reason + ": use " + Free(mask);
        }

        private static string NameOf(int use)
        {
            switch (use)
            {
                case Input: return "digital input";
                case Output: return "output";
                case Analog: return "analog input";
                case Counter: return "pulse counter";
                case Wake: return "wake-up from deep sleep";
                case OneWire: return "1-Wire";
                default: return "serial line";
            }
        }

        // "0, 4, 5 or 12 to 19"
        private string Free(long mask)
        {
            string text = string.Empty;
            string last = null;
            for (int pin = 0; pin <= Last; pin++)
            {
                int first = pin;
                while (IsFree(pin, mask))
                {
                    pin++;
                }

                if (pin > first)
                {
                    // Two are no range.
                    pin = pin == first + 2 ? first : pin - 1;
                    text = last == null ? text : text.Length == 0 ? last : text + ", " + last;
                    last = first == pin ? pin.ToString() : first.ToString() + " to " + pin.ToString();
                }
            }

            return last == null ? "another board" : text.Length == 0 ? last : text + " or " + last;
        }

        private bool IsFree(int pin, long mask) => pin <= Last && (mask & (1L << pin)) != 0 && TakenBy(pin) == null;
    }
}

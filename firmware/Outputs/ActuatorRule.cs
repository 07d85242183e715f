namespace Firmware.Outputs
{
    /// <summary>A relay or an LED as its owner named it.</summary>
    public sealed class ActuatorRule
    {
        /// <summary>Creates a rule for a pin that is driven high when on, safe when off, for any length of time.</summary>
        /// <param name="name">1 to 32 of A-Z a-z 0-9 _ -.</param>
        /// <param name="pin">GPIO number.</param>
        public ActuatorRule(string name, int pin)
        {
            Name = name;
            Pin = pin;
        }

        /// <summary>Creates a rule.</summary>
        /// <param name="name">1 to 32 of A-Z a-z 0-9 _ -.</param>
        /// <param name="pin">GPIO number.</param>
        /// <param name="isInverted">Whether the pin is low when the actuator is on.</param>
        /// <param name="safeState">Whether it is on at the start, and after its time is over.</param>
        /// <param name="limit">Seconds for which it may be in the other state, 0 for any length of time.</param>
        public ActuatorRule(string name, int pin, bool isInverted, bool safeState, int limit)
            : this(name, pin)
        {
            IsInverted = isInverted;
            SafeState = safeState;
            Limit = limit;
        }

        /// <summary>Its name in requests and events.</summary>
        public readonly string Name;

        /// <summary>GPIO number.</summary>
        public int Pin;

        /// <summary>Whether the pin is low when the actuator is on.</summary>
        public bool IsInverted;

        /// <summary>Whether it is on at the start, and after its time is over.</summary>
        public bool SafeState;

        /// <summary>Seconds for which it may be in the other state, 0 for any length of time.</summary>
        public int Limit;
    }
}

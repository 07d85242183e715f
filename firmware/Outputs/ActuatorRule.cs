namespace Firmware.Outputs
{
    /// <summary>An output as its owner named it.</summary>
    public sealed class ActuatorRule
    {
        /// <summary>A kind: on or off.</summary>
        public const int Switch = 0;

        /// <summary>A kind: any level from 0 to 100 %, by pulse width modulation.</summary>
        public const int Level = 1;

        /// <summary>A kind: on for a short time only.</summary>
        public const int Pulse = 2;

        /// <summary>Milliseconds for which a pulse may last at most.</summary>
        public const int MaxPulse = 60000;

        // Numbers of the members, which are those of the setting.
        internal const int PinMember = 0;
        internal const int InvertedMember = 1;
        internal const int SafeMember = 2;
        internal const int LimitMember = 3;
        internal const int KindMember = 4;
        internal const int FrequencyMember = 5;
        internal const int PulseMember = 6;
        internal const int MinOnMember = 7;
        internal const int MinOffMember = 8;
        internal const int NumberCount = 9;

        internal const int DefaultFrequency = 1000;
        internal const int DefaultPulse = 500;

        /// <summary>Creates a rule for a pin that is driven high when on, safe when off, for any length of time.</summary>
        /// <param name="name">1 to 32 of A-Z a-z 0-9 _ -.</param>
        /// <param name="pin">GPIO number.</param>
        public ActuatorRule(string name, int pin)
        {
            Name = name;
            Numbers[PinMember] = pin;
            Numbers[FrequencyMember] = DefaultFrequency;
            Numbers[PulseMember] = DefaultPulse;
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
            Numbers[InvertedMember] = isInverted ? 1 : 0;
            Numbers[SafeMember] = safeState ? 1 : 0;
            Numbers[LimitMember] = limit;
        }

        /// <summary>Its name in requests and events.</summary>
        public readonly string Name;

        /// <summary>The name of an output that may never be on together with this one, or null. It holds for both.</summary>
        public string Interlock;

        // One array: as fields they would take 60 bytes more of each actuator.
        internal readonly int[] Numbers = new int[NumberCount];

        /// <summary>GPIO number.</summary>
        public int Pin => Numbers[PinMember];

        /// <summary>Whether the pin is low when the actuator is on.</summary>
        public bool IsInverted => Numbers[InvertedMember] != 0;

        /// <summary>Whether it is on at the start, and after its time is over.</summary>
        public bool SafeState => Numbers[SafeMember] != 0;

        /// <summary>Seconds for which it may be in the other state, 0 for any length of time.</summary>
        public int Limit => Numbers[LimitMember];

        /// <summary><see cref="Switch"/>, <see cref="Level"/> or <see cref="Pulse"/>.</summary>
        public int Kind
        {
            get => Numbers[KindMember];
            set => Numbers[KindMember] = value;
        }

        /// <summary>Hertz of the pulse width modulation of a level.</summary>
        public int Frequency => Numbers[FrequencyMember];

        /// <summary>Milliseconds of a pulse whose length is not given.</summary>
        public int PulseLength => Numbers[PulseMember];

        /// <summary>Seconds for which it stays on at least.</summary>
        public int MinOn
        {
            get => Numbers[MinOnMember];
            set => Numbers[MinOnMember] = value;
        }

        /// <summary>Seconds for which it stays off at least.</summary>
        public int MinOff
        {
            get => Numbers[MinOffMember];
            set => Numbers[MinOffMember] = value;
        }
    }
}

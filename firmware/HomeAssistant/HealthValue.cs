namespace Firmware.HomeAssistant
{
    /// <summary>A member of "health" in the status that Home Assistant shows among the device's diagnostics.</summary>
    internal sealed class HealthValue
    {
        /// <summary>How many there are.</summary>
        internal const int Count = 5;

        private HealthValue(string member, string name, string deviceClass, string unit, string stateClass)
        {
            Member = member;
            Name = name;
            DeviceClass = deviceClass;
            Unit = unit;
            StateClass = stateClass;
        }

        internal string Member { get; }

        internal string Name { get; }

        /// <summary>Home Assistant's device class, or null.</summary>
        internal string DeviceClass { get; }

        /// <summary>The unit, or null for a count.</summary>
        internal string Unit { get; }

        internal string StateClass { get; }

        /// <summary>One of them; made when needed, since they are needed once in a run.</summary>
        /// <param name="index">0 or more, less than <see cref="Count"/>.</param>
        internal static HealthValue At(int index)
        {
            switch (index)
            {
                case 0:
                    return new HealthValue("signal", "Signal", "signal_strength", "dBm", HomeAssistantUnit.Measurement);
                case 1:
                    return new HealthValue("heap", "Free heap", "data_size", "B", HomeAssistantUnit.Measurement);
                case 2:
                    return new HealthValue("outbox", "Waiting readings", null, null, HomeAssistantUnit.Measurement);
                case 3:
                    return new HealthValue("uptime", "Uptime", "duration", "s", HomeAssistantUnit.Counter);
                default:
                    return new HealthValue("reconnects", "Reconnects", null, null, HomeAssistantUnit.Counter);
            }
        }
    }
}

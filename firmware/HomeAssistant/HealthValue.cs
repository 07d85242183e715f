namespace Firmware.HomeAssistant
{
    /// <summary>A member of "health" in the presence that Home Assistant shows in the diagnostics of the device.</summary>
    internal sealed class HealthValue
    {
        /// <summary>Count of health values.</summary>
        internal const int Count = 5;

        internal readonly string Member;

        internal readonly string Name;

        /// <summary>Device class of Home Assistant, or null.</summary>
        internal readonly string DeviceClass;

        /// <summary>The unit, or null for a count.</summary>
        internal readonly string Unit;

        internal readonly string StateClass;

        private HealthValue(string member, string name, string deviceClass, string unit, string stateClass)
        {
            Member = member;
            Name = name;
            DeviceClass = deviceClass;
            Unit = unit;
            StateClass = stateClass;
        }

        /// <summary>Creates one; they are not kept, because a run needs them once.</summary>
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
                    return new HealthValue("uptime", "Uptime", "duration", "s", HomeAssistantUnit.Total);
                default:
                    return new HealthValue("reconnects", "Reconnects", null, null, HomeAssistantUnit.Total);
            }
        }
    }
}

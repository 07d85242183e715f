namespace Firmware.Updates
{
    /// <summary>What may keep an accepted update waiting. Each gate is a setting.</summary>
    public sealed class UpdateGates
    {
        private const int MinutesOfHour = 60;

        /// <summary>Whether those that spread a rollout (canary, hours, delay) do not count.</summary>
        public bool IsForced { get; init; }

        /// <summary>Whether the device is among those that take part.</summary>
        public bool IsMember { get; init; }

        /// <summary>Charge of the battery in percent; -1 without one.</summary>
        public int Battery { get; init; }

        /// <summary>The least charge.</summary>
        public int LeastBattery { get; init; }

        /// <summary>Received signal strength in dBm, 0 when it is not known.</summary>
        public int Signal { get; init; }

        /// <summary>The least signal strength.</summary>
        public int LeastSignal { get; init; }

        /// <summary>UTC minute of the day, -1 while the clock is not set.</summary>
        public int Minute { get; init; }

        /// <summary>First UTC hour in which updates are fetched.</summary>
        public int FromHour { get; init; }

        /// <summary>The hour before which they are; the same as the first: any time. May lie beyond midnight.</summary>
        public int ToHour { get; init; }

        /// <summary>Milliseconds that are left of the random delay.</summary>
        public long Delay { get; init; }

        /// <summary>The gate that is shut.</summary>
        /// <returns>"canary", "battery", "signal", "hours" or "delay"; null: all are open.</returns>
        public string Shut()
        {
            if (!IsForced && !IsMember)
            {
                return "canary";
            }

            if (Battery >= 0 && Battery < LeastBattery)
            {
                return "battery";
            }

            if (Signal != 0 && Signal < LeastSignal)
            {
                return "signal";
            }

            return IsForced ? null : !IsInHours() ? "hours" : Delay > 0 ? "delay" : null;
        }

        private bool IsInHours()
        {
            int from = FromHour * MinutesOfHour;
            int to = ToHour * MinutesOfHour;
            if (from == to)
            {
                return true;
            }

            return Minute >= 0 && (from < to ? Minute >= from && Minute < to : Minute >= from || Minute < to);
        }
    }
}

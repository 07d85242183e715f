using System.Text;
using Firmware.Telemetry;

namespace Firmware.Updates
{
    /// <summary>What may keep an accepted update waiting. Each gate is a setting.</summary>
    public sealed class UpdateGates
    {
        private const int MinutesOfHour = 60;
        private const int All = 100;

        /// <summary>Whether the gates that spread a rollout (canary, hours, delay) are open.</summary>
        public bool IsForced;

        /// <summary>Whether the device is in the share of the fleet that takes the version.</summary>
        public bool IsMember;

        /// <summary>Charge of the battery in percent; -1 without one, or when it is not known.</summary>
        public int Battery;

        /// <summary>The least charge in percent.</summary>
        public int LeastBattery;

        /// <summary>Received signal strength in dBm; 0 when it is not known.</summary>
        public int Signal;

        /// <summary>The least signal strength in dBm.</summary>
        public int LeastSignal;

        /// <summary>UTC minute of the day; -1 while the clock is not set.</summary>
        public int Minute;

        /// <summary>UTC hour from which updates are downloaded, 0 to 24.</summary>
        public int FromHour;

        /// <summary>UTC hour at which that ends; the same as <see cref="FromHour"/> for any time, less when it is on the next day.</summary>
        public int ToHour;

        /// <summary>Remaining milliseconds of the random delay.</summary>
        public long Delay;

        /// <summary>Whether a device takes a version. A larger percentage includes the devices of a smaller one.</summary>
        /// <param name="deviceId">The device id.</param>
        /// <param name="version">The version offered; each has other members.</param>
        /// <param name="percent">Share of the fleet, 0 to 100.</param>
        /// <returns>Always true at 100, never at 0.</returns>
        public static bool Includes(string deviceId, string version, int percent)
        {
            byte[] name = Encoding.UTF8.GetBytes(deviceId + "/" + version);
            return (int)(Crc32.Of(name, 0, name.Length) % All) < percent;
        }

        /// <summary>Finds a closed gate: the one that stays closed for longest is named first.</summary>
        /// <returns><see cref="UpdateGate.None"/> when all are open.</returns>
        public UpdateGate Closed()
        {
            if (!IsForced && !IsMember)
            {
                return UpdateGate.Canary;
            }

            if (Battery >= 0 && Battery < LeastBattery)
            {
                return UpdateGate.Battery;
            }

            if (Signal != 0 && Signal < LeastSignal)
            {
                return UpdateGate.Signal;
            }

            return IsForced ? UpdateGate.None : !IsInHours() ? UpdateGate.Hours : Delay > 0 ? UpdateGate.Delay : UpdateGate.None;
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

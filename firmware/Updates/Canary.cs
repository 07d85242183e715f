using System.Text;
using Firmware.Telemetry;

namespace Firmware.Updates
{
    /// <summary>
    /// Which devices try a version first. Every version has other ones, and a larger percentage keeps those of a smaller one.
    /// </summary>
    public static class Canary
    {
        private const int All = 100;

        /// <summary>Whether a device takes part.</summary>
        /// <param name="deviceId">The device id.</param>
        /// <param name="version">The version offered.</param>
        /// <param name="percent">Share of the fleet, 0 to 100.</param>
        /// <returns>Whether it does: always at 100, never at 0.</returns>
        public static bool IsMember(string deviceId, string version, int percent)
        {
            byte[] name = Encoding.UTF8.GetBytes(deviceId + "/" + version);
            return (int)(Crc32.Of(name, 0, name.Length) % All) < percent;
        }
    }
}

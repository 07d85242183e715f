using System;
using nanoFramework.Hardware.Esp32;

namespace Boards.Esp32
{
    /// <summary>Why the chip started, in words.</summary>
    public static class WakeCauses
    {
        /// <summary>Asks the chip.</summary>
        /// <returns>"timer" or "pin" after a deep sleep; "power-on" after everything else; "other" when it is unknown.</returns>
        /// <remarks>
        /// The chip reports only what ended a deep sleep. After any other reset (power, button, brown-out, watchdog, a restart by
        /// the firmware) it gives Undefined: ESP-IDF, esp_sleep_get_wakeup_cause.
        /// </remarks>
        public static string Read()
        {
            try
            {
                switch (Sleep.GetWakeupCause())
                {
                    case Sleep.WakeupCause.Undefined:
                        return "power-on";
                    case Sleep.WakeupCause.Timer:
                        return "timer";
                    case Sleep.WakeupCause.Ext0:
                    case Sleep.WakeupCause.Ext1:
                    case Sleep.WakeupCause.Gpio:
                        return "pin";
                    default:
                        return "other";
                }
            }
            catch (Exception)
            {
                return "other";
            }
        }
    }
}

using System;
using nanoFramework.Hardware.Esp32;

namespace Boards.Esp32
{
    /// <summary>Why the chip started, in words.</summary>
    public static class WakeCauses
    {
        /// <summary>Asks the chip.</summary>
        /// <returns>"power-on", "timer", "pin" or "other".</returns>
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

namespace Firmware.Sleep
{
    /// <summary>What the device does between two measurements.</summary>
    public enum PowerMode
    {
        /// <summary>Stays awake and connected.</summary>
        AlwaysOn = 0,

        /// <summary>Sleeps deeply: the chip boots anew for each measurement.</summary>
        DeepSleep = 1,
    }
}

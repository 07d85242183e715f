namespace Firmware.Sleep
{
    /// <summary>The values of <c>power.mode</c>, in the order of its choices.</summary>
    public enum PowerMode
    {
        /// <summary>The device stays awake and connected.</summary>
        AlwaysOn = 0,

        /// <summary>The chip sleeps deeply between measurements; each wake is a boot.</summary>
        DeepSleep = 1,
    }
}

namespace Firmware
{
    /// <summary>Whether a module keeps a device that sleeps awake. Values may be combined.</summary>
    public enum AwakeHold
    {
        /// <summary>The device may sleep.</summary>
        None = 0,

        /// <summary>Until it is done, or the wake's cap is reached.</summary>
        WithinCap = 1,

        /// <summary>Likewise, and the device keeps trying to connect for the whole wake: for settings and images on trial.</summary>
        Trial = 2,

        /// <summary>Until it is done, or the long cap of ten minutes is reached.</summary>
        LongCap = 4,
    }
}

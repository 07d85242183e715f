namespace Firmware.Sleep
{
    /// <summary>What may keep the device awake.</summary>
    public enum AwakeLock
    {
        /// <summary>A request is carried out.</summary>
        Requests = 1,

        /// <summary>An answer is delayed, or waits to be published.</summary>
        Answers = 2,

        /// <summary>Settings are on trial.</summary>
        Trial = 4,

        /// <summary>An update is going on: the cap of the wake is a longer one.</summary>
        Update = 8,
    }
}

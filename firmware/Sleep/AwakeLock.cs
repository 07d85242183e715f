namespace Firmware.Sleep
{
    /// <summary>Reasons that keep the device awake.</summary>
    public enum AwakeLock
    {
        /// <summary>A request is in progress.</summary>
        Requests = 1,

        /// <summary>A response is delayed, or waits to be published.</summary>
        Responses = 2,

        /// <summary>Settings or an image are on trial: the device keeps trying to connect until the cap.</summary>
        Trial = 4,

        /// <summary>An update is in progress: the long cap applies.</summary>
        Update = 8,
    }
}

namespace Firmware.Sleep
{
    /// <summary>What the radio is needed for in a wake.</summary>
    public enum RadioReason
    {
        /// <summary>For nothing, or the attempts that failed say not to try yet.</summary>
        None,

        /// <summary>The chip was powered on or reset: the device says that it is there.</summary>
        PowerOn,

        /// <summary>A pin woke the device: somebody waits for an answer.</summary>
        Pin,

        /// <summary>An alarm waits.</summary>
        Alarm,

        /// <summary>Settings are on trial, or an update is going on.</summary>
        Held,

        /// <summary>The time was never known, and there are servers to ask.</summary>
        Time,

        /// <summary>Events wait.</summary>
        Event,

        /// <summary>Too many readings wait, or one waits for too long.</summary>
        Backlog,

        /// <summary>Readings wait, and this is the wake to send them in.</summary>
        Readings,

        /// <summary>Requests may wait at the broker.</summary>
        Mailbox,
    }
}

namespace Firmware.Sleep
{
    /// <summary>Why a wake needs the radio.</summary>
    public enum RadioReason
    {
        /// <summary>It does not, or failed attempts forbid to try yet.</summary>
        None,

        /// <summary>The chip was powered on or reset: the device announces that it is online.</summary>
        PowerOn,

        /// <summary>A pin woke the device: someone waits for a response.</summary>
        Pin,

        /// <summary>An alarm waits.</summary>
        Alarm,

        /// <summary>A module needs the radio: settings on trial, or an update in progress.</summary>
        Held,

        /// <summary>The time was never set, and time servers are configured.</summary>
        Time,

        /// <summary>Events wait.</summary>
        Event,

        /// <summary>Too many readings wait, or one has waited too long.</summary>
        Backlog,

        /// <summary>Readings wait, and this wake publishes.</summary>
        Readings,

        /// <summary>Requests may wait at the broker.</summary>
        Mailbox,
    }
}

namespace Firmware.Sleep
{
    /// <summary>States of a wake.</summary>
    public enum WakeState
    {
        /// <summary>Measures, then decides whether the radio is needed.</summary>
        Measuring,

        /// <summary>Connects to the broker, for the first time or again.</summary>
        Connecting,

        /// <summary>Publishes what waits.</summary>
        Publishing,

        /// <summary>Receives what waits at the broker, and responds.</summary>
        Listening,

        /// <summary>Announces "sleeping".</summary>
        Announcing,

        /// <summary>The wake is over.</summary>
        Asleep,
    }
}

namespace Firmware.Sleep
{
    /// <summary>Where a wake stands.</summary>
    public enum WakeState
    {
        /// <summary>Measuring, and deciding whether the radio is needed.</summary>
        Measuring,

        /// <summary>On the way to the broker, for the first time or again.</summary>
        Connecting,

        /// <summary>Publishing what waits.</summary>
        Publishing,

        /// <summary>Taking what waits at the broker, and answering it.</summary>
        Listening,

        /// <summary>Saying that it sleeps.</summary>
        Leaving,

        /// <summary>Over.</summary>
        Asleep,
    }
}

namespace Firmware.Sleep
{
    /// <summary>What moves a wake.</summary>
    public enum WakeEvent
    {
        /// <summary>It was measured, and the radio is needed.</summary>
        RadioNeeded,

        /// <summary>It was measured, and the radio is not needed.</summary>
        RadioNotNeeded,

        /// <summary>Connected and subscribed.</summary>
        Online,

        /// <summary>The connection was lost, or could not be made.</summary>
        Lost,

        /// <summary>
        /// Something of the device's waits to be published or acknowledged, other than that it sleeps. Repeats are ignored.
        /// </summary>
        Waiting,

        /// <summary>
        /// Nothing is unacknowledged, and nothing waits that may be published before <see cref="WakeCycle.CapAt"/>. Repeats
        /// are ignored.
        /// </summary>
        Drained,

        /// <summary>The broker acknowledged something.</summary>
        Acknowledged,

        /// <summary>A request came in.</summary>
        Message,

        /// <summary>A client says that it has nothing more to ask.</summary>
        EndOfQueue,

        /// <summary>The broker knows that the device sleeps.</summary>
        Told,

        /// <summary>Time has passed, or a lock was released.</summary>
        Tick,
    }
}

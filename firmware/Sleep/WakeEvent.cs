namespace Firmware.Sleep
{
    /// <summary>Inputs of <see cref="WakeCycle"/>.</summary>
    public enum WakeEvent
    {
        /// <summary>The device has measured, and needs the radio.</summary>
        RadioNeeded,

        /// <summary>The device has measured, and does not need the radio.</summary>
        RadioNotNeeded,

        /// <summary>Connected and subscribed.</summary>
        Online,

        /// <summary>The connection is lost.</summary>
        Lost,

        /// <summary>A message other than "sleeping" waits to be published or acknowledged. Repeats are ignored.</summary>
        Waiting,

        /// <summary>
        /// Everything is acknowledged, and nothing waits that may be published before <see cref="WakeCycle.CapAt"/>.
        /// Repeats are ignored.
        /// </summary>
        Drained,

        /// <summary>The broker has acknowledged a message.</summary>
        Acknowledged,

        /// <summary>A request came in.</summary>
        Message,

        /// <summary>A client has no further request.</summary>
        EndOfQueue,

        /// <summary>The broker has acknowledged "sleeping".</summary>
        Announced,

        /// <summary>Time has passed, or a lock was released.</summary>
        Tick,
    }
}

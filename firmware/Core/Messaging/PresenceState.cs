namespace Firmware.Messaging
{
    /// <summary>What presence says of the device.</summary>
    public enum PresenceState
    {
        /// <summary>It is connected and listens.</summary>
        Online,

        /// <summary>It sleeps and comes back by itself.</summary>
        Sleeping,

        /// <summary>It left on purpose.</summary>
        Offline,

        /// <summary>The broker lost it: the will.</summary>
        Lost,
    }
}

namespace Firmware.Platform
{
    /// <summary>Where a port reports what happened.</summary>
    public interface ILinkEventSink
    {
        /// <summary>Posts an event. May be called from any thread; never blocks for long, never throws.</summary>
        /// <param name="signal">What happened.</param>
        void Post(LinkEvent signal);

        /// <summary>
        /// Decides about a message before the port receives it, and keeps room for it. Blocks while there is none: what waits
        /// in the network needs no memory.
        /// </summary>
        /// <param name="attempt">The attempt to connect that the message belongs to.</param>
        /// <param name="bytes">Length of the message with its topic.</param>
        /// <returns>False for a message that the port must skip: it is counted as dropped.</returns>
        bool Admit(int attempt, int bytes);
    }
}

namespace Firmware.Platform
{
    /// <summary>Where a port reports what happened.</summary>
    public interface ILinkEventSink
    {
        /// <summary>Posts an event. May be called from any thread; never blocks for long, never throws.</summary>
        /// <param name="signal">What happened.</param>
        void Post(LinkEvent signal);
    }
}

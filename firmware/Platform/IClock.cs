namespace Firmware.Platform
{
    /// <summary>The only source of time, and the only place where the loop waits.</summary>
    public interface IClock
    {
        /// <summary>Milliseconds since the start; never goes back.</summary>
        long Uptime { get; }

        /// <summary>Whether <see cref="UtcSeconds"/> has been set from the network.</summary>
        bool IsSynchronized { get; }

        /// <summary>Seconds since 1970-01-01T00:00:00Z; means nothing until <see cref="IsSynchronized"/>.</summary>
        long UtcSeconds { get; }

        /// <summary>Waits until <see cref="Wake"/> is called or the time is over. A wake that came before counts.</summary>
        /// <param name="milliseconds">0 or more.</param>
        void Wait(int milliseconds);

        /// <summary>Ends the current or the next <see cref="Wait"/>. May be called from any thread.</summary>
        void Wake();
    }
}

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

        /// <summary>Milliseconds since 1970-01-01T00:00:00Z; means nothing until <see cref="IsSynchronized"/>.</summary>
        long UtcMilliseconds { get; }

        /// <summary>Uptime in milliseconds at which the clock was last set from the network; -1 when it was not since the start.</summary>
        long SynchronizedAt { get; }

        /// <summary>Uptime in milliseconds at which a time server last responded; -1 when none did since the start.</summary>
        long AnsweredAt { get; }

        /// <summary>Milliseconds since 1970-01-01T00:00:00Z that it said for <see cref="AnsweredAt"/>; the clock is not set to it.</summary>
        long Answer { get; }

        /// <summary>
        /// Queries a time server and returns at once. A response shows in <see cref="AnsweredAt"/>. Fails silently.
        /// </summary>
        /// <param name="servers">Host names, 1 or 2.</param>
        void AskTime(string[] servers);

        /// <summary>
        /// Sets the clock. <see cref="IsSynchronized"/> holds from then on. It may go forward or back: <see cref="Uptime"/>
        /// does not.
        /// </summary>
        /// <param name="utcMilliseconds">Milliseconds since 1970-01-01T00:00:00Z.</param>
        /// <param name="isAnswer">
        /// Whether a time server says so: it shows in <see cref="SynchronizedAt"/>. Otherwise it is known without one, e.g.
        /// how long a sleep was.
        /// </param>
        void SetUtc(long utcMilliseconds, bool isAnswer);

        /// <summary>Waits until <see cref="Wake"/> is called or the time is over. A wake that came before counts.</summary>
        /// <param name="milliseconds">0 or more.</param>
        void Wait(int milliseconds);

        /// <summary>Ends the current or the next <see cref="Wait"/>. May be called from any thread.</summary>
        void Wake();
    }
}

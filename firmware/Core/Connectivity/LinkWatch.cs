using Firmware.Platform;

namespace Firmware.Connectivity
{
    /// <summary>
    /// Detects within 1.5 keep-alives that a link which looks connected receives nothing any more: the other
    /// end is gone, or the client's receive thread has died (a message larger than the heap does that). Pure: the caller
    /// passes what was received and the time.
    /// </summary>
    public sealed class LinkWatch
    {
        /// <summary>Milliseconds of silence after which the link is probed: one keep-alive.</summary>
        public const int QuietTime = BrokerSession.KeepAliveSeconds * 1000;

        /// <summary>The same for this link; a probe has half of it to come back.</summary>
        public int Quiet = QuietTime;

        private bool _isProbing;

        /// <summary>Uptime in milliseconds at which <see cref="Check"/> must be called.</summary>
        public long DueAt = long.MaxValue;

        /// <summary>Something came through the link, or it was opened.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public void NoteReceived(long now)
        {
            _isProbing = false;
            DueAt = now + Quiet;
        }

        /// <summary>The client gave up on a message: the link is probed at once, if it is not being probed.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Doubt(long now) => DueAt = _isProbing || DueAt < now ? DueAt : now;

        /// <summary>There is no link to be watched.</summary>
        public void End()
        {
            _isProbing = false;
            DueAt = long.MaxValue;
        }

        /// <summary>Returns what is due; each result is returned once.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>What the caller must do.</returns>
        public LinkCheck Check(long now)
        {
            if (now < DueAt)
            {
                return LinkCheck.Fine;
            }

            if (_isProbing)
            {
                End();
                return LinkCheck.Silent;
            }

            _isProbing = true;
            DueAt = now + (Quiet / 2);
            return LinkCheck.Probe;
        }
    }
}

namespace Firmware.Telemetry
{
    /// <content>The check that packs arrive: one that is acknowledged stays until the device itself has received it.</content>
    public sealed partial class Outbox
    {
        private TelemetryCheck _check; // null when none is under way

        /// <summary>Whether a check is under way.</summary>
        public bool IsChecking => _check != null;

        /// <summary>Uptime in milliseconds at which <see cref="CheckEcho"/> has work.</summary>
        public long EchoBy => _check == null ? long.MaxValue : _check.EchoBy;

        /// <summary>Begins: the device has subscribed to its own telemetry.</summary>
        public void BeginCheck()
        {
            _check ??= new TelemetryCheck();
            RetryAt = 0;
        }

        /// <summary>Ends it, whatever its result.</summary>
        public void EndCheck()
        {
            SuspendCheck();
            _check = null;
        }

        /// <summary>The connection has ended: what was to come back does not.</summary>
        public void SuspendCheck()
        {
            if (_check != null && _check.EchoBy != long.MaxValue)
            {
                _check.EchoBy = long.MaxValue;
                Failed();
            }
        }

        /// <summary>A message came on the topic of the packs.</summary>
        /// <param name="length">Its bytes.</param>
        /// <returns>Whether the subscription is needed no more.</returns>
        public bool CameBack(int length)
        {
            TelemetryCheck check = _check;
            if (check != null && length != check.Length)
            {
                return false;
            }

            _check = null;
            if (check != null && check.EchoBy != long.MaxValue)
            {
                // Otherwise its acknowledgement is still to come.
                Acknowledged();
            }

            return true;
        }

        /// <summary>Gives up a pack that has not come back: it is sent again after a pause.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <param name="mayBeDropped">Whether the device itself has dropped messages meanwhile: then nobody is to blame.</param>
        /// <returns>Whether the broker is to blame.</returns>
        public bool CheckEcho(long now, bool mayBeDropped)
        {
            TelemetryCheck check = _check;
            if (check == null || now < check.EchoBy)
            {
                return false;
            }

            SuspendCheck();
            RetryAt = now + check.Pause;
            if (mayBeDropped)
            {
                return false;
            }

            check.Pause = check.Pause > TelemetryCheck.LongestPause / 2 ? TelemetryCheck.LongestPause : check.Pause * 2;
            return true;
        }
    }
}

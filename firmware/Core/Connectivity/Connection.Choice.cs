using Firmware.Platform;

namespace Firmware.Connectivity
{
    /// <content>Which network, broker and version of MQTT is tried next.</content>
    public sealed partial class Connection
    {
        /// <summary>
        /// Reconnects with MQTT 3.1.1 to a broker whose acknowledgements do not arrive under 5, although other messages do:
        /// the client loses those that carry a reason code and nothing else.
        /// </summary>
        public void FallBack()
        {
            TryOldVersion("acknowledgements do not arrive");
            Fail(ConnectionEvent.LinkDown, "MQTT 5: " + _fallback);
        }

        private void Use(ConnectionPlan plan)
        {
            if (_fallback != null)
            {
                Session.FallsBack = false;
                _fallback = null;
            }

            // What is known of a broker is kept until the next start.
            for (int i = 0; _plan != null && i < plan.Sessions.Length && i < _plan.Sessions.Length; i++)
            {
                plan.Sessions[i].Recall(_plan.Sessions[i]);
            }

            _plan = plan;
            LastFailure = null; // of another plan
            _machine.Backoff.FleetLimit = plan.SpreadMs;
            _time = new TimeSync(_clock, plan.TimeServers, _jitter);
            _networkChoice = new Preference(plan.Networks.Length);
            _brokerChoice = new Preference(plan.Sessions.Length);
            Session = plan.Sessions[0];
        }

        private void ChooseAfter(ConnectionState failed, bool isLate)
        {
            if (failed == ConnectionState.Joining)
            {
                LastFailure = isLate ? "the network was not joined in time" : LastFailure;
                _networkChoice.Advance();
                return;
            }

            LastFailure = isLate ? "the broker did not respond in time" : LastFailure;
            if (_waitsForTime)
            {
                ReportTime();
            }

            if (KeepsBroker(failed))
            {
                return;
            }

            _silences += isLate && failed == ConnectionState.Subscribing ? 1 : 0;
            if (failed == ConnectionState.Online && _machine.IsGood(_clock.Uptime))
            {
                _brokerChoice.Reset();
            }
            else
            {
                _brokerChoice.Advance();
            }
        }

        // Whether the same broker is tried again, in another way.
        private bool KeepsBroker(ConnectionState failed)
        {
            BrokerSession session = Session;
            int reason = session.Reason;
            if (reason == ReasonText.RetainNotSupported && session.Retains)
            {
                session.Retains = false;
                if (Events != null)
                {
                    Events.Add("retain-refused", null, null, LastFailure);
                }

                return true;
            }

            if (failed != ConnectionState.Connecting)
            {
                return _fallback != null;
            }

            if (_fallback != null)
            {
                // Not the version: 5 is as good.
                _fallback = null;
                session.FallsBack = false;
                return false;
            }

            return (reason == ReasonText.VersionRefused || reason == ReasonText.VersionRefused311 || reason == BrokerSession.NoConnack)
                && TryOldVersion(LastFailure);
        }

        private bool TryOldVersion(string reason)
        {
            BrokerSession session = Session;
            if (!session.IsVersion5)
            {
                return false;
            }

            session.FallsBack = true;
            _fallback = reason;
            return true;
        }

        private void ConfirmFallback()
        {
            if (_fallback != null && Events != null)
            {
                Events.Add("mqtt-version", "version", "3.1.1", _fallback);
            }

            _fallback = null;
        }
    }
}

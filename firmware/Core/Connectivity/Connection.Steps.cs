using Firmware.Platform;

namespace Firmware.Connectivity
{
    /// <content>The steps of joining, connecting and leaving.</content>
    public sealed partial class Connection
    {
        /// <summary>Leaves on purpose.</summary>
        /// <param name="clean">Whether to say DISCONNECT, so that the broker does not publish the will.</param>
        public void Stop(bool clean)
        {
            _machine.On(ConnectionEvent.Stop, _clock.Uptime);
            EndLink();
            _isJoined = false;
            _time.Tick(false);
            _link.Close(clean);
        }

        /// <summary>Connects again with another plan, after <see cref="Stop"/>.</summary>
        /// <param name="plan">Networks, brokers, topics.</param>
        public void Restart(ConnectionPlan plan)
        {
            if (plan.Networks != _plan.Networks)
            {
                _network.Leave();
            }

            _wasOnline = false;

            // The failures are those of the old plan: a trial has no time for the pauses that they lead to.
            _machine.Backoff.Reset();
            Use(plan);
            Start();
        }

        private void TakeGranted(byte[] codes)
        {
            if (Subscriptions == null)
            {
                return;
            }

            if (!Subscriptions.Take(codes, _clock.Uptime, Events))
            {
                CheckTopic = null;
            }

            if (!Subscriptions.IsDone)
            {
                SubscribeNext();
                return;
            }

            Subscriptions = Subscriptions.Refused == 0 ? null : Subscriptions;
            Move(ConnectionEvent.Subscribed);
        }

        private void SubscribeNext()
        {
            string[] next = Subscriptions.Next();
            if (next != null && !_link.Subscribe(next))
            {
                Fail(ConnectionEvent.LinkDown, "the subscriptions could not be sent");
            }
        }

        private void Join()
        {
            if (_isJoined && !_network.IsJoined)
            {
                _networkChoice.Reset();
            }

            _isJoined = false;
            _time.Tick(false);
            _network.Join(++_attempt, _plan.Networks.Length == 0 ? null : _plan.Networks[_networkChoice.Index]);
        }

        private void Connect()
        {
            // What the broker keeps may be what silences the device: then it costs the requests that wait there, too.
            bool forget = _silences >= MaxSilences;

            // A retained message that is too large for MQTT 3.1.1 would silence it again at each subscription.
            _skipsShared = forget;
            _silences = forget ? 0 : _silences;
            InFlight = 0;
            Session = _plan.Sessions[_brokerChoice.Index];
            _attempt++;
            _waitsForTime = Session.Address.IsSecure && !HasTime;
            if (!_waitsForTime)
            {
                OpenLink();
            }
        }

        private void OpenLink()
        {
            _waitsForTime = false;
            _isTimeMissing = false;
            _link.Connect(_attempt, Session, _skipsShared);
        }

        private void ReportTime()
        {
            LastFailure = "the time is not known, and certificates cannot be checked without it: " + (_plan.TimeServers.Length == 0 ? "sntp has no server" : "no time server answered");
            if (!_isTimeMissing && Events != null)
            {
                _isTimeMissing = true;
                Events.Add("time-missing", null, null, LastFailure);
            }
        }

        private void GoOnline()
        {
            long now = _clock.Uptime;
            LastFailure = null;
            _counters.Reconnects += _wasOnline ? 1 : 0;
            _wasOnline = true;
            _returnAt = _brokerChoice.Index == 0 ? long.MaxValue : now + ReturnTime;
            int keepAlive = Session.KeepAlive;
            _watch.Quiet = keepAlive > 0 && keepAlive < BrokerSession.KeepAliveSeconds ? keepAlive * 1000 : LinkWatch.QuietTime;
            _watch.NoteReceived(now);
        }

        private void EndLink()
        {
            _attempt++;
            _waitsForTime = false;
            _watch.End();
            if (Subscriptions != null)
            {
                Subscriptions.End();
            }
            _returnAt = long.MaxValue;
        }

        private void Drop(ConnectionAction action)
        {
            EndLink();
            _link.Close(false);
            if (action == ConnectionAction.LeaveNetwork)
            {
                _isJoined = false;
                _networkChoice.Advance();
                _network.Leave();
            }
            else if (action == ConnectionAction.RestartRadio)
            {
                _counters.RadioRestarts++;
                _network.Restart();
            }
        }
    }
}

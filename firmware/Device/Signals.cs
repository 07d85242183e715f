using System;
using Firmware.Messaging;
using Firmware.Platform;

namespace Firmware
{
    /// <summary>Takes what the ports have left in the inbox: messages, acknowledgements, changes of the connection.</summary>
    internal sealed class Signals
    {
        private const int MaxSignals = 32;
        private const int MaxUnacknowledged = 2; // Each was sent three times.

        private readonly Parts _parts;
        private readonly Push _push;
        private readonly Pull _pull;
        private readonly Announcer _announcer;
        private readonly LoopPartTable _loop;
        private readonly Leaving _leaving;
        private readonly Wake _wake;
        private readonly Updating _updating; // null for a board that cannot be updated
        private readonly UpdateDesk _desk;
        private int _unacknowledged;

        internal Signals(Parts parts, Push push, Pull pull, Announcer announcer, LoopPartTable loop, Leaving leaving, Wake wake, Updating updating, UpdateDesk desk)
        {
            _parts = parts;
            _push = push;
            _pull = pull;
            _announcer = announcer;
            _loop = loop;
            _leaving = leaving;
            _wake = wake;
            _updating = updating;
            _desk = desk;
        }

        /// <summary>Takes some: bounded, so that a flood of messages does not keep the device from measuring.</summary>
        internal void Take()
        {
            for (int i = 0; i < MaxSignals && !_leaving.IsOver; i++)
            {
                LinkEvent signal = _parts.Hardware.Inbox.Take();
                if (signal == null)
                {
                    break;
                }

                TryTake(signal);
            }
        }

        // A request that fails must not keep a lost connection behind it from being noticed.
        private void TryTake(LinkEvent signal)
        {
            try
            {
                Take(signal);
            }
            catch (Exception e)
            {
                _parts.Counters.Exceptions++;
                _loop.Report(LoopPart.TakeSignals, e);
            }
        }

        private void Take(LinkEvent signal)
        {
            if (_parts.Connection.Absorb(signal))
            {
                return;
            }

            switch (signal.Kind)
            {
                case LinkEventKind.Message:
                    _wake?.Message();
                    TakeMessage(signal);
                    break;
                case LinkEventKind.Acknowledged:
                case LinkEventKind.NotAcknowledged:
                    // That of an earlier connection means another message now.
                    if (_parts.Connection.IsCurrent(signal))
                    {
                        TakeAcknowledgement(signal.MessageId, signal.Kind == LinkEventKind.Acknowledged);
                    }

                    break;
                case LinkEventKind.Closed:
                    _leaving.Closed();
                    break;
                default:
                    TakeChange(signal);
                    break;
            }
        }

        private void TakeMessage(LinkEvent signal)
        {
            Topics topics = _parts.Topics;
            if (_updating != null && signal.Topic == topics.UpdateOffers)
            {
                _desk.TakeRetained(signal.Payload);
            }
            else if (_updating != null && signal.Topic.StartsWith(topics.UpdateBlocks))
            {
                _updating.Take(signal);
            }
            else
            {
                _pull.Take(signal);
            }
        }

        private void TakeChange(LinkEvent signal)
        {
            if (_parts.Connection.Handle(signal))
            {
                _unacknowledged = 0;
                _announcer.Online();
                _updating?.Online();
                _parts.Reconfiguration.Online(_parts.Hardware.Clock.Uptime);
            }
            else if (!_parts.Connection.IsOnline)
            {
                _leaving.Disconnected();
            }
        }

        private void TakeAcknowledgement(int messageId, bool isAcknowledged)
        {
            if (isAcknowledged)
            {
                _unacknowledged = 0;
                _push.Acknowledged(messageId);
                _announcer.Acknowledged(messageId);
                _wake?.Acknowledged(messageId);
                _leaving.Acknowledged(messageId);
                return;
            }

            _push.NotAcknowledged(messageId);
            _announcer.NotAcknowledged(messageId);
            if (++_unacknowledged >= MaxUnacknowledged)
            {
                _parts.Connection.Fail("the broker does not acknowledge");
                _leaving.Disconnected();
            }
        }
    }
}

using Firmware.Connectivity;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Settings;
using Firmware.Telemetry;

namespace Firmware.Sleep
{
    /// <summary>
    /// The wake of a device that sleeps: decides after the measurement whether the radio is needed, keeps the device awake
    /// until everything is acknowledged, announces "sleeping", and stores what the next wake needs.
    /// </summary>
    internal sealed class WakeFlow
    {
        // Milliseconds to wait for a measurement that has failed and is tried again, and for a time server.
        private const long MeasureTimeout = 2000;
        private const long TimeServerTimeout = 2000;

        // Setting a clock that is right gives no event, so waiting for one in each wake would cost charge.
        private const int CyclesPerTimeSync = 4;

        private readonly DeviceContext _device;
        private readonly SleepSettings _group;
        private readonly WakeRecord _record;
        private readonly BatteryWatch _battery;
        private readonly Inbox _inbox;
        private readonly IClock _clock;
        private readonly Connection _connection;
        private readonly AwakeLocks _locks = new AwakeLocks();
        private readonly WakeCycle _cycle;
        private readonly EnergyLedger _ledger;
        private readonly int _baseInterval;
        private readonly int _offset;
        private readonly long _slept;
        private RadioDecision _decision;
        private bool _isOnline;
        private long _timeServerBy; // 0 when no response of a time server is awaited
        private long _synchronizedAt;
        private long _utcAtStart;
        private long _measureBy; // 0 when the device has measured
        private bool _needsTime;
        private bool _hasTried;

        internal WakeFlow(DeviceContext device, SleepSettings group, WakeRecord record, long slept, BatteryWatch battery, PowerProfile profile, Inbox inbox)
        {
            DeviceSettings settings = device.Settings;
            _device = device;
            _group = group;
            _record = record;
            _slept = slept;
            _battery = battery;
            _inbox = inbox;
            _clock = device.Clock;
            _connection = device.Connection;
            _baseInterval = settings.Interval;
            _cycle = new WakeCycle(_locks, 0, settings.Number(group, SleepSettings.Cap) * 1000L, settings.Number(group, SleepSettings.Listen));
            _ledger = new EnergyLedger(profile, record.Energy);
            _ledger.Slept(slept == long.MaxValue ? 0 : slept);
            if (!device.Wake.IsPulse)
            {
                record.Backoff.Count();
            }

            record.WakesSinceRadio += device.Wake.IsEarly ? 0 : 1;
            _offset = WakeSchedule.OffsetOf(device.Identity.DeviceId, Interval);
            _measureBy = _clock.Uptime + MeasureTimeout;
            _synchronizedAt = _clock.SynchronizedAt;
            _utcAtStart = _clock.UtcMilliseconds - _clock.Uptime;
            if (device.Wake.IsPin && IsPinIgnored && device.Log != null)
            {
                device.Log.Write(LogLevel.Warning, "sleep: GPIO " + device.Wake.Pin.ToString() + " woke the device too often: it is not watched for 5 minutes");
            }
        }

        /// <summary>Uptime in milliseconds at which <see cref="Tick"/> has work, if nothing comes in before.</summary>
        internal long DueAt
        {
            get
            {
                long due = _cycle.Deadline;
                long by = _measureBy > 0 ? _measureBy : _timeServerBy;
                return by > 0 && by < due ? by : due;
            }
        }

        /// <summary>Whether everything is done, so that the device must sleep.</summary>
        internal bool IsOver => _cycle.State == WakeState.Asleep;

        /// <summary>Whether the pin does not end this sleep, because it has ended too many. A meter's pulses all count.</summary>
        internal bool IsPinIgnored => _device.Wake.Pin != PinTable.None && _device.Wake.WakeMeter == null && _record.PinPause > 0;

        /// <summary>Whether the broker has acknowledged "sleeping", so that the connection is closed in order.</summary>
        internal bool IsAnnounced => _cycle.IsAnnounced;

        private int Interval => _baseInterval * _battery.IntervalFactor;

        /// <summary>Restores the channels. The first measurement follows.</summary>
        internal void RestoreChannels(Channel[] channels, long now)
        {
            _record.Aggregation = _device.Sampler.Aggregation;
            _record.Recall(channels, now, _slept);
            _ledger.Enter(EnergyPhase.Measure, now);
        }

        /// <summary>A message came in, or one was acknowledged; it is not handled yet.</summary>
        internal void OnTraffic(LinkEvent item, long now)
        {
            if (item.Kind == LinkEventKind.Message)
            {
                Do(_cycle.On(WakeEvent.Message, now), now);
            }
            else if (item.Kind == LinkEventKind.Acknowledged && _connection.IsCurrent(item))
            {
                Do(_cycle.On(WakeEvent.Acknowledged, now), now);
            }
        }

        /// <summary>The device has measured.</summary>
        internal void OnMeasured() => _measureBy = 0;

        /// <summary>Handles what has changed since the last call.</summary>
        internal void Tick(long now)
        {
            if (_device.Wake.IsPulse)
            {
                // Nothing is measured, so nothing can be decided.
                RestoreChannels(_device.Sampler.Channels, now);
                Do(_cycle.On(WakeEvent.RadioNotNeeded, now), now);
                return;
            }

            NoteTime();
            if (_measureBy > 0 && now < _measureBy)
            {
                return;
            }

            if (_cycle.State == WakeState.Measuring)
            {
                _measureBy = 0;
                Decide(now);
            }

            NoteLink(now);
            _locks.Held = _device.Hold;
            _timeServerBy = now < _timeServerBy ? _timeServerBy : 0;
            if (!_inbox.IsEmpty && now < _cycle.CapAt)
            {
                // Events that have arrived since are handled first.
                return;
            }

            Do(_cycle.On(IsDrained() ? WakeEvent.Drained : WakeEvent.Waiting, now), now);
            Do(_cycle.On(WakeEvent.Tick, now), now);
            if (_cycle.State == WakeState.Announcing)
            {
                NoteAnnouncement(now);
            }
        }

        /// <summary>A client has no further request.</summary>
        internal void EndOfQueue() => Do(_cycle.On(WakeEvent.EndOfQueue, _clock.Uptime), _clock.Uptime);

        /// <summary>A client wants the device awake.</summary>
        internal void StayAwake(int seconds) => _locks.StaysUntil = _clock.Uptime + (seconds * 1000L);

        /// <summary>Ends the wake in the record: channels, charge, attempts, and the time of the next wake.</summary>
        internal void Finish(long now)
        {
            long utc = _clock.UtcMilliseconds;
            if (_hasTried)
            {
                _record.Backoff.Tried(_cycle.IsReached);
            }

            if (_cycle.IsReached)
            {
                _record.WakesSinceRadio = 0;
                _record.MailboxAt = _clock.IsSynchronized ? utc : WakeRecord.UnknownTime;
            }

            CloseLedger(now);
            if (_device.Wake.IsPulse)
            {
                _record.Keep(now);
            }
            else
            {
                _record.Remember(_device.Sampler.Channels, now);
            }

            _record.SleptAt = utc;
            WakeContext wake = _device.Wake;
            long rest = wake.IsEarly ? wake.PlannedAt - now : Interval * 1000L;
            _record.PlannedAt = _clock.IsSynchronized ? NextWake() : utc + (rest < WakeSchedule.LeastSleep ? WakeSchedule.LeastSleep : rest);
            long due = wake.IsPulse ? wake.DueAt : _device.WakeAt;
            _record.PassPin(now);
            if (IsPinIgnored && now + _record.PinPause < due)
            {
                due = now + _record.PinPause;
            }

            long next = due == long.MaxValue ? _record.PlannedAt : WakeSchedule.Earlier(_record.PlannedAt, utc, due - now);
            _record.Requested = _record.Drift.Request(next - utc);
        }

        // A cycle is that from one measurement to the next.
        private void CloseLedger(long now)
        {
            EnergyTotals energy = _record.Energy;
            bool goesOn = _device.Wake.IsPulse;
            long awake = goesOn ? energy.LastAwake : 0;
            long charge = goesOn ? energy.LastCharge : 0;
            _ledger.Close(now);
            energy.LastAwake += awake;
            energy.LastCharge += charge;
        }

        private void Decide(long now)
        {
            DeviceSettings settings = _device.Settings;
            Outbox outbox = _device.Outbox;
            _decision = new RadioDecision
            {
                Interval = Interval,
                PublishEvery = _device.PublishEvery,
                Mailbox = settings.Number(_group, SleepSettings.Mailbox),
                IsTimerWake = _device.Wake.IsTimer,
                IsPinWake = _device.Wake.IsPin,
                Battery = _battery.State,
                NeedsTime = !_clock.IsSynchronized && settings.TimeServers.Length > 0,
                IsHeld = _device.NeedsRadio,
                HasAlarm = _device.Events.HasAlarm,
                HasEvents = _device.Events.Count > 0,
                Waiting = outbox.Count,
                FullPercent = outbox.FullPercent,
                OldestAge = outbox.Count == 0 ? 0 : _record.WakesSinceRadio * (long)Interval,
                WakesSinceRadio = _record.WakesSinceRadio,
                SinceMailbox = _record.SinceMailbox(_clock, Interval),
            };
            RadioReason reason = _decision.Decide(_record.Backoff);
            if (reason == RadioReason.None && _device.Hold != AwakeHold.None)
            {
                // Until it is done, or the cap is reached.
                return;
            }

            Do(_cycle.On(reason == RadioReason.None ? WakeEvent.RadioNotNeeded : WakeEvent.RadioNeeded, now), now);
        }

        private void Do(WakeAction action, long now)
        {
            switch (action)
            {
                case WakeAction.Connect:
                    _ledger.Enter(EnergyPhase.Join, now);
                    Connect();
                    break;
                case WakeAction.Publish:
                    _ledger.Enter(EnergyPhase.Publish, now);
                    break;
                case WakeAction.Listen:
                    _ledger.Enter(EnergyPhase.Listen, now);
                    break;
                case WakeAction.Announce:
                    Announce();
                    break;
            }
        }

        private void Connect()
        {
            _hasTried = true;
            if (_connection.State == ConnectionState.Off)
            {
                // A broker with TLS is not connected to without the time.
                bool isTurn = _record.SyncedAt == 0 || !_clock.IsSynchronized || _record.Cycle % CyclesPerTimeSync == 0;
                bool isKnown = _record.SyncedAt != 0 && _clock.IsSynchronized;
                _needsTime = isTurn && _device.Settings.TimeServers.Length > 0
                    && _record.Drift.NeedsSync(isKnown ? _clock.UtcMilliseconds - _record.SyncedAt : long.MaxValue);
                _device.Connector.Connect(_needsTime);
            }
        }

        private void Announce()
        {
            // Silence in wakes without the radio does not mean that the device is lost.
            long next = NextWake();
            long quiet = (_decision.WakesToRadio(_device.Sampler.Channels, next - _clock.UtcMilliseconds) - 1) * Interval;
            _device.Presence.Announce(PresenceState.Sleeping, _clock.IsSynchronized ? ((next + 999) / 1000) + quiet : 0);
        }

        private void NoteAnnouncement(long now)
        {
            if (_device.Presence.State != PresenceState.Sleeping)
            {
                // Something else was announced since.
                Announce();
            }
            else if (_device.Presence.IsConfirmed)
            {
                Do(_cycle.On(WakeEvent.Announced, now), now);
            }
        }

        private void NoteLink(long now)
        {
            if (_connection.IsOnline != _isOnline)
            {
                _isOnline = _connection.IsOnline;
                _timeServerBy = _needsTime && _isOnline ? now + TimeServerTimeout : 0;
                Do(_cycle.On(_isOnline ? WakeEvent.Online : WakeEvent.Lost, now), now);
            }
            else if (_cycle.State == WakeState.Connecting && _connection.State == ConnectionState.Connecting)
            {
                _ledger.Enter(_connection.Broker.IsSecure ? EnergyPhase.Handshake : EnergyPhase.Connect, now);
            }
        }

        private bool IsDrained()
        {
            PresencePublisher presence = _device.Presence;
            bool isAnnouncing = _cycle.State == WakeState.Announcing && presence.State == PresenceState.Sleeping;
            return _connection.InFlight <= (isAnnouncing && presence.IsInFlight ? 1 : 0)
                && _timeServerBy == 0
                && !_device.Publisher.MayPublishBefore(_cycle.CapAt, isAnnouncing ? presence : null)
                && _inbox.IsEmpty;
        }

        // A time server has set the clock: its correction shows the drift of the sleep timer.
        private void NoteTime()
        {
            if (_clock.SynchronizedAt != _synchronizedAt)
            {
                _synchronizedAt = _clock.SynchronizedAt;
                long error = _clock.UtcMilliseconds - _clock.Uptime - _utcAtStart;
                if (!_record.IsSynchronized)
                {
                    _record.Drift.Interrupt(0);
                }

                _record.Drift.Correct(error);
                _record.IsSynchronized = true;
                _record.SyncedAt = _clock.UtcMilliseconds;
                _needsTime = false;
                _timeServerBy = 0;
            }

            _utcAtStart = _clock.UtcMilliseconds - _clock.Uptime;
        }

        private long NextWake() => WakeSchedule.Next(_clock.UtcMilliseconds - _clock.Uptime, _clock.UtcMilliseconds, Interval, _offset);
    }
}

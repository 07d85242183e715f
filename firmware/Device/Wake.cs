using Firmware.Connectivity;
using Firmware.Platform;
using Firmware.Power;
using Firmware.Settings;
using Firmware.Telemetry;

namespace Firmware
{
    /// <summary>
    /// One wake of a device that sleeps: decides after the measurement whether the radio is needed, keeps the device awake
    /// until all is acknowledged and answered, and puts on flash what the next wake has to know.
    /// </summary>
    internal sealed class Wake
    {
        // So long a time server's answer is waited for when the clock has to be set.
        private const long TimeAnswer = 2000;

        // A clock that is right may be set without anybody noticing: it is not to hold up each wake.
        private const int SyncEvery = 4;

        private const long ReachedSometime = -1;

        private readonly Parts _parts;
        private readonly Push _push;
        private readonly Pull _pull;
        private readonly Announcer _announcer;
        private readonly Updating _updating;
        private readonly IClock _clock;
        private readonly Connection _connection;
        private readonly WakeRecord _record;
        private readonly DeviceSettings _settings;
        private readonly AwakeLocks _locks = new AwakeLocks();
        private readonly WakeCycle _cycle;
        private readonly EnergyLedger _ledger;
        private readonly int _offset;
        private RadioDecision _decision;
        private bool _isOnline;
        private long _onlineAt;
        private long _synchronizedAt;
        private long _utcAtStart;
        private int _toldId;
        private bool _needsTime;
        private bool _hasTried;

        internal Wake(Parts parts, Push push, Pull pull, Announcer announcer, Updating updating)
        {
            _parts = parts;
            _push = push;
            _pull = pull;
            _announcer = announcer;
            _updating = updating;
            _clock = parts.Hardware.Clock;
            _connection = parts.Connection;
            _record = parts.WakeContext.Record;
            _settings = parts.Settings;
            _cycle = new WakeCycle(_locks, 0, _settings.Number(parts.SleepGroup, SleepSettings.Cap) * 1000L, _settings.Number(parts.SleepGroup, SleepSettings.Listen));
            _ledger = new EnergyLedger(parts.Hardware.Profile ?? new PowerProfile(), _record.Energy);
            _offset = WakeSchedule.OffsetOf(parts.Hardware.Identity.DeviceId, Interval);
            _synchronizedAt = _clock.SynchronizedAt;
            NoteClock();
        }

        /// <summary>Uptime in milliseconds at which <see cref="Tick"/> has work.</summary>
        internal long DueAt => _cycle.Deadline;

        /// <summary>Whether everything is done, and the device is to sleep.</summary>
        internal bool IsOver => _cycle.State == WakeState.Asleep;

        /// <summary>Whether the broker knows, so that the connection is to be closed in order.</summary>
        internal bool IsTold => _cycle.IsTold;

        private int Interval => _settings.Interval * _parts.Battery.IntervalFactor;

        private long SinceSync => _record.SyncedAt == 0 || !_clock.IsSynchronized ? long.MaxValue : _clock.UtcMilliseconds - _record.SyncedAt;

        // Without a clock the wakes tell.
        private long SinceMailbox => _record.MailboxAt == 0 ? -1
            : _record.MailboxAt > 0 && _clock.IsSynchronized ? _clock.UtcMilliseconds - _record.MailboxAt
            : _record.WakesSinceRadio * Interval * 1000L;

        /// <summary>The sensors were looked for: their channels go on where they were before the sleep.</summary>
        internal void Begin()
        {
            long now = _clock.Uptime;
            if (_parts.WakeContext.Slept != long.MaxValue)
            {
                _ledger.Slept(_parts.WakeContext.Slept);
            }

            _record.Thrift.Count();
            _record.WakesSinceRadio++;
            _record.Recall(_parts.Sampler.Channels, now, _parts.WakeContext.Slept);
            _ledger.Enter(EnergyPhase.Measure, now);
        }

        /// <summary>Does what is due. The first call comes after the measurement.</summary>
        internal void Tick()
        {
            long now = _clock.Uptime;
            NoteTime();
            if (_cycle.State == WakeState.Measuring)
            {
                Decide(now);
            }

            NoteLink(now);
            _locks.Set(AwakeLock.Trial, _parts.Reconfiguration.IsOnTrial || (_updating != null && _updating.IsDecisive));
            _locks.Set(AwakeLock.Answers, _pull.IsWaiting);
            _locks.Set(AwakeLock.Update, _updating != null && _updating.HoldsAwake);
            Do(_cycle.On(IsDrained(now) ? WakeEvent.Drained : WakeEvent.Waiting, now), now);
            Do(_cycle.On(WakeEvent.Tick, now), now);
            if (_cycle.State == WakeState.Leaving && _toldId == 0)
            {
                SaySleeping();
            }
        }

        /// <summary>A request came in.</summary>
        internal void Message() => On(WakeEvent.Message);

        /// <summary>The broker has a message.</summary>
        internal void Acknowledged(int messageId) => On(messageId == _toldId ? WakeEvent.Told : WakeEvent.Acknowledged);

        /// <summary>A client has nothing more to ask.</summary>
        internal void EndOfQueue() => On(WakeEvent.EndOfQueue);

        /// <summary>A client wants the device to stay awake.</summary>
        internal void StayAwake(int seconds) => _locks.StayAwake(_clock.Uptime + (seconds * 1000L));

        /// <summary>Puts on flash what the next wake has to know.</summary>
        /// <returns>Nominal milliseconds to sleep.</returns>
        internal long Finish()
        {
            long now = _clock.Uptime;
            _push.Save();
            _parts.Events.Save(_parts.Hardware.Storage);
            NoteRadio();
            _ledger.Close(now);
            _record.Remember(_parts.Sampler.Channels, now);
            _record.Cycle++;
            _record.BootCount = _parts.Boot.Count;
            _record.Battery = _parts.Battery.State;
            _record.LostSensors = _parts.Sampler.HasSensors ? 0 : 1;
            _record.NextSequence = _parts.Sequence.Next;
            _record.SequenceEnd = _parts.Sequence.Reserved;
            _record.OpenSequence = _parts.Outbox.OpenSequence;
            _record.OpenSize = _parts.Outbox.OpenSize;
            _record.IsSynchronized = _record.IsSynchronized || _clock.IsSynchronized;
            Schedule();
            if (!_record.Save(_parts.Hardware.Storage))
            {
                _parts.Counters.StorageFaults++;
            }

            return _record.Requested;
        }

        private void On(WakeEvent e)
        {
            long now = _clock.Uptime;
            Do(_cycle.On(e, now), now);
        }

        private void Decide(long now)
        {
            Outbox outbox = _parts.Outbox;
            _decision = new RadioDecision
            {
                Interval = Interval,
                PublishEvery = _settings.Number(_parts.SleepGroup, SleepSettings.PublishEvery),
                Mailbox = _settings.Number(_parts.SleepGroup, SleepSettings.Mailbox),
                IsTimerWake = _parts.WakeContext.IsTimer,
                IsPinWake = _parts.WakeContext.IsPin,
                Battery = _parts.Battery.State,
                NeedsTime = !_clock.IsSynchronized && _settings.TimeServers.Length > 0,
                IsHeld = _parts.Reconfiguration.IsOnTrial || (_updating != null && _updating.NeedsRadio),
                HasAlarm = _parts.Events.HasAlarm,
                HasEvents = _parts.Events.Count > 0,
                Waiting = outbox.Count,
                FullPercent = outbox.FullPercent,
                OldestAge = outbox.Count == 0 ? 0 : _record.WakesSinceRadio * (long)Interval,
                WakesSinceRadio = _record.WakesSinceRadio,
                SinceMailbox = SinceMailbox,
            };
            RadioReason reason = _decision.Decide(_record.Thrift);
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
                case WakeAction.Leave:
                    _toldId = 0;
                    SaySleeping();
                    break;
            }
        }

        private void Connect()
        {
            _hasTried = true;
            if (_connection.State == ConnectionState.Off)
            {
                // A clock that is right enough need not be set in each wake.
                bool isTurn = _record.SyncedAt == 0 || _record.Cycle % SyncEvery == 0;
                _needsTime = isTurn && _settings.TimeServers.Length > 0 && _record.Drift.NeedsSync(SinceSync);
                _connection.Start(_parts.PlanConnection(_settings, _needsTime ? _settings.TimeServers : new string[0]));
            }
        }

        private void SaySleeping()
        {
            // Wakes without the radio tell nobody anything: to be silent in them is not to be lost.
            long next = NextWake();
            long quiet = (_decision.WakesToRadio(_parts.Sampler.Channels, next - _clock.UtcMilliseconds) - 1) * Interval;
            long until = _clock.IsSynchronized ? ((next + 999) / 1000) + quiet : 0;
            _toldId = _connection.Publish(_parts.Topics.Status, _parts.Presence.Sleeping(until), true);
        }

        private void NoteLink(long now)
        {
            if (_connection.IsOnline != _isOnline)
            {
                _isOnline = _connection.IsOnline;
                _onlineAt = now;
                Do(_cycle.On(_isOnline ? WakeEvent.Online : WakeEvent.Lost, now), now);
            }
            else if (_cycle.State == WakeState.Connecting && _connection.State == ConnectionState.Connecting)
            {
                _ledger.Enter(EnergyPhase.Connect, now);
            }
        }

        // Nothing is under way, and nothing waits that may go before the wake has to end.
        private bool IsDrained(long now)
        {
            bool isPublishable = (_push.IsWaiting || _announcer.IsWaiting) && _parts.Budget.NextAt < _cycle.CapAt;
            bool awaitsTime = _needsTime && now - _onlineAt < TimeAnswer;
            int inFlight = _connection.InFlight - (_cycle.State == WakeState.Leaving && !_cycle.IsTold && _toldId != 0 ? 1 : 0);
            return inFlight <= 0 && !isPublishable && !awaitsTime && !_pull.IsWaiting && _parts.Hardware.Inbox.IsEmpty;
        }

        /// <summary>A time server has set the clock: how wrong it was says how the sleep timer runs.</summary>
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
            }

            NoteClock();
        }

        private void NoteClock() => _utcAtStart = _clock.UtcMilliseconds - _clock.Uptime;

        private void NoteRadio()
        {
            if (!_hasTried)
            {
                return;
            }

            _record.Thrift.Tried(_cycle.IsReached);
            if (_cycle.IsReached)
            {
                _record.WakesSinceRadio = 0;
                _record.MailboxAt = _clock.IsSynchronized ? _clock.UtcMilliseconds : ReachedSometime;
            }
        }

        private long NextWake() => WakeSchedule.Next(_clock.UtcMilliseconds - _clock.Uptime, _clock.UtcMilliseconds, Interval, _offset);

        private void Schedule()
        {
            long utc = _clock.UtcMilliseconds;
            _record.SleptAt = utc;
            _record.PlannedAt = _clock.IsSynchronized ? NextWake() : utc + (Interval * 1000L);
            _record.Requested = _record.Drift.Request(_record.PlannedAt - utc);
        }
    }
}

using System;
using Firmware.Connectivity;
using Firmware.Diagnostics;
using Firmware.Messaging;
using Firmware.Messaging.Methods;
using Firmware.Platform;
using Firmware.Settings;

namespace Firmware
{
    /// <summary>
    /// The device: one loop that measures, pushes readings and answers requests. A program calls <see cref="Step"/>,
    /// waits as long as it says, and calls it again, for ever; everything happens on that one thread.
    /// </summary>
    public sealed class Device : IRestart, ISettingsTarget
    {
        private const int MaxSignals = 32;
        private const int MaxUnacknowledged = 2; // Each was sent three times.
        private const int MaxPause = 60000;
        private const int LowMemory = 8192;

        private readonly Hardware _hardware;
        private readonly IClock _clock;
        private readonly Inbox _inbox;
        private readonly Counters _counters = new Counters();
        private readonly BootRecord _boot;
        private readonly Parts _parts;
        private readonly ReadMethod _read;
        private readonly Push _push;
        private readonly Pull _pull;
        private readonly Announcer _announcer;
        private readonly LoopPartTable _loop;
        private readonly Departure _departure = new Departure();
        private ConnectionState _lastState;
        private string _restartReason;
        private int _unacknowledged;

        /// <summary>Reads the settings and puts the device together; nothing starts yet.</summary>
        /// <param name="hardware">What the board supplies.</param>
        public Device(Hardware hardware)
        {
            _hardware = hardware;
            _clock = hardware.Clock;
            _inbox = hardware.Inbox;
            _boot = new BootRecord(hardware.Storage, _counters, _clock);

            // First of all: settings on which it fails count, too.
            _boot.Begin(hardware.Identity.WakeCause);
            try
            {
                _parts = new Parts(hardware, _boot, _counters);
                _read = new ReadMethod(_parts.Sampler, _parts.Senml, _clock);
                _push = new Push(_parts);
                _pull = new Pull(_parts, new RequestRouter(Methods.Create(_parts, _read, this), _clock, _counters));
                _announcer = new Announcer(_parts);
                _loop = new LoopPartTable(_parts);
                Apply(_parts.Settings);
            }
            catch (Exception e)
            {
                _boot.Failed(e, "create");
                throw;
            }
        }

        /// <summary>The device id.</summary>
        public string Id => _hardware.Identity.DeviceId;

        /// <summary>The settings it runs on.</summary>
        public DeviceSettings Settings => _parts.Store.Current;

        /// <summary>The connection to the broker.</summary>
        public Connection Connection => _parts.Connection;

        /// <summary>What it counts since its start.</summary>
        public Counters Counters => _counters;

        /// <summary>Readings that wait to be sent.</summary>
        public int OutboxCount => _parts.Outbox.Count;

        /// <summary>Whether the last starts did not last, so that only connection, requests and updates run.</summary>
        public bool IsSafeMode => _boot.IsSafeMode;

        /// <summary>Whether <see cref="Stop"/> has done its work.</summary>
        public bool IsStopped { get; private set; }

        private bool IsLeaving => _departure.IsUnderWay;

        /// <summary>Looks for the sensors and begins to connect.</summary>
        public void Start()
        {
            _parts.Reconfiguration.Start(this);
            if (!IsSafeMode)
            {
                RunPart(LoopPart.FindSensors);
                _boot.Reached(BootStage.Sensors);
            }

            RunPart(LoopPart.StartConnection);
        }

        /// <summary>Does all that is due now. Whatever comes in and whatever a driver does, it does not throw.</summary>
        /// <returns>Milliseconds for which there is nothing to do, unless a signal comes in.</returns>
        public int Step()
        {
            if (IsStopped)
            {
                return MaxPause;
            }

            long from = _clock.Uptime;
            RunPart(LoopPart.TakeSignals);
            for (LoopPart part = LoopPart.Connect; part <= LoopPart.Upkeep && !IsLeaving && !IsStopped; part++)
            {
                bool isMeasuring = part == LoopPart.Measure || part == LoopPart.Probe;
                if (!isMeasuring || !IsSafeMode)
                {
                    RunPart(part);
                }
            }

            _parts.Health.Stepped(from, _clock.Uptime);
            return Pause();
        }

        /// <summary>
        /// Begins to leave on purpose: says "offline", so that nobody takes it for lost. Step on until
        /// <see cref="IsStopped"/>: the broker has to acknowledge it first, for at most 3 s.
        /// </summary>
        public void Stop()
        {
            if (!IsStopped && _departure.Kind != DepartureKind.Stop)
            {
                Leave(DepartureKind.Stop, "stop");
            }
        }

        /// <inheritdoc/>
        void IRestart.Ask(string why) => _restartReason = why;

        /// <inheritdoc/>
        void ISettingsTarget.Apply(DeviceSettings settings) => Apply(settings);

        private void Apply(DeviceSettings settings)
        {
            _push.Use(settings);
            _read.Use(settings.TelemetryFormat);
            _announcer.Use(settings);
            _parts.Sampler.Apply(settings.Channels);
        }

        // One part that fails does not keep the others from their work, and is not tried again at once.
        private void RunPart(LoopPart part)
        {
            if (!_loop.MayRun(part))
            {
                return;
            }

            try
            {
                Run(part);
                _loop.Worked(part);
            }
            catch (Exception e)
            {
                _counters.Exceptions++;
                _loop.Failed(part, e);
            }
        }

        private void Run(LoopPart part)
        {
            switch (part)
            {
                case LoopPart.FindSensors:
                    _push.Start();
                    break;
                case LoopPart.StartConnection:
                    Connection.Start();
                    break;
                case LoopPart.TakeSignals:
                    TakeSignals();
                    break;
                case LoopPart.Connect:
                    Connection.Tick();
                    break;
                case LoopPart.Measure:
                    _push.Measure();
                    break;
                case LoopPart.Probe:
                    _parts.Sampler.Probe(_clock.Uptime);
                    break;
                case LoopPart.Publish:
                    _announcer.Tick();
                    _pull.Tick();
                    _push.Publish();
                    break;
                case LoopPart.Upkeep:
                    Upkeep(_clock.Uptime);
                    break;
                default:
                    SayOffline();
                    break;
            }
        }

        private void TakeSignals()
        {
            // Bounded, so that a flood of messages does not keep the device from measuring.
            for (int i = 0; i < MaxSignals && !IsStopped; i++)
            {
                Signal signal = _inbox.Take();
                if (signal == null)
                {
                    break;
                }

                TryTake(signal);
            }

            if (_clock.Uptime >= _departure.DueAt)
            {
                Hurry();
            }
        }

        // A request that fails must not keep a lost connection behind it from being noticed.
        private void TryTake(Signal signal)
        {
            try
            {
                Take(signal);
            }
            catch (Exception e)
            {
                _counters.Exceptions++;
                _loop.Report(LoopPart.TakeSignals, e);
            }
        }

        private void Take(Signal signal)
        {
            if (Connection.Absorb(signal))
            {
                return;
            }

            switch (signal.Kind)
            {
                case SignalKind.Message:
                    _pull.Take(signal);
                    break;
                case SignalKind.Acknowledged:
                case SignalKind.NotAcknowledged:
                    // That of an earlier connection means another message now.
                    if (Connection.IsCurrent(signal))
                    {
                        TakeAcknowledgement(signal.MessageId, signal.Kind == SignalKind.Acknowledged);
                    }

                    break;
                case SignalKind.Closed:
                    if (_departure.IsClosing && _departure.Kind == DepartureKind.Restart)
                    {
                        _departure.Linger(_clock.Uptime);
                    }
                    else if (_departure.IsClosing)
                    {
                        Depart();
                    }

                    break;
                default:
                    bool isOnline = Connection.Handle(signal);
                    if (isOnline)
                    {
                        _unacknowledged = 0;
                        _announcer.Online();
                        _parts.Reconfiguration.Online(_clock.Uptime);
                    }
                    else if (!Connection.IsOnline)
                    {
                        Disconnect();
                    }

                    break;
            }
        }

        private void TakeAcknowledgement(int messageId, bool isAcknowledged)
        {
            if (isAcknowledged)
            {
                _unacknowledged = 0;
                _push.Acknowledged(messageId);
                _announcer.Acknowledged(messageId);
                if (IsLeaving && !_departure.IsClosing && messageId == _departure.MessageId)
                {
                    CloseConnection();
                }

                return;
            }

            _push.NotAcknowledged(messageId);
            _announcer.NotAcknowledged(messageId);
            if (++_unacknowledged >= MaxUnacknowledged)
            {
                Connection.Fail("the broker does not acknowledge");
                Disconnect();
            }
        }

        private void Disconnect()
        {
            _push.Disconnected();
            _announcer.Disconnected();
        }

        private void Upkeep(long now)
        {
            NoteConnection();
            _parts.Actuators.Tick(now);
            _parts.Led.Tick(now);
            _parts.Reconfiguration.Tick(now);
            _parts.Health.Tick(now);
            if (_parts.Health.Heap < LowMemory)
            {
                _parts.Shed();
            }

            if (_boot.Tick(now, _parts.StartRevision))
            {
                _restartReason = "safe mode over";
            }

            // What was asked is answered first, also to a group.
            if (_restartReason != null && !_pull.IsWaiting)
            {
                Leave(DepartureKind.Restart, _restartReason);
            }
            else if (_parts.Reconfiguration.NeedsConnection && !_pull.IsWaiting)
            {
                Leave(DepartureKind.Reconnect, null);
            }
        }

        private void NoteConnection()
        {
            ConnectionState state = Connection.State;
            if (state == _lastState)
            {
                return;
            }

            _lastState = state;
            if (state == ConnectionState.Online)
            {
                _boot.Reached(BootStage.Online);
                _parts.Log.Write(LogLevel.Information, "online at " + Connection.Broker.Host);
            }
            else if (state == ConnectionState.Connecting)
            {
                _boot.Reached(BootStage.Joined);
            }
            else if (state == ConnectionState.BackingOff)
            {
                _parts.Log.Write(LogLevel.Warning, "no connection: " + Connection.LastFailure);
            }
        }

        private void Leave(DepartureKind kind, string reason)
        {
            _departure.Begin(kind, reason, _clock.Uptime);
            RunPart(LoopPart.SayOffline);
            if (IsLeaving && _departure.MessageId == 0)
            {
                // Nobody was told: the will is to say it.
                Connection.Stop(false);
                Depart();
            }
        }

        private void SayOffline()
        {
            if (_departure.Kind != DepartureKind.Reconnect)
            {
                _parts.Actuators.MakeSafe(_departure.Reason);
                _push.Save();
                _parts.Sequence.Release();
            }

            _departure.Said(Connection.Publish(_parts.Topics.Status, _parts.Presence.Offline(), true));
        }

        // "offline" was said, and may have arrived without its acknowledgement.
        private void CloseConnection()
        {
            _departure.Close(_clock.Uptime);
            Connection.Stop(true);
        }

        private void Hurry()
        {
            if (_departure.IsClosing)
            {
                Depart();
            }
            else
            {
                CloseConnection();
            }
        }

        private void Depart()
        {
            DepartureKind kind = _departure.Kind;
            _departure.End();
            Disconnect();
            if (kind == DepartureKind.Reconnect)
            {
                ConnectAnew();
                return;
            }

            IsStopped = true;
            _boot.End(_departure.Reason);
            if (kind == DepartureKind.Restart && _hardware.Power != null)
            {
                _hardware.Power.Restart();
            }
        }

        private void ConnectAnew()
        {
            DeviceSettings settings = Settings;
            _announcer.Moved();
            _parts.Topics.Use(settings.Prefix, settings.Groups);
            _parts.Reconfiguration.Connects(_clock.Uptime);
            Connection.Restart(_parts.PlanConnection(settings));
        }

        private int Pause()
        {
            if (!_inbox.IsEmpty && _loop.MayRun(LoopPart.TakeSignals))
            {
                return 0;
            }

            long due = _departure.DueAt;
            if (!IsLeaving)
            {
                due = _loop.DueAt(LoopPart.Connect, Connection.DueAt, due);
                due = _loop.DueAt(LoopPart.Publish, _push.PublishAt, due);
                due = _loop.DueAt(LoopPart.Publish, _pull.DueAt, due);
                due = _loop.DueAt(LoopPart.Publish, _announcer.DueAt, due);
                due = _loop.DueAt(LoopPart.Upkeep, UpkeepAt(), due);
                if (!IsSafeMode)
                {
                    due = _loop.DueAt(LoopPart.Measure, _push.MeasureAt, due);
                    due = _loop.DueAt(LoopPart.Probe, _parts.Sampler.ProbeAt, due);
                }
            }

            long pause = due - _clock.Uptime;
            return pause < 0 ? 0 : pause > MaxPause ? MaxPause : (int)pause;
        }

        private long UpkeepAt()
        {
            long due = _parts.Actuators.DueAt < _parts.Led.DueAt ? _parts.Actuators.DueAt : _parts.Led.DueAt;
            due = _boot.DueAt < due ? _boot.DueAt : due;
            return _parts.Reconfiguration.DueAt < due ? _parts.Reconfiguration.DueAt : due;
        }
    }
}

using System;
using Firmware.Connectivity;
using Firmware.Diagnostics;
using Firmware.Messaging;
using Firmware.Messaging.Methods;
using Firmware.Platform;
using Firmware.Power;
using Firmware.Settings;

namespace Firmware
{
    /// <summary>
    /// The device: one loop that measures, pushes readings and answers requests. A program calls <see cref="Step"/>,
    /// waits as long as it says, and calls it again, for ever; everything happens on that one thread.
    /// </summary>
    public sealed class Device : IRestart, ISettingsTarget, IAwake
    {
        private const int MaxPause = 60000;

        // The longest cap of a wake, and the time for leaving: nothing may keep a battery from its rest for longer.
        private const long LongestWake = WakeCycle.LongCap + 10000;

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
        private readonly Updating _updating; // null for a board that cannot be updated
        private readonly UpdateDesk _desk;
        private readonly Wake _wake; // null for a device that does not sleep
        private readonly LoopPartTable _loop;
        private readonly Leaving _leaving;
        private readonly Signals _signals;
        private readonly Upkeep _upkeep;

        /// <summary>Reads the settings and puts the device together; nothing starts yet.</summary>
        /// <param name="hardware">What the board supplies.</param>
        public Device(Hardware hardware)
        {
            _hardware = hardware;
            _clock = hardware.Clock;
            _inbox = hardware.Inbox;
            _boot = new BootRecord(hardware.Storage, _counters, _clock);

            // First of all: settings on which it fails count, too.
            WakeContext awakening = new WakeContext(WakeRecord.Load(hardware.Storage), hardware.Identity.WakeCause);
            Count(awakening);
            try
            {
                _parts = new Parts(hardware, _boot, _counters, awakening);
                _read = new ReadMethod(_parts.Sampler, _parts.Senml, _clock);
                _push = new Push(_parts);
                _updating = hardware.Updates == null ? null : new Updating(_parts, this);
                _desk = _updating == null ? null : new UpdateDesk(_parts, _updating);
                _pull = new Pull(_parts, new RequestRouter(Methods.Create(_parts, _read, this, this, _updating, _desk), _clock, _counters));
                _announcer = new Announcer(_parts);
                _wake = _parts.Sleeps ? new Wake(_parts, _push, _pull, _announcer, _updating) : null;
                _loop = new LoopPartTable(_parts);
                _leaving = new Leaving(_parts, _push, _announcer, _loop, _wake);
                _signals = new Signals(_parts, _push, _pull, _announcer, _loop, _leaving, _wake, _updating, _desk);
                _upkeep = new Upkeep(_parts, _pull, _leaving);
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
        public bool IsStopped => _leaving.IsOver;

        private bool IsLeaving => _leaving.IsUnderWay;

        /// <summary>Looks for the sensors and begins to connect.</summary>
        public void Start()
        {
            _parts.Reconfiguration.Start(this);
            if (!IsSafeMode)
            {
                RunPart(LoopPart.FindSensors);
                _boot.Reached(BootStage.Sensors);
            }

            if (_wake == null)
            {
                RunPart(LoopPart.StartConnection);
            }
            else
            {
                _wake.Begin();
            }
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
            for (LoopPart part = LoopPart.Connect; part <= LoopPart.Sleep && !IsLeaving && !IsStopped; part++)
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
            if (!IsStopped && _leaving.Kind != DepartureKind.Stop)
            {
                _leaving.Begin(DepartureKind.Stop, "stop");
            }
        }

        /// <inheritdoc/>
        void IRestart.Ask(string why) => _upkeep.Restart(why);

        /// <inheritdoc/>
        bool IAwake.Sleeps => _wake != null;

        /// <inheritdoc/>
        void IAwake.StayAwake(int seconds) => _wake?.StayAwake(seconds);

        /// <inheritdoc/>
        void IAwake.EndOfQueue() => _wake?.EndOfQueue();

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
                    _push.Start(_parts.WakeContext.IsSleepEnd && _parts.WakeContext.Record.LostSensors != 0);
                    _upkeep.CheckBattery();
                    break;
                case LoopPart.StartConnection:
                    Connection.Start();
                    break;
                case LoopPart.TakeSignals:
                    _signals.Take();
                    _leaving.Tick();
                    break;
                case LoopPart.Connect:
                    Connection.Tick();
                    break;
                case LoopPart.Measure:
                    _push.Measure();
                    _updating?.Measured();
                    break;
                case LoopPart.Probe:
                    _parts.Sampler.Probe(_clock.Uptime);
                    break;
                case LoopPart.Publish:
                    _announcer.Tick();
                    _pull.Tick();
                    _push.Publish();
                    break;
                case LoopPart.Update:
                    _desk?.Tick();
                    _updating?.Tick();
                    break;
                case LoopPart.Upkeep:
                    _upkeep.Tick();
                    break;
                case LoopPart.Sleep:
                    TickWake();
                    break;
            }
        }

        private void TickWake()
        {
            if (_wake == null)
            {
                return;
            }

            bool isTooLong = _clock.Uptime > LongestWake;
            if (!isTooLong)
            {
                _wake.Tick();
            }

            if (isTooLong || _wake.IsOver)
            {
                _leaving.BeginSleep();
            }
        }

        private void Count(WakeContext awakening)
        {
            if (awakening.IsSleepEnd)
            {
                _boot.Resume(_hardware.Identity.WakeCause, awakening.Record.BootCount);
            }
            else
            {
                // An image on trial is to show all it can: the starts before were those of another one.
                bool isOnTrial = _hardware.Updates != null && _hardware.Updates.IsOnTrial;
                _boot.Begin(_hardware.Identity.WakeCause, awakening.Record.BootCount, isOnTrial);
            }
        }

        private int Pause()
        {
            if (!_inbox.IsEmpty && _loop.MayRun(LoopPart.TakeSignals))
            {
                return 0;
            }

            long due = _leaving.DueAt;
            if (!IsLeaving)
            {
                due = _loop.DueAt(LoopPart.Connect, Connection.DueAt, due);
                due = _loop.DueAt(LoopPart.Publish, _push.PublishAt, due);
                due = _loop.DueAt(LoopPart.Publish, _pull.DueAt, due);
                due = _loop.DueAt(LoopPart.Publish, _announcer.DueAt, due);
                due = _loop.DueAt(LoopPart.Upkeep, _upkeep.DueAt, due);
                if (_updating != null)
                {
                    due = _loop.DueAt(LoopPart.Update, _updating.DueAt, due);
                    due = _loop.DueAt(LoopPart.Update, _desk.DueAt, due);
                }

                due = _wake == null ? due : _loop.DueAt(LoopPart.Sleep, _wake.DueAt, due);
                if (!IsSafeMode)
                {
                    due = _loop.DueAt(LoopPart.Measure, _push.MeasureAt, due);
                    due = _loop.DueAt(LoopPart.Probe, _parts.Sampler.ProbeAt, due);
                }
            }

            long pause = due - _clock.Uptime;
            return pause < 0 ? 0 : pause > MaxPause ? MaxPause : (int)pause;
        }
    }
}

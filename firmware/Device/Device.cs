using System;
using Firmware.Connectivity;
using Firmware.Diagnostics;
using Firmware.Platform;
using Firmware.Settings;
using Firmware.Shutdown;
using Firmware.Telemetry;

namespace Firmware
{
    /// <summary>
    /// The device: one loop that measures, publishes readings and responds to requests. A program calls <see cref="Start"/>,
    /// then <see cref="Step"/> again and again, and waits between two calls as long as it says. All happens on that one
    /// thread.
    /// </summary>
    public sealed class Device
    {
        private const int MaxPause = 60000;

        private readonly BoardIdentity _identity;
        private readonly IClock _clock;
        private readonly Inbox _inbox;
        private readonly SettingsStore _store;
        private readonly BootRecord _boot;
        private readonly ModuleLoop _loop;
        private readonly ShutdownModule _shutdown;
        private readonly Module _sleeper; // null for a board that does not sleep
        private Hardware _hardware; // until the start
        private CoreModules _core; // likewise
        private Health _health;
        private Publisher _publisher;
        private DeviceContext _context;
        private Dispatcher _dispatcher;
        private long _answeredAt;

        internal Device(Hardware hardware, Module[] modules, CoreModules core, SettingsStore store, Counters counters)
        {
            _hardware = hardware;
            _identity = hardware.Identity;
            _clock = hardware.Clock;
            _inbox = hardware.Inbox;
            Counters = counters;
            _store = store;
            _core = core;
            _shutdown = core.Shutdown;
            _boot = new BootRecord(hardware.Storage, counters, _clock);
            _loop = new ModuleLoop(modules, counters) { Boot = _boot };
            for (int i = 0; i < modules.Length; i++)
            {
                _sleeper = modules[i] is ISleeper ? modules[i] : _sleeper;
            }
        }

        /// <summary>The device id.</summary>
        public string Id => _identity.DeviceId;

        /// <summary>The settings it runs on; null before <see cref="Start"/>.</summary>
        public DeviceSettings Settings => _store.Current;

        /// <summary>The connection to the broker; null before <see cref="Start"/>.</summary>
        public Connection Connection => _context == null ? null : _context.Connection;

        /// <summary>What it counts since its start.</summary>
        public readonly Counters Counters;

        /// <summary>Readings that wait to be sent.</summary>
        public int OutboxCount => _context == null || _context.Outbox == null ? 0 : _context.Outbox.Count;

        /// <summary>Whether the last starts did not last, so that only connection, requests and updates run.</summary>
        public bool IsSafeMode => _boot.IsSafeMode;

        /// <summary>Whether it has stopped, restarted or gone to sleep.</summary>
        public bool IsStopped => _shutdown.IsOver;

        /// <summary>Counts the start, loads the settings and starts the modules.</summary>
        public void Start()
        {
            // First of all: settings on which it fails count, too.
            ISleeper sleeper = _sleeper as ISleeper;
            WakeContext wake = sleeper == null ? new WakeContext() : sleeper.Recall(_hardware);
            if (wake.IsSleepEnd)
            {
                _boot.Resume(_identity.WakeCause, wake.BootCount);
            }
            else
            {
                _boot.Begin(_identity.WakeCause, wake.BootCount, _loop.IsOnTrial());
            }

            try
            {
                StartModules(wake, sleeper);
            }
            catch (Exception e)
            {
                _boot.Failed(e, "start");
                throw;
            }
        }

        /// <summary>Does all that is due now. It never throws, also not for a failing driver or a hostile message.</summary>
        /// <returns>Milliseconds for which there is nothing to do, unless something comes in.</returns>
        public int Step()
        {
            if (_publisher == null)
            {
                return MaxPause;
            }

            IClock clock = _clock;
            long now = clock.Uptime;
            long answeredAt = clock.AnsweredAt;
            if (_inbox.IsEmpty && answeredAt == _answeredAt)
            {
                long pause = NextDue() - now;
                if (pause > 0)
                {
                    return pause > MaxPause ? MaxPause : (int)pause;
                }
            }

            if (_shutdown.IsOver)
            {
                return MaxPause;
            }

            if (answeredAt != _answeredAt)
            {
                _answeredAt = answeredAt;
                _loop.Notify(ModuleEvent.TimeSet, null, now);
            }

            Run(now);
            if (_shutdown.IsOver)
            {
                return MaxPause;
            }

            long end = clock.Uptime;
            _health.Stepped(now, end);
            long left = _inbox.IsEmpty ? NextDue() - end : 0;
            return left > MaxPause ? MaxPause : left < 0 ? 0 : (int)left;
        }

        /// <summary>
        /// Starts the shutdown: publishes "offline", so that the broker does not publish the will. Call Step until
        /// <see cref="IsStopped"/>: the broker must acknowledge it first, for at most 3 s.
        /// </summary>
        public void Stop() => _shutdown.Stop();

        private void StartModules(WakeContext wake, ISleeper sleeper)
        {
            EventQueue events = new EventQueue(_clock, Counters);
            events.Load(_hardware.Storage);
            if (!_boot.IsResumed)
            {
                _boot.Report(events);
            }

            _core.Settings.Load(_boot, events);
            _loop.IsSafeMode = _boot.IsSafeMode;
            _context = new DeviceContext(_hardware, Counters, events, _store, _loop, wake, _boot);
            _dispatcher = new Dispatcher(_inbox, _loop, _core, sleeper);
            _context.Dispatcher = _dispatcher;
            _context.Sleeper = sleeper;
            _context.Sleeps = sleeper != null && !_boot.IsSafeMode && sleeper.Sleeps(_store.Current);
            _core.Share(_context);
            _answeredAt = _clock.AnsweredAt;
            _loop.Start(_context);
            if (_context.Sleeps && _loop.Modules[_sleeper.Slot] != _sleeper)
            {
                // Its start failed: a device that is always on can be reached and repaired.
                _context.Sleeps = false;
                _loop.SetDue(_core.Connection.Slot, 0);
            }

            _publisher = _context.Publisher;
            _core.Collect(_loop.Modules);
            _health = _core.Diagnostics.Health;
            _core = null;
            _hardware = null;

            // The first round: sensors are looked for, the network is joined.
            long now = _clock.Uptime;
            _loop.Run(now, _shutdown);
            if (!_context.Sleeps)
            {
                _context.Wake = null;
            }

            if (_shutdown.Reason == ShutdownReason.None)
            {
                RunSleeper(now);
            }
        }

        private void Run(long now)
        {
            _dispatcher.Take(now);
            if (_shutdown.Reason != ShutdownReason.None)
            {
                _loop.RunAlone(_shutdown, now);
                if (_shutdown.Reason != ShutdownReason.None)
                {
                    // "offline" may wait for the acknowledgement of an earlier presence message.
                    _publisher.Run(now);
                }

                return;
            }

            if (_context.Responses.IsWaiting)
            {
                // Before modules that may take long, as a measurement does.
                _publisher.Run(now);
            }

            _loop.Run(now, _shutdown);
            if (_shutdown.Reason == ShutdownReason.None)
            {
                _publisher.Run(now);
                RunSleeper(now);
            }
        }

        // Last in each round: whether there is nothing more to do shows only then.
        private void RunSleeper(long now)
        {
            if (_context.Sleeps && !_shutdown.IsOver)
            {
                _loop.Tick(_sleeper.Slot, now);
                _publisher.Run(now);
            }
        }

        private long NextDue()
        {
            long due = _publisher.DueAt;
            long ofModules = _loop.NextDue;
            return due > ofModules || _shutdown.Reason != ShutdownReason.None ? ofModules : due;
        }
    }
}

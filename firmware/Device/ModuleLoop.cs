using System;
using Firmware.Diagnostics;
using Firmware.Platform;
using Firmware.Shutdown;

namespace Firmware
{
    /// <summary>
    /// The modules of a device and their due times. A module that throws is recorded and logged, and not called
    /// for a while; when memory ran out, all release what they can do without.
    /// </summary>
    internal sealed class ModuleLoop : IFailureSink
    {
        private readonly Counters _counters;
        private PartBackoff _backoff; // null until a module fails
        private readonly long[] _due;
        private bool _hasReleased;
        private bool _isTooEarly; // NextDue may be: what was next has been put off

        internal ModuleLoop(Module[] modules, Counters counters)
        {
            Modules = modules;
            _counters = counters;
            _due = new long[modules.Length];
            for (int i = 0; i < modules.Length; i++)
            {
                _due[i] = long.MaxValue;
                modules[i].Slot = i;
                modules[i].Loop = this;
            }
        }

        internal readonly Module[] Modules;

        // Set as soon as they exist.
        internal BootRecord Boot;
        internal ILog Log;
        internal bool IsSafeMode;

        /// <summary>The earliest due time of all modules: it may be too early, never too late.</summary>
        internal long NextDue = long.MaxValue;

        /// <summary>How many modules want measurements.</summary>
        internal int Listeners;

        internal void SetDue(int slot, long at)
        {
            long[] due = _due;
            if (at < NextDue)
            {
                NextDue = at;
            }
            else if (at > NextDue && due[slot] == NextDue)
            {
                _isTooEarly = true;
            }

            due[slot] = at;
        }

        /// <summary>Starts the modules in order. One that throws is recorded and not called any more.</summary>
        internal void Start(DeviceContext device)
        {
            for (int i = 0; i < Modules.Length; i++)
            {
                try
                {
                    Modules[i].Start(device);
                }
                catch (Exception e)
                {
                    Failed(Modules[i].Name, e);
                    Modules[i].Loop = null;
                    Modules[i] = new FailedModule(Modules[i].Name);
                    _due[i] = long.MaxValue;
                }
            }
        }

        /// <summary>Calls what is due, in order, until a shutdown begins.</summary>
        internal void Run(long now, ShutdownModule shutdown)
        {
            if (now < NextDue && !_isTooEarly)
            {
                return;
            }

            long[] due = _due;
            int count = due.Length;
            long next = long.MaxValue;

            // Each due time that is set from here on lowers it again.
            NextDue = long.MaxValue;
            _isTooEarly = false;
            for (int i = 0; i < count; i++)
            {
                long at = due[i];
                if (at <= now)
                {
                    Tick(i, now);
                    if (shutdown.Reason != ShutdownReason.None || shutdown.IsOver)
                    {
                        NextDue = due[shutdown.Slot];
                        return;
                    }

                    at = due[i];
                }

                if (at < next)
                {
                    next = at;
                }
            }

            if (next < NextDue)
            {
                NextDue = next;
            }
        }

        /// <summary>Calls the module that shuts the device down, if it is due; the others have nothing to do any more.</summary>
        internal void RunAlone(ShutdownModule shutdown, long now)
        {
            if (_due[shutdown.Slot] <= now)
            {
                Tick(shutdown.Slot, now);
            }

            NextDue = shutdown.Reason != ShutdownReason.None ? _due[shutdown.Slot] : 0;
        }

        internal void NotifyMeasured(long now)
        {
            Module[] modules = Modules;
            for (int i = 0; Listeners != 0 && i < modules.Length; i++)
            {
                Module module = modules[i];
                if (module.IsListening)
                {
                    try
                    {
                        module.OnMeasured(now);
                    }
                    catch (Exception e)
                    {
                        Failed(module.Name, e);
                    }
                }
            }
        }

        /// <summary>Counts, logs and records an exception that the device survives.</summary>
        public void Failed(string where, Exception exception)
        {
            _counters.Exceptions++;
            if (exception is OutOfMemoryException)
            {
                ReleaseMemory();
            }

            Boot.Failed(exception, where);
            if (Log != null)
            {
                Log.Write(LogLevel.Error, where + ": " + exception.GetType().Name);
            }
        }

        /// <summary>Has all modules release, once, the memory that the device can do without.</summary>
        internal void ReleaseMemory()
        {
            if (!_hasReleased)
            {
                _hasReleased = true;
                Notify(ModuleEvent.LowMemory, null, 0);
            }
        }

        internal AwakeHold Hold()
        {
            AwakeHold hold = AwakeHold.None;
            Module[] modules = Modules;
            for (int i = 0; i < modules.Length; i++)
            {
                hold |= modules[i].Hold;
            }

            return hold;
        }

        internal long WakeAt()
        {
            long at = long.MaxValue;
            for (int i = 0; i < Modules.Length; i++)
            {
                long own = Modules[i].WakeAt;
                at = own < at ? own : at;
            }

            return at;
        }

        internal bool IsOnTrial()
        {
            for (int i = 0; i < Modules.Length; i++)
            {
                if (Modules[i].IsOnTrial)
                {
                    return true;
                }
            }

            return false;
        }

        internal bool NeedsRadio()
        {
            for (int i = 0; i < Modules.Length; i++)
            {
                if (Modules[i].NeedsRadio)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Notifies all modules, in order. An exception of one does not stop the others.</summary>
        internal void Notify(ModuleEvent what, object detail, long now)
        {
            for (int i = 0; i < Modules.Length; i++)
            {
                try
                {
                    Modules[i].Notify(what, detail, now);
                }
                catch (Exception e)
                {
                    Failed(Modules[i].Name, e);
                }
            }
        }

        /// <summary>Calls one module now.</summary>
        internal void Tick(int slot, long now)
        {
            if (_backoff != null && !_backoff.MayRun(slot, now))
            {
                SetDue(slot, _backoff.DueAt(slot, now));
                return;
            }

            _isTooEarly |= _due[slot] == NextDue;
            _due[slot] = long.MaxValue;
            if (IsSafeMode && !Modules[slot].RunsInSafeMode)
            {
                return;
            }

            try
            {
                Modules[slot].Tick(now);
                if (_backoff != null)
                {
                    _backoff.Worked(slot);
                }
            }
            catch (Exception e)
            {
                _backoff = _backoff ?? new PartBackoff(_due.Length);
                _backoff.Failed(slot, now);
                SetDue(slot, _backoff.DueAt(slot, now));
                Failed(Modules[slot].Name, e);
            }
        }
    }
}

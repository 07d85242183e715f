using System;
using Firmware.Diagnostics;
using Firmware.Platform;

namespace Firmware
{
    /// <summary>
    /// The parts of the loop and what becomes of one that throws: it is recorded, logged, and tried again after a pause;
    /// when memory ran out, what the device can do without is given back first.
    /// </summary>
    internal sealed class LoopPartTable
    {
        private static readonly string[] Names =
        {
            "find sensors", "start connection", "take signals", "connect", "measure", "probe", "publish", "update", "upkeep", "sleep", "say offline",
        };

        private readonly Parts _parts;
        private readonly IClock _clock;
        private readonly PartBackoff _backoff = new PartBackoff(Names.Length);

        internal LoopPartTable(Parts parts)
        {
            _parts = parts;
            _clock = parts.Hardware.Clock;
        }

        internal bool MayRun(LoopPart part) => _backoff.MayRun((int)part, _clock.Uptime);

        internal void Worked(LoopPart part) => _backoff.Worked((int)part);

        internal void Failed(LoopPart part, Exception e)
        {
            _backoff.Failed((int)part, _clock.Uptime);
            Report(part, e);
        }

        /// <summary>An exception that the part survives.</summary>
        internal void Report(LoopPart part, Exception e)
        {
            if (e is OutOfMemoryException)
            {
                _parts.Shed();
            }

            string name = Names[(int)part];
            _parts.Boot.Failed(e, name);
            _parts.Log.Write(LogLevel.Error, name + ": " + e.GetType().Name);
        }

        /// <summary>The earlier of two moments, the one being that at which a part has work and may do it.</summary>
        internal long DueAt(LoopPart part, long due, long other)
        {
            due = _backoff.DueAt((int)part, due);
            return due < other ? due : other;
        }
    }
}

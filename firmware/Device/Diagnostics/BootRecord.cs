using System;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Diagnostics
{
    /// <summary>
    /// What is known of this run and of the one before, on flash: how often the device has started, how far it came, how it
    /// ended, what failed. From it follows safe mode. Written at the start, when first online, when it has lasted a minute,
    /// at an end on purpose and for an exception: about 40 bytes each, 110 once there was an exception, at most 260.
    /// </summary>
    public sealed class BootRecord
    {
        /// <summary>Starts in a row that did not last after which the next is in safe mode.</summary>
        public const int MaxStarts = 10;

        /// <summary>Milliseconds that a run has to last.</summary>
        public const long StableTime = 60000;

        /// <summary>Milliseconds after which safe mode is left.</summary>
        public const long SafeModeTime = 3600000;

        /// <summary>Milliseconds between two writes for exceptions.</summary>
        public const long FailurePause = 60000;

        /// <summary>The wake cause of a start that a watchdog of the board has brought about.</summary>
        public const string WatchdogWake = "watchdog";

        private const string File = "boot";

        private readonly IStorage _storage;
        private readonly Counters _counters;
        private readonly IClock _clock;
        private readonly BootContent _run = new BootContent();
        private BootContent _last;
        private long _begunAt;
        private long _failureAt; // when one may be written again
        private bool _isFailureNew;
        private bool _hasEnded;
        private bool _isSaved;

        /// <summary>Creates a record that <see cref="Begin"/> fills.</summary>
        /// <param name="storage">Keeps it.</param>
        /// <param name="counters">Counts writes that failed.</param>
        /// <param name="clock">Time.</param>
        public BootRecord(IStorage storage, Counters counters, IClock clock)
        {
            _storage = storage;
            _counters = counters;
            _clock = clock;
        }

        /// <summary>Number of this run, from 1.</summary>
        public int Count => _run.Count;

        /// <summary>How far this run has come.</summary>
        public BootStage Stage => (BootStage)_run.Stage;

        /// <summary>
        /// Whether the ten starts before this one did not last. Then only connection, requests and updates run, on the
        /// settings of <see cref="GoodRevision"/>. Fixed from <see cref="Begin"/> on; any end on purpose lets the next
        /// start be an ordinary one, a power cut does not.
        /// </summary>
        public bool IsSafeMode;

        /// <summary>Whether this run goes on after a sleep.</summary>
        public bool IsResumed;

        /// <summary>Revision of the settings with which a run last lasted a minute, 0 when it is not known.</summary>
        public int GoodRevision => _run.GoodRevision;

        /// <summary>Uptime in milliseconds at which <see cref="Tick"/> has work.</summary>
        public long DueAt
        {
            get
            {
                if (_hasEnded)
                {
                    return long.MaxValue;
                }

                long due = Stage < BootStage.Stable ? _begunAt + StableTime : IsSafeMode ? _begunAt + SafeModeTime : long.MaxValue;
                return _isFailureNew && _failureAt < due ? _failureAt : due;
            }
        }

        /// <summary>Begins this run: reads what the last one left, and writes that there is another start. Call it once, first of all.</summary>
        /// <param name="wakeCause">Why the chip started: "power-on", "timer", ...</param>
        /// <param name="before">Number of the last run as far as known from elsewhere: wakes are not counted in the file.</param>
        /// <param name="isTrial">Whether the run is not to be in safe mode, however the starts before it ended.</param>
        public void Begin(string wakeCause, int before = 0, bool isTrial = false)
        {
            BootContent last = Take(wakeCause, before);
            IsSafeMode = last.Starts >= MaxStarts && !isTrial;
            _run.Starts = last.Starts < byte.MaxValue ? last.Starts + 1 : last.Starts;
            Save();
        }

        /// <summary>
        /// Goes on after a sleep: flash is not written for it, nor at the next end; only an exception is. A run that then
        /// does not come to its sleep ends with a reset, and that start counts.
        /// </summary>
        /// <param name="wakeCause">Why the chip woke: "timer", "pin".</param>
        /// <param name="before">Number of the run before the sleep.</param>
        public void Resume(string wakeCause, int before)
        {
            Take(wakeCause, before);
            IsResumed = true;
        }

        private BootContent Take(string wakeCause, int before)
        {
            _begunAt = _clock.Uptime;
            _last = Read();
            BootContent last = _last ?? new BootContent();
            before = before > last.Count ? before : last.Count;
            _run.Count = before >= int.MaxValue - 1 ? 1 : before + 1;
            _run.GoodRevision = last.GoodRevision;
            _run.Wake = string.IsNullOrEmpty(wakeCause) ? "unknown" : OneLine.Of(wakeCause, BootContent.MaxWord);
            _run.FailedBoot = last.FailedBoot;
            _run.FailedUptime = last.FailedUptime;
            _run.FailedType = last.FailedType;
            _run.FailedWhere = last.FailedWhere;
            _run.FailedMessage = last.FailedMessage;
            return last;
        }

        /// <summary>The run has come to a stage; an earlier one than before does nothing.</summary>
        /// <param name="stage">The stage.</param>
        public void Reached(BootStage stage)
        {
            if ((int)stage > _run.Stage && !_hasEnded)
            {
                _run.Stage = (int)stage;

                // Each stage costs a write: the early ones only after a start that failed, to find how far it gets.
                if (!IsResumed && (stage >= BootStage.Online || _run.Starts > 1))
                {
                    Save();
                }
            }
        }

        /// <summary>This run has lasted: the next does not count those before. In safe mode that proves nothing.</summary>
        /// <param name="settingsRevision">Revision of the settings that this run started with.</param>
        public void Stable(int settingsRevision)
        {
            if (!IsSafeMode)
            {
                _run.Starts = 0;
                _run.GoodRevision = settingsRevision;
            }

            Reached(BootStage.Stable);
        }

        /// <summary>Does what time has made due.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <param name="settingsRevision">Revision of the settings that this run started with.</param>
        /// <returns>True when safe mode has lasted an hour: <see cref="End"/> it and restart.</returns>
        public bool Tick(long now, int settingsRevision)
        {
            if (now < DueAt)
            {
                return false;
            }

            if (Stage < BootStage.Stable && now >= _begunAt + StableTime)
            {
                Stable(settingsRevision);
            }

            SaveFailure(now);
            return IsSafeMode && now >= _begunAt + SafeModeTime;
        }

        /// <summary>
        /// An exception came as far as the loop. It is written when it is another one than the last, or the first of this
        /// run, at most once a minute: a power cut before that loses it.
        /// </summary>
        /// <param name="exception">The exception.</param>
        /// <param name="where">Name of the part that failed, e.g. "measure".</param>
        public void Failed(Exception exception, string where)
        {
            try
            {
                Note(exception.GetType().Name, exception.Message, where);
            }
            catch (Exception)
            {
                // E.g. out of memory. The report of a failure must not fail.
                _counters.Exceptions++;
            }
        }

        /// <summary>Records a failure, unless it is the last one again.</summary>
        /// <param name="type">What kind of failure.</param>
        /// <param name="message">What happened.</param>
        /// <param name="where">The module.</param>
        public void Note(string type, string message, string where)
        {
            type = OneLine.Of(type, BootContent.MaxType);
            message = OneLine.Of(message, BootContent.MaxMessage);
            where = OneLine.Of(where, BootContent.MaxWhere);
            if (_run.FailedBoot == _run.Count && _run.FailedType == type && _run.FailedWhere == where && _run.FailedMessage == message)
            {
                return;
            }

            _run.FailedBoot = _run.Count;
            _run.FailedUptime = (int)(_clock.Uptime / 1000);
            _run.FailedType = type;
            _run.FailedWhere = where;
            _run.FailedMessage = message;
            _isFailureNew = true;
            SaveFailure(_clock.Uptime);
        }

        /// <summary>
        /// This run ends on purpose; nothing is written any more. It counts as one that lasted: who sleeps after seconds is
        /// well. So never call it for a restart because of a failure.
        /// </summary>
        /// <param name="why">"restart", "stop", "sleep": at most 16 characters.</param>
        public void End(string why)
        {
            if (!_hasEnded)
            {
                _run.End = OneLine.Of(why, BootContent.MaxWord);
                _run.Starts = 0;
                if (!IsResumed || _isSaved)
                {
                    Save();
                }

                _hasEnded = true;
            }
        }

        /// <summary>
        /// Adds the event <c>boot</c>: number and cause of this start, and the members of <see cref="WriteTo"/>; and one
        /// <c>security</c> for safe mode and for a watchdog.
        /// </summary>
        /// <param name="events">Receives it.</param>
        public void Report(EventQueue events)
        {
            JsonWriter writer = EventQueue.Begin("boot");
            writer.Member("boot", _run.Count);
            writer.Name("wake");
            writer.String(_run.Wake);
            writer.Name("safeMode");
            writer.Boolean(IsSafeMode);
            WriteTo(writer);
            events.End(writer, IsSafeMode);
            if (IsSafeMode)
            {
                events.Security("safe-mode", null);
            }

            if (_run.Wake == WatchdogWake)
            {
                events.Security(WatchdogWake, null);
            }
        }

        /// <summary>
        /// Writes the members <c>stage</c>, <c>lastStage</c>, <c>previousWakeCause</c>, <c>cleanShutdown</c>, <c>lastEnd</c>
        /// (why), <c>crashLoopCount</c> (consecutive starts that did not last 60 s, with this one), <c>knownGoodRevision</c>,
        /// <c>exception</c> {<c>type</c>, <c>message</c>, <c>where</c>, <c>boot</c> (its run), <c>uptime</c> (its
        /// seconds)}. What is not known is absent. At most 800 bytes.
        /// </summary>
        /// <param name="writer">Receives them; an object must be open.</param>
        public void WriteTo(JsonWriter writer) => BootText.Write(writer, _run, _last);

        private BootContent Read()
        {
            try
            {
                return BootContent.Decode(_storage.Read(File));
            }
            catch (Exception)
            {
                return null;
            }
        }

        private void SaveFailure(long now)
        {
            if (_isFailureNew && now >= _failureAt)
            {
                _failureAt = now + FailurePause;
                Save();
            }
        }

        // The device starts without a working storage, too.
        private void Save()
        {
            if (_hasEnded)
            {
                return;
            }

            _isFailureNew = false;
            _isSaved = true;
            try
            {
                _counters.StorageFaults += _storage.Replace(File, _run.Encode()) ? 0 : 1;
            }
            catch (Exception)
            {
                _counters.StorageFaults++;
            }
        }
    }
}

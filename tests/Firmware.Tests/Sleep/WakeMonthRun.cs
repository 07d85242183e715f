using Firmware.Platform;
using Firmware.Sleep;
using Firmware.Tests.Fakes;

namespace Firmware.Tests.Sleep
{
    /// <summary>
    /// Wakes of a device that keeps nothing but its wake record, joined as the firmware joins them: a month at 5 minutes, in
    /// a world where a wake with the radio takes 2.7 s, and an attempt that fails 12 s.
    /// </summary>
    internal sealed class WakeMonthRun
    {
        public const int WakesPerDay = 288;
        private const int Interval = 300;
        private const int TruePpm = 20000;

        private static readonly PowerProfile Profile = new PowerProfile
        {
            Boot = 40000,
            Measure = 40000,
            Join = 110000,
            Connect = 100000,
            Publish = 100000,
            Listen = 95000,
            Sleep = 15,
        };

        private readonly MemoryStorage _storage = new MemoryStorage();
        private long _truth = 1795348800000L;

        /// <summary>Setting.</summary>
        public int PublishEvery { get; set; } = 1;

        /// <summary>Whether there is a network.</summary>
        public bool HasNetwork { get; set; } = true;

        /// <summary>Every so many records are not written, 0: none.</summary>
        public int CutEvery { get; set; }

        /// <summary>Readings that wait on flash.</summary>
        public int Waiting { get; private set; }

        /// <summary>Wakes.</summary>
        public int Wakes { get; private set; }

        /// <summary>Wakes with the radio.</summary>
        public int RadioWakes { get; private set; }

        /// <summary>Charge in microampere seconds.</summary>
        public long Charge { get; private set; }

        /// <summary>Runs for some days.</summary>
        /// <returns>Charge in microampere seconds a day.</returns>
        public long RunFor(int days)
        {
            long before = Charge;
            for (int i = 0; i < days * WakesPerDay; i++)
            {
                Wake();
            }

            return (Charge - before) / days;
        }

        private void Wake()
        {
            WakeRecord record = WakeRecord.Load(_storage);
            bool isFirst = record.IsFresh;
            EnergyLedger ledger = new EnergyLedger(Profile, record.Energy);
            ledger.Slept(record.Drift.Elapsed(record.Requested));
            record.Drift.Add(record.Requested);
            long clock = isFirst ? 0 : record.SleptAt + record.Drift.Elapsed(record.Requested);
            record.Backoff.Count();
            record.WakesSinceRadio++;
            Waiting++;
            ledger.Enter(EnergyPhase.Measure, 300);
            RadioDecision decision = new RadioDecision
            {
                Interval = Interval,
                PublishEvery = PublishEvery,
                IsTimerWake = !isFirst,
                NeedsTime = !record.IsSynchronized,
                Waiting = Waiting,
                WakesSinceRadio = record.WakesSinceRadio,
                SinceMailbox = record.MailboxAt == 0 ? -1 : clock - record.MailboxAt,
            };
            long awake = 350;
            if (decision.Decide(record.Backoff) != RadioReason.None)
            {
                RadioWakes++;
                awake = HasNetwork ? Deliver(record, ledger, clock) : Fail(record, ledger);
                clock = HasNetwork ? _truth : clock;
            }

            Sleep(record, ledger, clock, awake);
        }

        private long Deliver(WakeRecord record, EnergyLedger ledger, long clock)
        {
            ledger.Enter(EnergyPhase.Join, 350);
            ledger.Enter(EnergyPhase.Connect, 1850);
            ledger.Enter(EnergyPhase.Publish, 1950);
            ledger.Enter(EnergyPhase.Listen, 2050);
            record.Drift.Correct(_truth - clock);
            record.IsSynchronized = true;
            record.SyncedAt = _truth;
            record.MailboxAt = _truth;
            record.WakesSinceRadio = 0;
            record.Backoff.Tried(true);
            Waiting = 0;
            return 3050;
        }

        private static long Fail(WakeRecord record, EnergyLedger ledger)
        {
            ledger.Enter(EnergyPhase.Join, 350);
            record.Backoff.Tried(false);
            return 350 + WakeCycle.OnlineTimeout;
        }

        private void Sleep(WakeRecord record, EnergyLedger ledger, long wokeAt, long awake)
        {
            ledger.Close(awake);
            Charge += ledger.Charge;
            long now = wokeAt + awake;
            record.Cycle++;
            record.SleptAt = now;
            record.PlannedAt = WakeSchedule.Next(wokeAt, now, Interval, 0);
            record.Requested = record.Drift.Request(record.PlannedAt - now);
            Wakes++;
            _storage.WriteFails = CutEvery > 0 && Wakes % CutEvery == 0;
            record.Save(_storage);
            _truth += awake + record.Requested + (record.Requested * TruePpm / 1000000);
        }
    }
}

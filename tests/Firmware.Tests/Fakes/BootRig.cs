using System;
using Firmware.Diagnostics;
using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>A run as far as its boot record goes.</summary>
    public sealed class BootRig
    {
        public const int Revision = 7;

        /// <summary>Begins a run on a storage.</summary>
        public BootRig(IStorage storage)
        {
            Record = new BootRecord(storage, Counters, Clock);
            Record.Begin("timer");
        }

        public ManualClock Clock { get; } = new ManualClock();

        public Counters Counters { get; } = new Counters();

        public BootRecord Record { get; }

        /// <summary>What it tells, as an object.</summary>
        public string Text
        {
            get
            {
                JsonWriter writer = new JsonWriter(64, 4096);
                writer.BeginObject();
                Record.WriteTo(writer);
                writer.EndObject();
                return Utf8.Text(writer.ToArray());
            }
        }

        /// <summary>Begins runs that do not last.</summary>
        public static void Crash(IStorage storage, int runs)
        {
            for (int i = 0; i < runs; i++)
            {
                new BootRig(storage).Run(59999);
            }
        }

        /// <summary>Lets time go by, in steps of at most a second.</summary>
        /// <returns>Whether safe mode is over.</returns>
        public bool Run(long milliseconds)
        {
            bool isOver = false;
            for (long end = Clock.Uptime + milliseconds; Clock.Uptime < end;)
            {
                long left = end - Clock.Uptime;
                Clock.Uptime += left < 1000 ? left : 1000;
                isOver = Record.Tick(Clock.Uptime, Revision);
            }

            return isOver;
        }

        /// <summary>The whole life of a run that is well.</summary>
        public void Live(string end)
        {
            Record.Reached(BootStage.Sensors);
            Record.Reached(BootStage.Joined);
            Record.Reached(BootStage.Online);
            Record.Failed(new InvalidOperationException("no such sensor"), "measure");
            Run(BootRecord.StableTime);
            Record.End(end);
        }
    }
}

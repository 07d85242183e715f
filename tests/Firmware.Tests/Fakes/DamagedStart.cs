using System;
using System.Collections;
using Firmware.Updates;

namespace Firmware.Tests.Fakes
{
    /// <summary>
    /// A device with readings of several runs on flash, some of a time that is not known, and its next start, which is given
    /// a damaged copy of the files. That start has another sensor, so that its channels get other numbers. A time that is
    /// said to be unknown is no false one.
    /// </summary>
    public sealed class DamagedStart
    {
        private const string Settings = "{'interval':10,'homeassistant':{'enabled':true},'channels':{'temperature':{'offset':-1.5}}}";
        private const string SettingsOfSleeper = "{'interval':300,'power':{'mode':'deep-sleep','publishEvery':6},'channels':{'temperature':{'offset':-1.5}}}";

        // What the new sensor measures, after the offset.
        private const string NewTemperature = "\"n\":\"temperature\",\"u\":\"Cel\",\"v\":18 at ";
        private const string NewPressure = "\"n\":\"pressure\",\"u\":\"Pa\",\"v\":101300.5 at ";
        private const string NewEnergy = "\"n\":\"energy\",\"u\":\"J\",\"v\":";
        private const string Unknown = " at an unknown time";

        private readonly string _wake;
        private long _now = ManualClock.Now;
        private readonly Hashtable _true = new Hashtable();

        private DamagedStart(MemoryStorage storage, string wake)
        {
            Storage = storage;
            _wake = wake;
        }

        /// <summary>The files as they are whole.</summary>
        public MemoryStorage Storage { get; }

        /// <summary>A device whose power was cut.</summary>
        public static DamagedStart Running()
        {
            DeviceRig first = new DeviceRig(Settings);
            first.Device.Start();
            first.GoOnline();
            first.Ask("{'jsonrpc':'2.0','id':1,'method':'settings.set','params':{'settings':{'interval':11}}}");
            first.LoseLink();
            Measure(first, 2000, 3);
            DeviceRig second = new DeviceRig(first.Storage, null);
            second.Device.Start();
            Measure(second, 2200, 3);
            DeviceRig third = new DeviceRig(first.Storage, null);
            third.Device.Start();
            Measure(third, 2300, 2);
            third.Clock.Synchronize();
            Measure(third, 2400, 40);
            new UpdateRecord { Version = "0.2.0", Result = UpdateResult.Deferred, Reason = "battery" }.Save(first.Storage);
            return new DamagedStart(first.Storage, "power-on");
        }

        /// <summary>A device that sleeps, with an event that waits.</summary>
        public static DamagedStart Slept()
        {
            MemoryStorage storage = new MemoryStorage();
            DeviceRig first = new DeviceRig(storage, SettingsOfSleeper);
            first.Clock.Synchronize();
            first.Device.Start();
            first.Run(1);
            first.GoOnline();
            first.Run(20000);
            for (int i = 0; i < 5; i++)
            {
                DeviceRig next = new DeviceRig(storage, null, "timer");
                next.Slot76.Sensor.Values[0] = 2200 + i;
                next.Slot76.Sensor.Valid[1] = i != 3; // an event that waits
                next.Device.Start();
                next.Run(20000);
            }

            return new DamagedStart(storage, "pin");
        }

        /// <summary>Remembers the readings of a start on whole files.</summary>
        /// <returns>How many.</returns>
        public int Learn()
        {
            DeviceRig rig = new DeviceRig(Storage.Copy(), null, _wake);
            rig.Device.Start();
            rig.Run(100);
            _now = rig.Clock.IsSynchronized ? rig.Clock.UtcSeconds : _now;
            int count = 0;
            foreach (string reading in Readings(Begin(Storage.Copy())))
            {
                count++;
                _true[reading] = reading;
                _true[reading.Substring(0, reading.IndexOf(" at ")) + Unknown] = reading;
            }

            return count;
        }

        /// <summary>Starts on damaged files and says what is wrong: empty when nothing is.</summary>
        public string Try(MemoryStorage storage)
        {
            DeviceRig rig;
            try
            {
                rig = Begin(storage);
            }
            catch (Exception e)
            {
                return e.ToString();
            }

            foreach (string reading in Readings(rig))
            {
                if (!_true.Contains(reading) && !IsNew(reading))
                {
                    return "not true: " + reading;
                }
            }

            return rig.Device.Counters.Exceptions != 0 ? "exceptions: " + rig.Device.Counters.Exceptions
                : rig.Link.CountIn("/telemetry", "\"pressure\"") == 0 ? "measures nothing" : string.Empty;
        }

        // Of this start: a damaged file may change when it measures.
        private bool IsNew(string reading)
        {
            bool isNew = reading.StartsWith(NewTemperature) || reading.StartsWith(NewPressure) || reading.StartsWith(NewEnergy);
            long time = isNew ? Number(reading, " at ") : 0;
            return time >= _now - 2 && time <= _now + 200;
        }

        private static void Measure(DeviceRig rig, int firstValue, int count)
        {
            for (int i = 0; i < count; i++)
            {
                rig.Slot76.Sensor.Values[0] = firstValue + i;
                rig.Run(11000);
            }

            rig.Run(3000);
        }

        private DeviceRig Begin(MemoryStorage storage)
        {
            UpdateModule updates = new UpdateModule(new FakeSlots(), new[] { null, Release.Key }, new CountingDigest());
            DeviceRig rig = new DeviceRig(storage, null, _wake, 0, new Module[] { updates });
            rig.Slot76.Sensor = ScriptedSensor.Bmp280();
            rig.Device.Start();
            rig.Run(100);
            rig.Clock.Synchronize(_now);
            for (int i = 0; i < 50 && !rig.Device.IsStopped; i++)
            {
                if (rig.Network.Joins > 0 && !rig.Device.Connection.IsOnline)
                {
                    rig.GoOnline();
                }

                rig.Run(2000);
            }

            return rig;
        }

        // Each as its name, unit and value, and its time; relative to now without one.
        private static ArrayList Readings(DeviceRig rig)
        {
            ArrayList readings = new ArrayList();
            for (int i = 0; i < rig.Link.CountOf("/telemetry"); i++)
            {
                string pack = rig.Link.Find("/telemetry", i).Text;
                long start = Number(pack, "\"bt\":");
                bool isUnknown = pack.Contains("time-unknown");
                for (int at = pack.IndexOf('{', 2); at > 0; at = pack.IndexOf('{', at + 1))
                {
                    string record = pack.Substring(at, pack.IndexOf('}', at) - at);
                    if (!record.Contains("time-unknown"))
                    {
                        long time = start + Number(record, "\"t\":");
                        readings.Add(record.Substring(record.IndexOf("\"n\"")) + (isUnknown ? Unknown : " at " + time));
                    }
                }
            }

            return readings;
        }

        private static long Number(string text, string name)
        {
            int at = text.IndexOf(name);
            if (at < 0)
            {
                return 0;
            }

            int from = at + name.Length;
            int end = from;
            while (end < text.Length && (text[end] == '-' || (text[end] >= '0' && text[end] <= '9')))
            {
                end++;
            }

            return long.Parse(text.Substring(from, end - from));
        }
    }
}

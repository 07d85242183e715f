using System;
using Firmware.Platform;

namespace Firmware.Sensing
{
    /// <summary>
    /// Watches one slot: finds the sensor, measures with it, notices when it is gone, and looks for it again with
    /// growing pauses. An exception of the driver does not stop the device.
    /// </summary>
    public sealed class SensorMonitor
    {
        private const long FirstPause = 1000;
        private const long LongestPause = 300000;
        private const int MaxImplausible = 3;

        private const string NoAnswer = "no answer";
        private const string Implausible = "3 measurements in a row without a plausible value";

        private readonly ISensorPort _slot;
        private readonly IClock _clock;
        private ISensor _sensor;
        private int[] _values;
        private bool[] _valid;
        private string[] _reasons;
        private long _pause = FirstPause;
        private int _implausible;

        /// <summary>Creates a monitor.</summary>
        /// <param name="slot">The slot to watch.</param>
        /// <param name="clock">Time.</param>
        public SensorMonitor(ISensorPort slot, IClock clock)
        {
            _slot = slot;
            _clock = clock;
            Name = "?@" + slot.Address;
            Channels = new Channel[0];
        }

        /// <summary>Model and address, e.g. "bme280@76"; "?@76" until a sensor was seen.</summary>
        public string Name;

        /// <summary>The model that was last seen, or null.</summary>
        public string Model;

        /// <summary>The slot's address.</summary>
        public string Address => _slot.Address;

        /// <summary>Whether a sensor answers.</summary>
        public bool IsPresent => _sensor != null;

        /// <summary>Whether a sensor was ever seen.</summary>
        public bool WasSeen => Model != null;

        /// <summary>Uptime in milliseconds at which the port must be probed again; only while none answers.</summary>
        public long ProbeAt;

        /// <summary>The sensor's channels; kept while it is away, so that names stay what they are.</summary>
        public Channel[] Channels;

        /// <summary>Whether the channels are those of the sensor that was last seen.</summary>
        internal bool IsNamed;

        /// <summary>What the sensor that was last seen measures.</summary>
        internal Measurand[] Measurands;

        /// <summary>Whether a channel is one of this sensor.</summary>
        internal bool Has(Channel channel)
        {
            for (int i = 0; i < Channels.Length; i++)
            {
                if (Channels[i] == channel)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Why the sensor is away or was refused, as it was reported; null when it measures or none was seen.</summary>
        internal string Fault;

        /// <summary>Looks for a sensor.</summary>
        /// <param name="events">Receives why what answers was refused, once; null: that was reported before.</param>
        /// <returns>True when one answers and can be used.</returns>
        internal bool Probe(ISensingEvents events)
        {
            _sensor = TryProbe(events);
            if (_sensor == null)
            {
                Postpone();
                return false;
            }

            Adopt(_sensor);
            return true;
        }

        /// <summary>Measures once.</summary>
        /// <param name="events">Receives faults, recoveries and alarms of channels.</param>
        /// <returns>How many channels have a plausible value. A sensor that measured nothing is given up.</returns>
        internal int Measure(ISensingEvents events)
        {
            // One disturbed transfer is common on a bus and says little: a sensor is lost after two failures in a row.
            int possible = TryMeasure();
            if (possible < 0)
            {
                possible = TryMeasure();
            }

            if (possible < 0)
            {
                GiveUp(NoAnswer);
                return 0;
            }

            if (possible == 0)
            {
                _implausible++;
            }
            else
            {
                _implausible = 0;
                _pause = FirstPause;
                Fault = null;
            }

            // Set up again it may measure again. Until it does, it counts as missing.
            if (_implausible >= MaxImplausible)
            {
                GiveUp(Implausible);
                return 0;
            }

            long now = _clock.Uptime;
            int plausible = 0;
            Channel[] channels = Channels;
            string[] reasons = _reasons;
            int[] values = _values;
            for (int i = 0; i < channels.Length; i++)
            {
                string reason = reasons[i];
                if (reason != null)
                {
                    channels[i].Refuse(reason, events);
                }
                else if (channels[i].Take(values[i], now, events))
                {
                    plausible++;
                }
            }

            return plausible;
        }

        /// <summary>How many values are within the datasheet's range; -1 when none was measured.</summary>
        private int TryMeasure()
        {
            if (!TryRead())
            {
                return -1;
            }

            int possible = Plausibility.Check(_sensor.Measurands, _values, _valid, _reasons);
            return possible > 0 || AnyMeasured() ? possible : -1;
        }

        private void Adopt(ISensor sensor)
        {
            int count = sensor.Measurands.Length;
            if (_values == null || _values.Length != count)
            {
                _values = new int[count];
                _valid = new bool[count];
                _reasons = Texts.New(count);
            }

            if (Model != sensor.Model)
            {
                Model = sensor.Model;
                Measurands = sensor.Measurands;
                Name = Model + "@" + _slot.Address;
                IsNamed = false;
            }
        }

        private ISensor TryProbe(ISensingEvents events)
        {
            try
            {
                return _slot.Probe();
            }
            catch (SensorRefusedException e)
            {
                if (Fault != e.Message && events != null)
                {
                    events.SensorFault(Name, e.Message);
                }

                Fault = e.Message;
            }
            catch (Exception)
            {
                // A driver's exception is a sensor that does not answer.
            }

            return null;
        }

        private bool TryRead()
        {
            try
            {
                if (_sensor.Read(_values, _valid))
                {
                    return true;
                }
            }
            catch (Exception)
            {
                // A driver's exception is a sensor that does not answer.
            }

            return false;
        }

        // A saturated value alone is no sign of life: it is what a driver makes of a read that failed.
        private bool AnyMeasured()
        {
            for (int i = 0; i < _valid.Length; i++)
            {
                if (_valid[i] && _reasons[i] != Plausibility.Saturated)
                {
                    return true;
                }
            }

            return false;
        }

        private void GiveUp(string reason)
        {
            Fault = reason;
            try
            {
                _sensor.Close();
            }
            catch (Exception)
            {
                // It is gone already.
            }

            _sensor = null;
            for (int i = 0; i < Channels.Length; i++)
            {
                Channels[i].Lose();
            }

            Postpone();
        }

        private void Postpone()
        {
            ProbeAt = _clock.Uptime + _pause;
            _pause = _pause * 2 > LongestPause ? LongestPause : _pause * 2;
        }
    }
}

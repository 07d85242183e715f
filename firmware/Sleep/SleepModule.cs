using System;
using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Settings;
using Firmware.Shutdown;
using Firmware.Sleep.Methods;
using Firmware.Telemetry;

namespace Firmware.Sleep
{
    /// <summary>
    /// Deep sleep between measurements, the battery, and the charge that the device uses. It alone decides when the device
    /// sleeps: the shutdown closes the connection, and its last call comes back here.
    /// </summary>
    public sealed class SleepModule : Module, ISleeper, IAwake
    {
        // The longest cap of a wake, and the time to announce and close. Nothing keeps the device awake longer.
        private const long LongestWake = WakeCycle.LongCap + 10000;

        private const long BatteryPause = 60000;

        // So often pulses that come while the record is written are written once more.
        private const int MostSaves = 4;

        private readonly IPower _power;
        private PowerProfile _profile; // until the start
        private readonly SleepSettings _settings = new SleepSettings();
        private DeviceContext _device;
        private Inbox _inbox;
        private WakeRecord _record; // null when the device does not sleep
        private BatteryWatch _battery; // null without one when the device does not sleep
        private PowerStatus _status; // null when there is nothing to show
        private WakeContext _context;
        private WakeFlow _wake; // null when the device does not sleep
        private long _slept;
        private long _batteryAt = long.MaxValue;
        private long _interval;
        private int _divider;
        private bool _isWokenByHigh;

        /// <summary>Creates the module.</summary>
        /// <param name="power">Puts the chip to sleep, and measures the battery.</param>
        /// <param name="profile">Currents of the board; null when they are not known: then the charge is 0.</param>
        public SleepModule(IPower power, PowerProfile profile)
        {
            _power = power;
            _profile = profile ?? new PowerProfile();
        }

        /// <inheritdoc/>
        public override string Name => "sleep";

        /// <inheritdoc/>
        public override SettingGroup Settings => _settings;

        /// <inheritdoc/>
        public override IMethod[] Methods => new IMethod[] { new StayAwakeMethod(this), new EndOfQueueMethod(this) };

        /// <inheritdoc/>
        public override IStatusMember Status => _status;

        /// <inheritdoc/>
        public override bool RunsInSafeMode => true;

        /// <inheritdoc/>
        bool IAwake.Sleeps => _wake != null;

        /// <inheritdoc/>
        public WakeContext Recall(Hardware hardware)
        {
            string cause = hardware.Identity.WakeCause;
            _inbox = hardware.Inbox;
            _record = WakeRecord.Load(hardware.Storage);
            WakeContext wake = new WakeContext
            {
                IsTimer = !_record.IsFresh && cause == "timer",
                IsPin = !_record.IsFresh && cause == "pin",
                BootCount = _record.BootCount,
            };
            if (wake.IsSleepEnd)
            {
                wake.IsSensorLossKnown = _record.LostSensors != 0;
                wake.NextSequence = _record.NextSequence;
                wake.SequenceEnd = _record.SequenceEnd;
                wake.OpenSequence = _record.OpenSequence;
                wake.OpenSize = _record.OpenSize;
                wake.Telemetry = _record.Telemetry;
            }

            _slept = _record.SetClock(hardware.Clock, wake);
            wake.Slept = _slept;
            _record.Plan(wake);
            wake.Meter = _record.Meter;
            _context = wake;
            return wake;
        }

        /// <inheritdoc/>
        public bool Sleeps(DeviceSettings settings)
        {
            _context.Pin = settings.Number(_settings, SleepSettings.WakePin);
            _context.IsEarly = _context.PlannedAt > WakeSchedule.EarlinessOf(settings.Interval);
            return _power != null && settings.Number(_settings, SleepSettings.Mode) == SleepSettings.DeepSleep;
        }

        /// <inheritdoc/>
        public override void Start(DeviceContext device)
        {
            DeviceSettings settings = device.Settings;
            _device = device;
            _interval = settings.Interval * 1000L;
            _divider = settings.Number(_settings, SleepSettings.Divider);
            _isWokenByHigh = settings.Number(_settings, SleepSettings.WakeHigh) != 0;
            BatteryCurve curve = BatteryCurve.Parse((string)settings.Value(_settings, SleepSettings.Curve));
            _battery = new BatteryWatch(curve, settings.Number(_settings, SleepSettings.Low), settings.Number(_settings, SleepSettings.Critical), _record.Battery);
            if (_context.WakeMeter != null && _context.IsPin)
            {
                _context.IsPin = false;
                _context.IsTimer = true;
                _context.IsPulse = _context.DueAt > WakeSchedule.EarlinessOf(settings.Interval);
            }

            if (device.Sleeps)
            {
                // First of all that may fail: the device must sleep in any case.
                device.PublishEvery = settings.Number(_settings, SleepSettings.PublishEvery);
                _wake = new WakeFlow(device, _settings, _record, _slept, _battery, _profile, _inbox);
                WantsMeasurements = true;
                RunAt(0);
            }

            StartSupply(settings.Number(_settings, SleepSettings.Capacity));
            _profile = null;
            if (!device.Sleeps)
            {
                _record = null;
                _battery = device.Battery == null ? null : _battery;
            }
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            if (now >= _batteryAt)
            {
                _batteryAt = now + BatteryPause;
                MeasureBattery();
            }

            if (_wake == null)
            {
                RunAt(_batteryAt);
                return;
            }

            if (now <= LongestWake)
            {
                _wake.Tick(now);
            }

            if (now > LongestWake || _wake.IsOver)
            {
                _device.Shutdown.Sleep(_wake.IsAnnounced);
                return;
            }

            long due = _wake.DueAt;
            RunAt(due < _batteryAt ? due : _batteryAt);
        }

        /// <inheritdoc/>
        public void RestoreChannels(Channel[] channels, long now) => _wake?.RestoreChannels(channels, now);

        /// <inheritdoc/>
        public override void OnMeasured(long now) => _wake?.OnMeasured();

        /// <inheritdoc/>
        public void OnTraffic(LinkEvent item, long now) => _wake?.OnTraffic(item, now);

        /// <inheritdoc/>
        public override void OnClosed(ShutdownReason reason)
        {
            if (reason == ShutdownReason.Sleep)
            {
                Sleep();
            }
        }

        /// <inheritdoc/>
        void IAwake.StayAwake(int seconds) => _wake?.StayAwake(seconds);

        /// <inheritdoc/>
        void IAwake.EndOfQueue() => _wake?.EndOfQueue();

        // The battery is probed once: the converter takes a series of samples each time, and every wake is a start.
        private void StartSupply(int capacity)
        {
            bool sleeps = _wake != null;
            bool hasBattery = _power != null && MeasureBattery() > 0;
            if (hasBattery)
            {
                _device.Battery = _battery;
                _batteryAt = _device.Clock.Uptime + BatteryPause;
                RunAt(sleeps ? 0 : _batteryAt);
            }

            if (sleeps || hasBattery)
            {
                _status = new PowerStatus(_device.Clock, _battery, _record, sleeps, capacity);
                _device.Sampler.Add(new PowerSensor(hasBattery ? _battery : null, sleeps ? _record.Energy : null));
            }
        }

        // A change of its state is an event that goes before others.
        private int MeasureBattery()
        {
            int millivolts = BatteryCurve.Millivolts(_power.BatteryMillivolts, _divider);
            if (_battery.Update(millivolts))
            {
                JsonWriter writer = EventQueue.Begin("battery");
                writer.Member("state", PowerStatus.Word(_battery.State));
                writer.Member("millivolts", millivolts);
                writer.Member("percent", _battery.Percent);
                _device.Events.End(writer, true);
            }

            return millivolts;
        }

        // Also after a failure: a device that does not sleep empties its battery.
        private void Sleep()
        {
            long milliseconds = _interval;
            IWakeMeter meter = _context.WakeMeter;
            bool isHigh = _isWokenByHigh;
            try
            {
                _wake.Finish(_device.Clock.Uptime);
                Note();
                milliseconds = _record.Requested;
                bool isNew = meter != null && meter.Keep(_record.Meter, _device.Clock.Uptime);
                for (int i = 0; i == 0 || (isNew && i < MostSaves); i++)
                {
                    // In a pulse its end wakes the device: so that none is counted twice, and the next one not missed.
                    isHigh = meter == null ? isHigh : meter.IsActiveHigh != (_record.Meter[WakeContext.MeterIsActive] != 0);
                    _device.Counters.StorageFaults += _record.Save(_device.Storage) ? 0 : 1;
                    isNew = meter != null && meter.Keep(_record.Meter, _device.Clock.Uptime);
                }
            }
            catch (Exception e)
            {
                _device.Report(this, e);
            }
            finally
            {
                _power.Sleep(milliseconds, _wake.IsPinIgnored ? PinTable.None : _context.Pin, isHigh, meter != null);
            }
        }

        private void Note()
        {
            DeviceContext device = _device;
            if (!_context.IsPulse)
            {
                _record.Cycle++;
                _record.LostSensors = device.Sampler.HasSensors ? 0 : 1;
            }

            _record.BootCount = device.BootCount;
            _record.Battery = _battery.State;
            _record.NextSequence = device.Sequence.Next;
            _record.SequenceEnd = device.Sequence.Reserved;
            _record.OpenSequence = device.Outbox.OpenSequence;
            _record.OpenSize = device.Outbox.OpenSize;
            _record.Telemetry = device.Connector.Telemetry;
            _record.IsSynchronized = _record.IsSynchronized || device.Clock.IsSynchronized;
        }
    }
}

using Firmware.Messaging;
using Firmware.Messaging.Methods;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Settings;
using Firmware.Shutdown;
using Firmware.Telemetry;

namespace Firmware.Sampling
{
    /// <summary>
    /// The way of a reading: measured at the interval, kept in the outbox when it is due for a report, published when the
    /// connection and the budget allow, removed when the broker has it.
    /// </summary>
    internal sealed class SamplingModule : Module
    {
        private const int NumbersReserved = 128;
        private const long WriteBackOfWake = 15000;

        private ISensorPort[] _ports; // until the start
        private DeviceContext _device;
        private Sampler _sampler;
        private Outbox _outbox;
        private History _history;
        private SenmlPack _senml;
        private Counters _counters;
        private ReportFilter _filter;
        private long _interval;
        private long _measureAt;
        private int _droppedReported;
        private bool _isStarted;
        private bool _isOnline;

        internal SamplingModule(ISensorPort[] ports)
        {
            _ports = ports;
        }

        /// <inheritdoc/>
        public override string Name => "sampling";

        /// <inheritdoc/>
        public override IMethod[] Methods => new IMethod[]
        {
            CreateRead(),
            new HistoryReadMethod(_history, _sampler, _device.Clock, _device.Identity.SenmlBaseName),
            new SensorsListMethod(_sampler, _device.Clock),
            new SensorsCalibrateMethod(_sampler, _device.SettingsModule),
        };

        /// <inheritdoc/>
        public override void Start(DeviceContext device)
        {
            DeviceSettings settings = device.Settings;
            _device = device;
            _counters = device.Counters;
            _history = new History(device.IsSafeMode ? 0 : settings.HistorySize);
            _sampler = new Sampler(_ports, device.Clock, device.Events, _counters, settings.Channels);
            _ports = null;
            _senml = new SenmlPack(device.Identity.SenmlBaseName, device.Clock);
            device.Sampler = _sampler;
            device.Sequence = CreateSequence(device, settings);
            _outbox = new Outbox(device.Storage, device.Clock, _counters, device.Sequence, _senml, new OutboxOptions
            {
                Capacity = settings.OutboxSize,
                WriteBack = settings.OutboxWriteBack * 1000,
            });
            if (device.Wake.IsSleepEnd)
            {
                _outbox.Continue(device.Wake.OpenSequence, device.Wake.OpenSize);
            }

            device.Outbox = _outbox;
            device.Publisher.Add(_outbox, MessageRank.Reading);
            OnSettings(settings);
            RunAt(0);
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            if (_device.Sleeps && _device.Wake.IsPulse)
            {
                return;
            }

            if (!_isStarted)
            {
                _isStarted = true;
                _measureAt = now;
                _sampler.Start(_device.Wake.IsSensorLossKnown);
                if (_device.Sleeps)
                {
                    _device.Sleeper.RestoreChannels(_sampler.Channels, now);
                }

                _device.Boot.Reached(Diagnostics.BootStage.Sensors);

                // A device that slept goes on with what its channels had before: then it measures.
                RunAt(0);
                return;
            }

            if (now >= _measureAt)
            {
                Measure(now);
            }

            if (now >= _sampler.ProbeAt)
            {
                _sampler.Probe(now);
            }

            _outbox.Tick(now);
            ReportDropped();
            Schedule();
        }

        /// <inheritdoc/>
        public override void OnSettings(DeviceSettings settings)
        {
            if (_interval != settings.Interval * 1000L)
            {
                _interval = settings.Interval * 1000L;
                _filter = new ReportFilter(settings.Interval);
                long next = _device.Clock.Uptime + _interval;
                _measureAt = _measureAt < next ? _measureAt : next;
            }

            _sampler.Apply(settings.Channels);
            _outbox.Use(settings.TelemetryFormat);
            _outbox.WriteBack = WriteBackOf(settings);
            RunAt(0);
        }

        /// <inheritdoc/>
        public override void OnOnline(bool isNewSession, long now)
        {
            _isOnline = true;
            ReportDropped();
        }

        /// <summary>What a module has marked as due goes at once, without waiting for the interval.</summary>
        public override void OnInput(long now)
        {
            Channel[] channels = _sampler.Channels;
            for (int i = 0; i < channels.Length; i++)
            {
                if (channels[i].IsDueForReport)
                {
                    _history.Add(new Channel[] { channels[i] });
                }
            }

            Keep(channels, now);
            Schedule();
        }

        /// <inheritdoc/>
        public override void OnOffline() => _isOnline = false;

        /// <inheritdoc/>
        public override void OnTimeSet()
        {
            _outbox.Tick(_device.Clock.Uptime);
            Schedule();
        }

        /// <inheritdoc/>
        public override void OnLowMemory()
        {
            if (_history != null)
            {
                _history.Release();
            }
        }

        /// <inheritdoc/>
        public override void OnShutdown(ShutdownReason reason)
        {
            _outbox.Flush();
            if (reason != ShutdownReason.Sleep)
            {
                _device.Sequence.Release();
            }
        }

        /// <summary>Also what came in while the device said that it leaves, as an answer of a child.</summary>
        public override void OnClosed(ShutdownReason reason) => OnShutdown(reason);

        private void Measure(long now)
        {
            _sampler.Measure();
            _history.Add(_sampler.Measured);
            if (_sampler.Aggregation != null)
            {
                _sampler.Aggregation.Report(now);
            }
            else if (_filter.Judge(_sampler.Measured, now) > 0)
            {
                Keep(_sampler.Measured, now);
            }

            // Only now: a measurement that threw is tried again. Keep the rhythm; after a long stop go on from now.
            _measureAt = _measureAt + _interval > now ? _measureAt + _interval : now + _interval;
            Loop.NotifyMeasured(now);
        }

        private void Keep(Channel[] channels, long now)
        {
            if (_outbox.Add(channels, now))
            {
                _filter.Sent(channels, now);
                _counters.Readings++;
            }
        }

        /// <summary>Sets when there is work next. A reading that the broker has need not be written to flash.</summary>
        internal void Schedule()
        {
            if (_outbox == null)
            {
                return;
            }

            long due = _sampler.ProbeAt < _measureAt ? _sampler.ProbeAt : _measureAt;
            long write = _outbox.DueAt;
            RunAt(write < due ? write : due);
        }

        internal void MeasureNow()
        {
            _measureAt = _device.Clock.Uptime;
            RunAt(0);
        }

        private ReadMethod CreateRead()
        {
            ReadMethod read = new ReadMethod(_sampler, _senml, _device.Clock);
            read.Use(_device.Settings.TelemetryFormat);
            return read;
        }

        private void ReportDropped()
        {
            int dropped = _counters.ReadingsDropped - _droppedReported;
            if (dropped > 0 && _isOnline)
            {
                _droppedReported = _counters.ReadingsDropped;
                _device.Events.Add("outbox-full", null, null, dropped + " readings dropped: raise outbox.size or interval");
            }
        }

        // A wake that reaches the broker need not write its reading to flash; what it could not send is written at its end.
        private long WriteBackOf(DeviceSettings settings)
        {
            long writeBack = settings.OutboxWriteBack * 1000L;
            return writeBack > 0 && writeBack < WriteBackOfWake && _device.Sleeps ? WriteBackOfWake : writeBack;
        }

        // A device that sleeps carries its count in the wake record: flash is written for it a few times a day.
        private static Sequence CreateSequence(DeviceContext device, DeviceSettings settings)
        {
            WakeContext wake = device.Wake;
            if (!device.Sleeps)
            {
                return new Sequence(device.Storage, device.Counters, settings.Interval);
            }

            return wake.IsSleepEnd && wake.NextSequence > 0
                ? new Sequence(device.Storage, device.Counters, NumbersReserved, wake.NextSequence, wake.SequenceEnd)
                : new Sequence(device.Storage, device.Counters, 1) { Block = NumbersReserved };
        }
    }
}

using Firmware.Platform;

namespace Firmware.Sensing
{
    /// <summary>Measures with all sensors of the board and keeps the list of channels.</summary>
    public sealed class Sampler
    {
        private readonly ISensingEvents _events;
        private readonly Counters _counters;
        private readonly IClock _clock;
        private ChannelRule[] _rules;
        private Channel[] _remote; // those of others; null for none

        /// <summary>Creates a sampler.</summary>
        /// <param name="ports">The places where sensors may be attached, the preferred ones first.</param>
        /// <param name="clock">Time.</param>
        /// <param name="events">Receives faults and recoveries.</param>
        /// <param name="counters">Counts failed measurements.</param>
        /// <param name="rules">Rules of channels, by their names.</param>
        public Sampler(ISensorPort[] ports, IClock clock, ISensingEvents events, Counters counters, ChannelRule[] rules)
        {
            _rules = rules;
            _events = events;
            _counters = counters;
            _clock = clock;
            Monitors = new SensorMonitor[ports.Length];
            BoardPorts = ports.Length;
            for (int i = 0; i < ports.Length; i++)
            {
                Monitors[i] = new SensorMonitor(ports[i], clock);
            }

            Measured = new Channel[0];
            Channels = Measured;
        }

        /// <summary>
        /// The channels of all sensors seen since the start, and those that are derived from them: another array whenever
        /// there are others.
        /// </summary>
        public Channel[] Channels;

        /// <summary>How many of <see cref="Channels"/>, the last ones, were opened by the source.</summary>
        public int OpenedCount => _remote == null ? 0 : _remote.Length;

        /// <summary>The channels of all sensors seen since the start.</summary>
        public Channel[] Measured;

        /// <summary>Has channels that are created when they are needed; null without such a module.</summary>
        public IChannelSource Source;

        /// <summary>Derives further channels; null without such a module.</summary>
        public IAggregation Aggregation;

        /// <summary>The ports, in order.</summary>
        public SensorMonitor[] Monitors;

        /// <summary>How many of the ports are places of the board; the device's own channels come behind them.</summary>
        public int BoardPorts;

        /// <summary>Whether a sensor answered at the start.</summary>
        public bool HasSensors;

        /// <summary>Finds a channel that the caller goes on to read, with the source's help.</summary>
        /// <param name="name">Its name.</param>
        public void Need(string name)
        {
            Channel channel = Source == null || Find(name) != null ? null : Source.Open(name);
            if (channel != null)
            {
                Add(channel);
            }
        }

        /// <summary>Adds a channel that is not measured with the others: its owner gives it values.</summary>
        /// <param name="channel">The channel.</param>
        public void Add(Channel channel)
        {
            _remote = With(_remote ?? new Channel[0], new Channel[] { channel });
            Derive();
        }

        /// <summary>Adds a port that is not the board's, before <see cref="Start"/>.</summary>
        /// <param name="port">The port.</param>
        public void Add(ISensorPort port)
        {
            SensorMonitor[] monitors = new SensorMonitor[Monitors.Length + 1];
            Monitors.CopyTo(monitors, 0);
            monitors[Monitors.Length] = new SensorMonitor(port, _clock);
            Monitors = monitors;
        }

        /// <summary>Probes all ports; reports once if there is no sensor at all.</summary>
        /// <param name="isKnown">Whether it was reported before that there is none.</param>
        public void Start(bool isKnown)
        {
            HasSensors = false;
            bool isRefused = false;
            for (int i = 0; i < Monitors.Length; i++)
            {
                if (Monitors[i].Probe(isKnown ? null : _events))
                {
                    NameChannels(Monitors[i]);
                    HasSensors = HasSensors || i < BoardPorts;
                }

                isRefused = isRefused || Monitors[i].Fault != null;
            }

            PlanProbe();
            if (!HasSensors && !isKnown && !isRefused)
            {
                _events.SensorFault("none", "no sensor answers on the bus");
            }
        }

        /// <summary>Measures with every sensor that is there.</summary>
        /// <returns>How many channels have a plausible value.</returns>
        public int Measure()
        {
            int plausible = 0;
            SensorMonitor[] monitors = Monitors;
            for (int i = 0; i < monitors.Length; i++)
            {
                SensorMonitor monitor = monitors[i];
                if (monitor.IsPresent)
                {
                    plausible += monitor.Measure(_events);
                    ReportLoss(monitor);
                }
            }

            CrossCheck.Compare(Measured, _events);
            return plausible;
        }

        /// <summary>Measures with the sensor of one channel alone.</summary>
        /// <param name="channel">The channel.</param>
        /// <returns>Whether the channel has a plausible value of just now.</returns>
        public bool Measure(Channel channel)
        {
            for (int i = 0; i < Monitors.Length; i++)
            {
                SensorMonitor monitor = Monitors[i];
                if (monitor.IsPresent && monitor.Has(channel))
                {
                    monitor.Measure(_events);
                    ReportLoss(monitor);
                    return channel.IsValid;
                }
            }

            return false;
        }

        /// <summary>
        /// Takes other rules at once. A channel whose rule says the same goes on as before; for the others alarms, stuck
        /// values and comparisons start again, and a changed calibration has no value before the next measurement.
        /// </summary>
        /// <param name="rules">What is wanted of the channels that they name; the others are to send everything.</param>
        public void Apply(ChannelRule[] rules)
        {
            _rules = rules;
            bool isChanged = false;
            for (int i = 0; i < Measured.Length; i++)
            {
                Channel channel = Measured[i];
                ChannelRule rule = ChannelRule.Of(rules, channel.Name);
                if (!channel.Rule.IsSame(rule))
                {
                    CrossCheck.Forget(channel, Measured, _events);
                    channel.Apply(rule, _events);
                    isChanged = true;
                }
            }

            if (isChanged)
            {
                Derive();
            }
        }

        /// <summary>Uptime in milliseconds at which <see cref="Probe"/> has work.</summary>
        public long ProbeAt = long.MaxValue;

        /// <summary>Looks again for the sensors that do not answer and are due.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Probe(long now)
        {
            for (int i = 0; i < Monitors.Length; i++)
            {
                SensorMonitor monitor = Monitors[i];
                if (!monitor.IsPresent && monitor.ProbeAt <= now && monitor.Probe(_events))
                {
                    Welcome(monitor);
                }
            }

            PlanProbe();
        }

        /// <summary>Finds a channel.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>The channel, or null.</returns>
        public Channel Find(string name)
        {
            for (int i = 0; i < Channels.Length; i++)
            {
                if (Channels[i].Name == name)
                {
                    return Channels[i];
                }
            }

            return null;
        }

        // A sensor counts as back when it has measured, not when it has merely answered.
        private void Welcome(SensorMonitor monitor)
        {
            NameChannels(monitor);
            monitor.Measure(_events);
            if (monitor.IsPresent)
            {
                _events.SensorRecovery(monitor.Name);
            }
        }

        private void ReportLoss(SensorMonitor monitor)
        {
            if (!monitor.IsPresent)
            {
                _counters.SensorFaults++;
                _events.SensorFault(monitor.Name, monitor.Fault);
                PlanProbe();
            }
        }

        private void PlanProbe()
        {
            long at = long.MaxValue;
            for (int i = 0; i < Monitors.Length; i++)
            {
                if (!Monitors[i].IsPresent && Monitors[i].ProbeAt < at)
                {
                    at = Monitors[i].ProbeAt;
                }
            }

            ProbeAt = at;
        }

        // "A second sensor of the same kind has its address appended"; a name once given stays for the run.
        private void NameChannels(SensorMonitor monitor)
        {
            if (monitor.IsNamed)
            {
                return;
            }

            Measurand[] measurands = monitor.Measurands;
            Channel[] channels = new Channel[measurands.Length];
            for (int i = 0; i < channels.Length; i++)
            {
                string name = NameOf(monitor, measurands[i].Name);
                channels[i] = new Channel(name, measurands[i], ChannelRule.Of(_rules, name));
            }

            monitor.Channels = channels;
            monitor.IsNamed = true;
            Measured = Collect();
            Derive();
        }

        private void Derive()
        {
            Channel[] channels = Aggregation == null ? Measured : Aggregation.Derive(Measured);
            Channels = _remote == null ? channels : With(channels, _remote);
        }

        private static Channel[] With(Channel[] channels, Channel[] others)
        {
            Channel[] all = new Channel[channels.Length + others.Length];
            channels.CopyTo(all, 0);
            others.CopyTo(all, channels.Length);
            return all;
        }

        private string NameOf(SensorMonitor monitor, string measurand)
        {
            for (int i = 0; i < monitor.Channels.Length; i++)
            {
                if (monitor.Channels[i].Measurand.Name == measurand)
                {
                    return monitor.Channels[i].Name;
                }
            }

            return Find(measurand) == null ? measurand : measurand + "-" + monitor.Address;
        }

        private Channel[] Collect()
        {
            int count = 0;
            for (int i = 0; i < Monitors.Length; i++)
            {
                count += Monitors[i].Channels.Length;
            }

            Channel[] all = new Channel[count];
            count = 0;
            for (int i = 0; i < Monitors.Length; i++)
            {
                Channel[] own = Monitors[i].Channels;
                own.CopyTo(all, count);
                count += own.Length;
            }

            return all;
        }
    }
}

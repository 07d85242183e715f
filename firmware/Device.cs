using System;
using Firmware.Connectivity;
using Firmware.Messaging;
using Firmware.Messaging.Methods;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Settings;
using Firmware.Telemetry;

namespace Firmware
{
    /// <summary>
    /// The device: one loop that measures, pushes readings and answers requests. A program calls <see cref="Step"/>,
    /// waits as long as it says, and calls it again, for ever; everything happens on that one thread.
    /// </summary>
    public sealed class Device
    {
        private const int MaxSignals = 32;
        private const int MaxUnacknowledged = 2; // Each was sent three times.
        private const int MaxPause = 60000;
        private const int PauseAfterException = 1000;
        private const long StopTimeout = 3000;

        private enum Part
        {
            FindSensors,
            StartConnection,
            TakeSignals,
            Connect,
            Measure,
            Probe,
            Publish,
            SayOffline,
        }

        private readonly Hardware _hardware;
        private readonly IClock _clock;
        private readonly Counters _counters = new Counters();
        private readonly EventQueue _events;
        private readonly Sampler _sampler;
        private readonly Sequence _sequence;
        private readonly Outbox _outbox;
        private readonly Push _push;
        private readonly Topics _topics;
        private readonly Presence _presence;
        private readonly RequestRouter _router;
        private bool _isAnnounced;
        private int _offlineId;
        private int _unacknowledged;
        private long _stopAt = long.MaxValue;

        /// <summary>Reads the settings and puts the device together; nothing starts yet.</summary>
        /// <param name="hardware">What the board supplies.</param>
        public Device(Hardware hardware)
        {
            _hardware = hardware;
            _clock = hardware.Clock;
            _events = new EventQueue(_clock, _counters);
            Settings = Startup.ReadSettings(hardware.Storage, _events);
            int bootCount = Startup.CountBoot(hardware.Storage, _counters);
            _sampler = new Sampler(hardware.Slots, _clock, _events, _counters, Settings.Channels);
            _sequence = new Sequence(hardware.Storage, _counters, Settings.Interval);
            SenmlPack senml = new SenmlPack(hardware.Identity.SenmlBaseName, _clock);
            _outbox = new Outbox(hardware.Storage, _clock, _counters, _sequence, senml, new OutboxOptions
            {
                Boot = bootCount,
                Capacity = Settings.OutboxSize,
                WriteBack = Settings.OutboxWriteBack * 1000,
            });
            _topics = new Topics(Settings.Prefix, Id, Settings.Groups);
            _presence = new Presence(hardware.Identity, _clock, FirmwareVersion.Text, bootCount);
            _router = new RequestRouter(CreateMethods(bootCount, senml), _clock, _counters);
            Connection = new Connection(hardware, PlanConnection(bootCount), _counters);
            _push = new Push(hardware, Settings, _counters, Connection, _topics, _sampler, _events, _outbox);
        }

        /// <summary>The device id.</summary>
        public string Id => _hardware.Identity.DeviceId;

        /// <summary>The settings it runs on.</summary>
        public DeviceSettings Settings { get; }

        /// <summary>The connection to the broker.</summary>
        public Connection Connection { get; }

        /// <summary>What it counts, since its start.</summary>
        public Counters Counters => _counters;

        /// <summary>Readings that wait for the broker to acknowledge them, in RAM and on flash.</summary>
        public int OutboxCount => _outbox.Count;

        /// <summary>Looks for the sensors and begins to connect.</summary>
        public void Start()
        {
            RunParts(Part.FindSensors, Part.StartConnection);
        }

        /// <summary>Whether <see cref="Stop"/> has done its work.</summary>
        public bool IsStopped { get; private set; }

        private bool IsStopping => _stopAt != long.MaxValue;

        /// <summary>Does all that is due now. Whatever comes in and whatever a driver does, it does not throw.</summary>
        /// <returns>Milliseconds for which there is nothing to do, unless a signal comes in.</returns>
        public int Step()
        {
            if (IsStopped)
            {
                return MaxPause;
            }

            return RunParts(Part.TakeSignals, IsStopping ? Part.TakeSignals : Part.Publish) ? Pause() : PauseAfterException;
        }

        /// <summary>
        /// Begins to leave on purpose: says "offline", so that nobody takes it for lost. Step on until
        /// <see cref="IsStopped"/>: the broker has to acknowledge it first, for at most 3 s.
        /// </summary>
        public void Stop()
        {
            if (!IsStopping)
            {
                _stopAt = _clock.Uptime + StopTimeout;
                RunParts(Part.SayOffline, Part.SayOffline);
            }
        }

        // One part that fails does not keep the others from their work.
        private bool RunParts(Part first, Part last)
        {
            bool isWell = true;
            for (Part part = first; part <= last; part++)
            {
                try
                {
                    Run(part);
                }
                catch (Exception)
                {
                    _counters.Exceptions++;
                    isWell = false;
                }
            }

            return isWell;
        }

        private void Run(Part part)
        {
            switch (part)
            {
                case Part.FindSensors:
                    _push.Start();
                    break;
                case Part.StartConnection:
                    Connection.Start();
                    break;
                case Part.TakeSignals:
                    TakeSignals();
                    break;
                case Part.Connect:
                    Connection.Tick();
                    break;
                case Part.Measure:
                    _push.Measure();
                    break;
                case Part.Probe:
                    _sampler.Probe(_clock.Uptime);
                    break;
                case Part.Publish:
                    Announce();
                    _push.Publish();
                    break;
                default:
                    SayOffline();
                    break;
            }
        }

        private IMethod[] CreateMethods(int bootCount, SenmlPack senml)
        {
            IMethod[] methods = new IMethod[4];
            methods[0] = new PingMethod(_clock);
            methods[1] = new MethodsMethod(methods);
            methods[2] = new InfoMethod(_hardware, _sampler, _outbox, _counters, FirmwareVersion.Text, bootCount);
            methods[3] = new ReadMethod(_sampler, senml, _clock);
            return methods;
        }

        private ConnectionPlan PlanConnection(int bootCount) => new ConnectionPlan
        {
            Networks = Settings.Wifi,
            Sessions = BrokerSession.ForEach(Settings.Brokers, Id, _topics.Status, _presence.Lost(), Settings.MqttVersion),
            Topics = _topics.Requests,
            PingTopic = Settings.Prefix + "/" + Id + "/ping",
            TimeServers = Settings.TimeServers,
            Seed = Jitter.SeedOf(Id, bootCount),
        };

        private void TakeSignals()
        {
            // Bounded, so that a flood of messages does not keep the device from measuring.
            for (int i = 0; i < MaxSignals; i++)
            {
                Signal signal = _hardware.Inbox.Take();
                if (signal == null)
                {
                    break;
                }

                TryTake(signal);
            }

            if (!IsStopped && _clock.Uptime >= _stopAt)
            {
                FinishStop(_offlineId != 0);
            }
        }

        // A request that fails must not keep a lost connection behind it from being noticed.
        private void TryTake(Signal signal)
        {
            try
            {
                Take(signal);
            }
            catch (Exception)
            {
                _counters.Exceptions++;
            }
        }

        private void Take(Signal signal)
        {
            if (Connection.Absorb(signal))
            {
                return;
            }

            switch (signal.Kind)
            {
                case SignalKind.Message:
                    Answer(signal);
                    break;
                case SignalKind.Acknowledged:
                case SignalKind.NotAcknowledged:
                    if (!Connection.IsCurrent(signal))
                    {
                        // Its message id means another message now.
                        break;
                    }

                    if (signal.Kind == SignalKind.Acknowledged)
                    {
                        Acknowledge(signal.MessageId);
                    }
                    else
                    {
                        Doubt(signal.MessageId);
                    }

                    break;
                default:
                    if (Connection.Handle(signal))
                    {
                        _isAnnounced = false;
                        _unacknowledged = 0;
                    }
                    else if (!Connection.IsOnline)
                    {
                        _push.Disconnected();
                    }

                    break;
            }
        }

        private void Doubt(int messageId)
        {
            _push.NotAcknowledged(messageId);
            if (++_unacknowledged >= MaxUnacknowledged)
            {
                Connection.Fail("the broker does not acknowledge");
                _push.Disconnected();
            }
        }

        private void Acknowledge(int messageId)
        {
            _unacknowledged = 0;
            _push.Acknowledged(messageId);
            if (IsStopping && messageId == _offlineId)
            {
                FinishStop(true);
            }
        }

        private void SayOffline()
        {
            _push.Save();
            _sequence.Release();
            _offlineId = Connection.Publish(_topics.Status, _presence.Offline(), true);
            if (_offlineId == 0)
            {
                // Nobody was told: the will is to say it.
                FinishStop(false);
            }
        }

        private void FinishStop(bool isTold)
        {
            IsStopped = true;
            Connection.Stop(isTold);
        }

        private void Answer(Signal message)
        {
            Answer answer = _router.Handle(message.Payload, message.IsRetained);
            if (answer != null && Connection.Publish(_topics.Response(answer.Client), answer.Payload, false) == 0)
            {
                _counters.AnswersDropped++;
            }
        }

        private void Announce()
        {
            if (!_isAnnounced && Connection.IsOnline)
            {
                _isAnnounced = Connection.Publish(_topics.Status, _presence.Online(_sequence.First), true) != 0;
            }
        }

        private int Pause()
        {
            if (!_hardware.Inbox.IsEmpty)
            {
                return 0;
            }

            long due = _stopAt;
            if (!IsStopping)
            {
                due = _push.DueAt < Connection.DueAt ? _push.DueAt : Connection.DueAt;
            }

            long pause = due - _clock.Uptime;
            return pause < 0 ? 0 : pause > MaxPause ? MaxPause : (int)pause;
        }
    }
}

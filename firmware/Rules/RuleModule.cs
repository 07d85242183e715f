using System;
using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Rules.Methods;
using Firmware.Settings;
using Firmware.Shutdown;
using Firmware.Telemetry;

namespace Firmware.Rules
{
    /// <summary>Switches outputs, reports and asks by rules: on each reading, on each input that changes, and in time.</summary>
    public sealed class RuleModule : Module
    {
        // The state over a sleep.
        private const string Memory = "rules.state";

        // Events: so many at once, then one in ten seconds.
        private const int Burst = 10;
        private const int BudgetUnit = 10;

        // A device that does not sleep asks nobody earlier: rules that restart each other's devices leave time to change them.
        private const long QuietTime = 60000;

        private readonly RuleSettings _settings = new RuleSettings();
        private DeviceContext _device;
        private TokenBucket _budget;
        private object[] _rules;
        private string _zone;
        private PeerReader _reader; // null without other devices
        private PeerRequests _requests; // null while no rule sends requests
        private bool _hasMeasured;
        private long _due = long.MaxValue; // as it was given to the loop
        private bool _isRunning;
        private bool _isAgain;

        /// <summary>Events of firings that were left out, because there were too many.</summary>
        internal int Unreported;

        /// <summary>Null while there are no rules.</summary>
        internal RuleEngine Engine;

        /// <inheritdoc/>
        public override string Name => "rules";

        /// <inheritdoc/>
        public override SettingGroup Settings => _settings;

        /// <inheritdoc/>
        public override IMethod[] Methods => new IMethod[] { new RulesListMethod(this, _device.Clock), new RulesTestMethod(Engine, _device.Sampler, _device.Clock) };

        /// <inheritdoc/>
        public override string[] Topics
        {
            get
            {
                if (Engine == null)
                {
                    return null;
                }

                string[] all = Texts.New(3 * RuleEngine.MaxDevices);
                int count = 0;
                for (int i = 0; i < RuleEngine.MaxDevices; i++)
                {
                    if (Engine.Devices[i] != null)
                    {
                        all[count++] = TopicOf(Engine.Devices[i], "status");
                        all[count++] = TopicOf(Engine.Devices[i], "telemetry");
                    }

                    if (Engine.Targets[i] != null)
                    {
                        all[count++] = TopicOf(Engine.Targets[i], "response/" + _device.Identity.DeviceId);
                    }
                }

                string[] topics = Texts.New(count);
                Array.Copy(all, topics, count);
                return topics;
            }
        }

        /// <inheritdoc/>
        public override AwakeHold Hold => _requests == null || _requests.Count == 0 ? AwakeHold.None : AwakeHold.WithinCap;

        /// <inheritdoc/>
        /// <remarks>What an output refuses is asked again soon, over and over: the outputs know when they are free.</remarks>
        public override long WakeAt => Engine == null || !_hasMeasured ? long.MaxValue : Engine.RulesDueAt;

        /// <inheritdoc/>
        public override bool NeedsRadio => _requests != null && _requests.Count > 0;

        /// <inheritdoc/>
        public override void Start(DeviceContext device)
        {
            _device = device;
            OnSettings(device.Settings);
            if (Engine != null && device.Sleeps && device.Wake.IsSleepEnd)
            {
                Engine.Load(CheckedFile.Read(device.Storage, Memory), device.Wake.Slept);
            }
        }

        /// <inheritdoc/>
        public override void OnSettings(DeviceSettings settings)
        {
            object[] rules = (object[])settings.Value(_settings, RuleSettings.Rules);
            string zone = (string)settings.Value(_settings, RuleSettings.Zone);
            if (rules == _rules && zone == _zone)
            {
                return;
            }

            object[] old = _rules;
            _rules = rules;
            _zone = zone;
            WantsMeasurements = rules.Length > 0;
            if (_requests != null)
            {
                _requests.Clear();
            }

            if (rules.Length == 0)
            {
                Engine?.Use(rules);
                Engine = null;
                _due = long.MaxValue;
                RunAt(_due);
                return;
            }

            Engine = Engine ?? new RuleEngine(_device.Clock, _device.AllOutputs ?? _device.Outputs) { Self = _device.Identity.DeviceId };
            _budget = _budget ?? new TokenBucket(Burst, 1);
            Engine.Zone = LocalTime.Parse(zone);
            string before = Others();
            Engine.Use(rules);
            Engine.Need(_device.Sampler);
            ReportFaults(old);
            if (Engine.Targets[0] != null && _requests == null)
            {
                _requests = new PeerRequests(_device);
                _device.Publisher.Add(_requests, MessageRank.Response);
            }

            if (Others() != before && _device.Connection.IsOnline)
            {
                // Its topics are subscribed to with a new connection.
                _device.Shutdown.RequestReconnect();
            }

            RunSoon();
        }

        // Of rules that are new; in a wake they are those of before.
        private void ReportFaults(object[] old)
        {
            for (int r = 0; r < _rules.Length; r++)
            {
                bool isKnown = old == null && _device.Wake.IsSleepEnd;
                for (int i = 0; old != null && i < old.Length; i++)
                {
                    isKnown |= old[i] == _rules[r];
                }

                string fault = isKnown ? null : Engine.FaultOf(r);
                if (fault != null)
                {
                    _device.Events.Add("rule-fault", "rule", RuleCode.Name(Engine.Rule(r)), fault);
                }
            }
        }

        private string Others()
        {
            string names = string.Empty;
            for (int i = 0; i < RuleEngine.MaxDevices; i++)
            {
                names += Engine.Devices[i] + "," + Engine.Targets[i] + ",";
            }

            return names;
        }

        private string TopicOf(string device, string level) => _device.Topics.Prefix + "/" + device + "/" + level;

        /// <inheritdoc/>
        public override void OnMessage(LinkEvent message, long now)
        {
            string topic = message.Topic;
            for (int i = 0; Engine != null && i < RuleEngine.MaxDevices; i++)
            {
                string device = Engine.Devices[i];
                if (device != null && (topic == TopicOf(device, "telemetry") || topic == TopicOf(device, "status")))
                {
                    _reader = _reader ?? new PeerReader(_device.Clock);
                    if (topic[topic.Length - 1] == 's')
                    {
                        _reader.Status(Engine, i, message.Payload);
                    }
                    else if (!message.IsRetained)
                    {
                        _reader.Telemetry(Engine, i, message.Payload);
                    }

                    Run(now);
                    return;
                }

                if (Engine.Targets[i] != null && _requests != null && topic == TopicOf(Engine.Targets[i], "response/" + _device.Identity.DeviceId))
                {
                    _requests.Response(Engine.Targets[i], message.Payload);
                    RunSoon();
                    return;
                }
            }
        }

        /// <inheritdoc/>
        public override void OnMeasured(long now)
        {
            _hasMeasured = true;
            Run(now);
        }

        /// <inheritdoc/>
        public override void OnInput(long now) => Run(now);

        /// <inheritdoc/>
        public override void OnOnline(bool isNewSession, long now) => RunSoon();

        /// <inheritdoc/>
        public override void OnOffline()
        {
            // What was known of others may have changed since; their retained status comes again.
            for (int i = 0; Engine != null && i < RuleEngine.MaxDevices; i++)
            {
                Engine.SetPresence(i, 0);
            }

            RunSoon();
        }

        /// <inheritdoc/>
        public override void OnTimeSet()
        {
            if (Engine != null)
            {
                Engine.TimeChanged();
                RunSoon();
            }
        }

        private void RunSoon()
        {
            if (Engine != null)
            {
                _due = 0;
                RunAt(0);
            }
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            _due = long.MaxValue;
            if (_requests != null)
            {
                _requests.Tick(now);
            }

            Run(now);
        }

        /// <inheritdoc/>
        public override void OnShutdown(ShutdownReason reason)
        {
            byte[] state = Engine == null || reason != ShutdownReason.Sleep ? null : Engine.Save(_device.Clock.Uptime);
            if (state != null && !CheckedFile.Replace(_device.Storage, Memory, state))
            {
                _device.Counters.StorageFaults++;
            }
        }

        // Nothing is decided before there are values: outputs are safe until then. A rule that drives an output may lead to
        // an input that changes: it is seen in the next round.
        private void Run(long now)
        {
            RuleEngine engine = Engine;
            if (engine == null || !_hasMeasured)
            {
                return;
            }

            if (_isRunning)
            {
                _isAgain = true;
                return;
            }

            _isRunning = true;
            _isAgain = false;
            try
            {
                IBattery battery = _device.Battery;
                engine.Set(_device.Connection.IsOnline, battery == null || battery.Percent < 0 ? -1 : battery.Warning);
                if (_device.HasFailedOutput)
                {
                    engine.Refuse(now);
                    _device.HasFailedOutput = false;
                }

                engine.Round(_device.Sampler.Channels, now);
                if ((engine.Fired | engine.Looped) != 0)
                {
                    Act(engine, now);
                }

                long due = _requests == null ? long.MaxValue : _requests.DueAt(now);
                due = _isAgain ? 0 : due < engine.DueAt ? due : engine.DueAt;
                if (due != _due)
                {
                    _due = due;
                    RunAt(due);
                }
            }
            finally
            {
                _isRunning = false;
            }
        }

        private void Act(RuleEngine engine, long now)
        {
            int fired = engine.Fired;
            int looped = engine.Looped;
            for (int r = 0; r < engine.Count; r++)
            {
                if ((fired & (1 << r)) != 0)
                {
                    Act(engine, r, now);
                }

                if ((looped & (1 << r)) != 0)
                {
                    _device.Events.Add("rule-loop", "rule", RuleCode.Name(engine.Rule(r)), "active more than " + RuleEngine.MaxActivations + " times in 10 minutes: suspended for 10 minutes");
                }
            }
        }

        private void Act(RuleEngine engine, int r, long now)
        {
            int[] rule = engine.Rule(r);
            int state = engine.StateOf(r);
            JsonWriter writer = EventQueue.Begin("rule");
            writer.Member("rule", RuleCode.Name(rule));
            writer.Member("state", RuleEngine.StateWord(state));
            writer.Member("reason", engine.Why(r, state));
            bool isUrgent = false;
            int left = engine.ActionsOf(r, state, out int at);
            for (; left > 0; left--)
            {
                int op = rule[at];
                switch (op & RuleCode.KindMask)
                {
                    case RuleCode.Event:
                        isUrgent = (op & RuleCode.IsUrgent) != 0;
                        writer.Member("event", RuleCode.Text(rule, rule[at + 1]));
                        writer.Member("text", (op & RuleCode.HasText) == 0 ? null : RuleCode.Text(rule, rule[at + 2]));
                        break;
                    case RuleCode.Measure:
                        _device.MeasureNow();
                        break;
                    case RuleCode.Interval:
                        _device.SetInterval(rule[at + 1]);
                        break;
                    case RuleCode.Interval + 1:
                        if (RuleCode.Text(rule, rule[at + 1]) != engine.Self)
                        {
                            _requests.Open(rule, at, now < QuietTime && !_device.Sleeps ? QuietTime : now);
                        }

                        break;
                }

                at += op >> RuleCode.LengthShift;
            }

            if (_budget.TryTake(now / BudgetUnit) || isUrgent)
            {
                _device.Events.End(writer, isUrgent);
            }
            else
            {
                Unreported++;
            }
        }
    }
}

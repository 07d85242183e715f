using Firmware.Inputs.Methods;
using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Settings;
using Firmware.Shutdown;
using Firmware.Telemetry;

namespace Firmware.Inputs
{
    /// <summary>
    /// Contacts, meters, voltages and thermometers at pins that the settings name. Those of pins are one sensor, of which the
    /// module is port and sensor in one; a contact that changes is published at once.
    /// </summary>
    public sealed class InputModule : Module, ISensorPort, ISensor
    {
        // Bounds the wear of the flash, and is what a power cut can cost a meter.
        private const long SaveInterval = 60000;

        // Changes of contacts that are published: one that chatters on takes neither the flash nor the network.
        private const int Burst = 8;
        private const int ChangesPerSecond = 1;

        private readonly IInputPins _pins;
        private readonly IOneWire _oneWire; // null for a board without
        private readonly InputSettings _settings;
        private DeviceContext _device;
        private SensorMonitor _monitor; // null without inputs of pins
        private TotalsFile _totals; // null without meters
        private TokenBucket _budget;
        private long _savedAt;
        private bool _isUnsaved; // the last attempt to write the totals failed

        /// <summary>Creates the module.</summary>
        /// <param name="pins">Opens pins.</param>
        /// <param name="oneWire">The 1-Wire bus; null for none.</param>
        public InputModule(IInputPins pins, IOneWire oneWire)
        {
            _pins = pins;
            _oneWire = oneWire;
            _settings = new InputSettings(oneWire != null);
        }

        /// <inheritdoc/>
        public override string Name => "inputs";

        /// <inheritdoc/>
        public override SettingGroup Settings => _settings;

        /// <inheritdoc/>
        public override IMethod[] Methods => new IMethod[] { new InputsListMethod(this, _device.Clock) };

        /// <inheritdoc/>
        public string Address => "inputs";

        /// <inheritdoc/>
        public string Model => "pins";

        /// <inheritdoc/>
        public Measurand[] Measurands { get; private set; }

        /// <summary>The rules of all inputs: those of the start.</summary>
        internal InputRule[] Rules;

        /// <summary>The inputs of pins.</summary>
        internal Input[] All = new Input[0];

        /// <summary>Whether the inputs of pins were measured: a channel without any value has no fault.</summary>
        internal bool HasRead;

        internal Sampler Sampler => _device.Sampler;

        /// <inheritdoc/>
        public override void Start(DeviceContext device)
        {
            _device = device;
            InputRule[] rules = (InputRule[])device.Settings.Value(_settings, InputSettings.Inputs);
            Rules = rules;
            int count = 0;
            int measurands = 0;
            Input[] inputs = new Input[rules.Length];
            for (int i = 0; i < rules.Length; i++)
            {
                Input input = Open(rules[i], device);
                if (input != null)
                {
                    input.At = measurands;
                    measurands += input.Count;
                    inputs[count++] = input;
                }
            }

            if (count == 0)
            {
                return;
            }

            All = new Input[count];
            Measurands = new Measurand[measurands];
            for (int i = 0; i < count; i++)
            {
                All[i] = inputs[i];
                for (int j = 0; j < inputs[i].Count; j++)
                {
                    Measurands[inputs[i].At + j] = inputs[i].Describe(j);
                }
            }

            _budget = new TokenBucket(Burst, ChangesPerSecond);
            Sampler.Add(this);
            _monitor = Sampler.Monitors[Sampler.Monitors.Length - 1];
            Plan(device.Clock.Uptime);
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            bool isNew = false;
            for (int i = 0; i < All.Length; i++)
            {
                if (All[i] is ContactInput contact)
                {
                    isNew |= contact.SettleAt <= now && contact.Settle() && Take(contact, now);
                    isNew |= !contact.IsReported && TryReport(contact, now);
                }
            }

            if (_totals != null && now - _savedAt >= SaveInterval)
            {
                Save(now);
            }

            Plan(now);
            if (isNew)
            {
                _device.NotifyInput(now);
            }
        }

        /// <inheritdoc/>
        public override void OnSignal(long now)
        {
            for (int i = 0; i < All.Length; i++)
            {
                if (All[i] is ContactInput contact)
                {
                    contact.Ask(now);
                }
            }

            Plan(now);
        }

        /// <inheritdoc/>
        public override void OnShutdown(ShutdownReason reason) => SaveAtEnd();

        /// <summary>The pulses of the last seconds are kept, and the pins let go of: one of them may wake the chip.</summary>
        public override void OnClosed(ShutdownReason reason)
        {
            SaveAtEnd();
            for (int i = 0; i < All.Length && reason == ShutdownReason.Sleep; i++)
            {
                // One that wakes counts until the sleep begins.
                if (!(All[i] is PulseInput meter) || !meter.IsWake)
                {
                    All[i].Close();
                }
            }
        }

        // A sleep that a pulse has interrupted goes on: what it kept is enough, and spares the flash.
        private void SaveAtEnd()
        {
            if (_device.Wake == null || !_device.Wake.IsPulse)
            {
                Save(_device.Clock.Uptime);
            }
        }

        /// <inheritdoc/>
        public ISensor Probe() => this;

        /// <inheritdoc/>
        public bool Read(int[] values, bool[] valid)
        {
            long now = _device.Clock.Uptime;
            HasRead = true;
            if (_totals != null && now - _savedAt >= SaveInterval)
            {
                Save(now);
            }

            for (int i = 0; i < All.Length; i++)
            {
                Input input = All[i];
                input.Read(values, valid, now);
                if (input is ContactInput contact)
                {
                    contact.Check(now);
                    if (valid[input.At] && HasChanged(contact) && _budget.TryTake(now))
                    {
                        // While the device slept: the reading itself is on its way.
                        AddEvent(contact);
                    }
                }
            }

            Plan(now);
            return true;
        }

        /// <inheritdoc/>
        void ISensor.Close()
        {
        }

        /// <summary>The channel of an input; null before the first measurement.</summary>
        internal Channel ChannelOf(Input input) => input.At < _monitor.Channels.Length ? _monitor.Channels[input.At] : null;

        private Input Open(InputRule rule, DeviceContext device)
        {
            Input input;
            switch (rule.Kind)
            {
                case InputRule.Contact:
                    input = new ContactInput(rule, _pins);
                    break;
                case InputRule.Pulse:
                    _totals = _totals ?? new TotalsFile(device.Storage);
                    input = OpenMeter(rule, device);
                    break;
                case InputRule.Analog:
                    input = new VoltageInput(rule, _pins);
                    break;
                default:
                    if (_oneWire != null)
                    {
                        device.Sampler.Add(_oneWire.Open(rule.Name, rule.Address));
                    }

                    return null;
            }

            if (!input.IsOpen)
            {
                device.Events.Add("input-fault", "input", rule.Name, "GPIO " + rule.Pin + " cannot be used: it is in use, or the runtime needs it");
            }

            return input;
        }

        private PulseInput OpenMeter(InputRule rule, DeviceContext device)
        {
            WakeContext wake = device.Wake;
            long now = device.Clock.Uptime;
            bool isWake = device.Sleeps && rule.Pin == wake.Pin;
            bool isKept = wake.Meter != null && wake.Meter[WakeContext.MeterKey] == TotalsFile.KeyOf(rule.Name);
            long stored = _totals.Find(rule.Name);
            long kept = isKept ? wake.Meter[WakeContext.MeterPulses] : 0;
            PulseInput meter = new PulseInput(rule, _pins, kept > stored ? kept : stored, now, isWake);
            if (isWake)
            {
                wake.WakeMeter = meter;
                if (isKept && wake.IsSleepEnd)
                {
                    meter.Resume(wake, now);
                }
            }
            else if (device.Sleeps)
            {
                meter.IsDeafAsleep = true;
            }

            if (meter.IsDeafAsleep && !wake.IsSleepEnd)
            {
                device.Events.Add("input-fault", "input", rule.Name, "pulses are not counted while the device sleeps: set power.wakePin to " + rule.Pin);
            }

            return meter;
        }

        private bool HasChanged(ContactInput contact)
        {
            Channel channel = ChannelOf(contact);
            return channel != null && channel.IsValid && (channel.Value != 0) != contact.IsOn;
        }

        // Whether there is something to notify of: before the first measurement there is not, that one tells.
        private bool Take(ContactInput contact, long now)
        {
            Channel channel = ChannelOf(contact);
            return channel != null && channel.Take(contact.IsOn ? 1 : 0, now, _device.Events);
        }

        private bool TryReport(ContactInput contact, long now)
        {
            Channel channel = ChannelOf(contact);
            if (channel == null || !_budget.TryTake(now))
            {
                return false;
            }

            contact.IsReported = true;
            channel.HasNews = true;
            channel.IsDueForReport = channel.IsValid;
            AddEvent(contact);
            return true;
        }

        private void AddEvent(ContactInput contact)
        {
            JsonWriter writer = EventQueue.Begin("input");
            writer.Member("input", contact.Rule.Name);
            writer.Name("on");
            writer.Boolean(contact.IsOn);
            _device.Events.End(writer, false);
        }

        private void Plan(long now)
        {
            long due = _totals == null ? long.MaxValue : _savedAt + SaveInterval;
            for (int i = 0; i < All.Length; i++)
            {
                if (All[i] is ContactInput contact)
                {
                    long at = contact.IsReported ? long.MaxValue : ReportAt(contact, now);
                    at = contact.SettleAt < at ? contact.SettleAt : at;
                    due = at < due ? at : due;
                }
            }

            RunAt(due);
        }

        private long ReportAt(ContactInput contact, long now)
        {
            long at = ChannelOf(contact) == null ? now + SaveInterval : _budget.NextAt;
            return at > now ? at : now + 1;
        }

        // A flash that takes nothing does not stop the meters: the total goes on in RAM.
        private void Save(long now)
        {
            _savedAt = now;
            bool isChanged = false;
            for (int i = 0; i < All.Length; i++)
            {
                if (All[i] is PulseInput meter)
                {
                    meter.Collect();
                    isChanged |= meter.Pulses != _totals.Find(meter.Rule.Name);
                    meter.Stored = meter.Pulses;
                    _totals.Put(meter.Rule.Name, meter.Pulses);
                }
            }

            if (isChanged || _isUnsaved)
            {
                _isUnsaved = !_totals.Save();
                _device.Counters.StorageFaults += _isUnsaved ? 1 : 0;
            }
        }
    }
}

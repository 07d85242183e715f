using System;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Rules;
using Firmware.Sensing;
using Firmware.Settings;
using Firmware.Tests.Fakes;

namespace Firmware.Tests.Rules
{
    /// <summary>Rules over a temperature, a contact, two outputs and a clock.</summary>
    internal sealed class RuleRig
    {
        internal const string OnOff = "'then':[{'output':'heater','on':true}],'else':[{'output':'heater','on':false}]";

        private readonly RuleSettings _group = new RuleSettings();
        private readonly SettingsCatalog _catalog;

        /// <summary>Creates the rig.</summary>
        /// <param name="rules">The value of the setting, with ' for ".</param>
        internal RuleRig(string rules)
        {
            _catalog = new SettingsCatalog(_group);
            Channels = new[] { Temperature, Door };
            Engine = new RuleEngine(Clock, Outputs) { Zone = LocalTime.Parse("UTC0") };
            Use(rules);
        }

        internal ManualClock Clock { get; } = new ManualClock();

        internal FakeOutputs Outputs { get; } = new FakeOutputs("heater", "fan");

        internal Channel Temperature { get; } = new Channel("temperature", new Measurand("temperature", "Cel", 2, -4000, 8500), ChannelRule.Of(new ChannelRule[0], "temperature"));

        internal Channel Door { get; } = new Channel("door", new Measurand("door", string.Empty, 255, 0, 1), ChannelRule.Of(new ChannelRule[0], "door"));

        internal Channel[] Channels { get; }

        internal RuleEngine Engine { get; }

        /// <summary>The state as it is on flash.</summary>
        internal byte[] File { get; set; }

        /// <summary>The state of the first rule.</summary>
        internal string State => Engine.IsSuspended(0) ? "suspended" : RuleEngine.StateWord(Engine.StateOf(0));

        internal string Why => Engine.Why(0, Engine.StateOf(0));

        internal bool HasFired => (Engine.Fired & 1) != 0;

        /// <summary>One rule with these conditions, that switches the heater.</summary>
        internal static RuleRig When(string conditions) => new RuleRig("{'heat':{'when':[" + conditions + "]," + OnOff + "}}");

        internal object[] Parse(string rules)
        {
            SettingsReader reader = new SettingsReader(_catalog);
            DeviceSettings settings = reader.Read(SingleQuoted.Bytes("{'rules':" + rules + "}"));
            if (reader.Faults.Count > 0)
            {
                SettingsFault fault = (SettingsFault)reader.Faults[0];
                throw new ArgumentException(fault.Path + ": " + fault.Reason);
            }

            return (object[])settings.Value(_group, RuleSettings.Rules);
        }

        internal void Use(string rules) => Engine.Use(Parse(rules));

        /// <summary>A round with a temperature in hundredths.</summary>
        internal RuleRig Measure(int temperature)
        {
            Temperature.IsValid = true;
            Temperature.Value = temperature;
            Temperature.MeasuredAt = Clock.Uptime;
            return Round();
        }

        internal RuleRig Open(bool isOpen)
        {
            Door.IsValid = true;
            Door.Value = isOpen ? 1 : 0;
            Door.MeasuredAt = Clock.Uptime;
            return Round();
        }

        internal RuleRig Round()
        {
            Engine.Round(Channels, Clock.Uptime);
            return this;
        }

        internal RuleRig After(int seconds)
        {
            Clock.Advance(seconds * 1000L);
            return this;
        }

        /// <summary>Rounds when the engine wants them, until a time.</summary>
        internal RuleRig Wait(int seconds)
        {
            long end = Clock.Uptime + (seconds * 1000L);
            while (Engine.DueAt <= end)
            {
                Clock.Uptime = Engine.DueAt > Clock.Uptime ? Engine.DueAt : Clock.Uptime;
                Round();
            }

            Clock.Uptime = end;
            return this;
        }
    }
}

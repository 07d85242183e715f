using Firmware.Outputs;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Outputs
{
    [TestClass]
    public class OutputSettingsTests
    {
        private const string Blind = "{'actuators':{'up':{'pin':5,'interlock':'down'},'down':{'pin':6}}}";

        [TestMethod]
        public void Members_are_used()
        {
            ActuatorRule[] rules = AllSettings.Actuators(new SettingsRig(
                "{'actuators':{'a':{'interlock':'b','pin':5,'kind':'level','frequency':25000,'pulse':60000,'minOn':60,'minOff':120},'b':{'pin':6,'kind':'pulse'}}}").Settings);
            ActuatorRule a = rules[0];
            Assert.AreEqual("b 5 1 25000 60000 60 120", a.Interlock + " " + a.Pin + " " + a.Kind + " " + a.Frequency + " " + a.PulseLength + " " + a.MinOn + " " + a.MinOff);
            Assert.AreEqual("2 1000 500 0 0", rules[1].Kind + " " + rules[1].Frequency + " " + rules[1].PulseLength + " " + rules[1].MinOn + " " + rules[1].MinOff);
        }

        [TestMethod]
        [DataRow("{'actuators.a.pin':5,'actuators.a.kind':'dimmer'}", "actuators.a.kind: must be 'switch', 'level' or 'pulse'")]
        [DataRow("{'actuators.a.pin':5,'actuators.a.kind':1}", "actuators.a.kind: must be 'switch', 'level' or 'pulse' (got 1)")]
        [DataRow("{'actuators.a.pin':5,'actuators.a.frequency':0}", "actuators.a.frequency: must be an integer from 1 to 40000 (got 0)")]
        [DataRow("{'actuators.a.pin':5,'actuators.a.frequency':40001}", "actuators.a.frequency: must be an integer from 1 to 40000 (got 40001)")]
        [DataRow("{'actuators.a.pin':5,'actuators.a.pulse':60001}", "actuators.a.pulse: must be an integer from 1 to 60000 (got 60001)")]
        [DataRow("{'actuators.a.pin':5,'actuators.a.minOn':-1}", "actuators.a.minOn: must be an integer from 0 to 86400 (got -1)")]
        [DataRow("{'actuators.a.pin':5,'actuators.a.minOff':86401}", "actuators.a.minOff: must be an integer from 0 to 86400 (got 86401)")]
        [DataRow("{'actuators.a.pin':5,'actuators.a.minOff':[]}", "actuators.a.minOff: must be an integer from 0 to 86400")]
        [DataRow("{'actuators.a.pin':5,'actuators.a.limit':59,'actuators.a.minOn':60}", "actuators.a.limit: must be 0 or at least minOn")]
        [DataRow("{'actuators.a.pin':5,'actuators.a.safe':true,'actuators.a.limit':59,'actuators.a.minOff':60}", "actuators.a.limit: must be 0 or at least minOff")]
        [DataRow("{'actuators.a.pin':5,'actuators.a.kind':'pulse','actuators.a.safe':true}", "actuators.a.safe: must be false for a pulse")]
        [DataRow("{'actuators.a.pin':5,'actuators.a.kind':'pulse','actuators.a.minOn':1}", "actuators.a.minOn: actuators.a.pulse must be at least minOn")]
        [DataRow("{'actuators.a.pin':5,'actuators.a.interlock':'a'}", "actuators.a.interlock: must name another actuator")]
        [DataRow("{'actuators.a.pin':5,'actuators.a.interlock':'b'}", "actuators.a.interlock: must name another actuator")]
        [DataRow("{'actuators.a.pin':5,'actuators.a.interlock':''}", "actuators.a.interlock: must be a string of 1 to 32 characters")]
        [DataRow("{'actuators.a.pin':5,'actuators.a.interlock':7}", "actuators.a.interlock: must be a string of 1 to 32 characters")]
        [DataRow("{'actuators.a.pin':5,'actuators.a.interlock':['b']}", "actuators.a.interlock: must be a string of 1 to 32 characters")]
        [DataRow("{'actuators.a.pin':5,'actuators.a.safe':true,'actuators.a.interlock':'b','actuators.b.pin':6}", "actuators.a.interlock: both must be off in their safe states")]
        [DataRow("{'actuators.a.pin':5,'actuators.a.interlock':'b','actuators.b.pin':6,'actuators.b.safe':true}", "actuators.a.interlock: both must be off in their safe states")]
        public void Wrong_value_is_refused_in_words(string values, string error)
        {
            SettingsMethodRig rig = new SettingsMethodRig();
            Assert.StartsWith("-32602 " + error + " results", rig.Set(values));
            Assert.AreEqual(0, AllSettings.Actuators(rig.Store.Current).Length);
        }

        [TestMethod]
        [DataRow("{'actuators.down':null}", "actuators.down: actuators.up.interlock must name another actuator")]
        [DataRow("{'actuators.down.safe':true}", "actuators.down.safe: actuators.up.interlock both must be off in their safe states")]
        public void Other_half_of_an_interlock_cannot_be_taken_away(string values, string error)
        {
            SettingsMethodRig rig = new SettingsMethodRig(Blind);
            Assert.StartsWith("-32602 " + error + " results", rig.Set(values));
        }

        [TestMethod]
        [DataRow("{'actuators.up.interlock':null}", "2")]
        [DataRow("{'actuators.up':null}", "1")]
        [DataRow("{'actuators.down':null,'actuators.up.interlock':null}", "1")]
        [DataRow("{'actuators':null}", "0")]
        public void Interlock_can_be_removed(string values, string left)
        {
            SettingsMethodRig rig = new SettingsMethodRig(Blind);
            Assert.DoesNotContains("-32602", rig.Set(values));
            Assert.AreEqual(left, AllSettings.Actuators(rig.Store.Current).Length.ToString());
        }

        [TestMethod]
        public void Interlock_may_name_what_comes_later_in_the_file()
        {
            SettingsRig rig = new SettingsRig(Blind);
            Assert.AreEqual("2 ", AllSettings.Actuators(rig.Settings).Length + " " + rig.Text);
        }

        [TestMethod]
        public void Outputs_of_a_file_whose_interlock_cannot_hold_are_left_out()
        {
            SettingsRig rig = new SettingsRig("{'actuators':{'c':{'pin':7,'interlock':'a'},'a':{'pin':5,'interlock':'b'},'b':{'pin':6,'safe':true},'d':{'pin':8}}}");
            ActuatorRule[] rules = AllSettings.Actuators(rig.Settings);
            Assert.AreEqual("2 b d", rules.Length + " " + rules[0].Name + " " + rules[1].Name);
            Assert.AreEqual("actuators.a.interlock both must be off in their safe states\nactuators.c.interlock must name another actuator\n", rig.Text);
        }

        [TestMethod]
        public void Values_are_there_after_a_restart()
        {
            SettingsMethodRig rig = new SettingsMethodRig(Blind);
            rig.Set("{'actuators.up.minOff':3,'actuators.down.kind':'pulse','actuators.down.pulse':70}");
            ActuatorRule[] rules = AllSettings.Actuators(rig.Restart().Store.Current);
            Assert.AreEqual("down 3 2 70", rules[0].Interlock + " " + rules[0].MinOff + " " + rules[1].Kind + " " + rules[1].PulseLength);
        }
    }
}

using Firmware.Inputs;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Inputs
{
    /// <summary>A voltage as a quantity.</summary>
    [TestClass]
    public class VoltageTests
    {
        [TestMethod]
        [DataRow("'gain':1", 1234, "'v':1.234}")]
        [DataRow("'gain':2.5,'offset':-0.5", 1000, "'v':2}")]
        [DataRow("'gain':-10,'offset':100", 3000, "'v':70}")]
        [DataRow("'gain':0,'offset':7", 3000, "'v':7}")]
        [DataRow("'table':'500:0 2500:10'", 500, "'v':0}")]
        [DataRow("'table':'500:0 2500:10'", 1501, "'v':5.005}")]
        [DataRow("'table':'500:0 1500:10 2500:-10'", 2000, "'v':0}")]
        [DataRow("'table':'500:0 2500:10'", 2500, "'v':10}")]
        public void Value_is_calibrated(string members, int millivolts, string expected)
        {
            InputRig rig = Measured(members, millivolts);
            Assert.Contains(SingleQuoted.Text("'n':'level','u':'m'," + expected), rig.LastPack);
        }

        [TestMethod]
        [DataRow("'gain':1", 0)]
        [DataRow("'table':'500:0 2500:10'", 499)]
        [DataRow("'table':'500:0 2500:10'", 2501)]
        [DataRow("'gain':1000000", 3000)]
        public void Voltage_that_cannot_be_is_no_value(string members, int millivolts)
        {
            InputRig rig = Measured(members, millivolts);
            Assert.DoesNotContains("level", rig.LastPack);
            Assert.Contains("\"fault\":\"not valid\",\"millivolts\":" + millivolts, rig.List());
        }

        [TestMethod]
        public void Channel_of_a_name_that_a_sensor_has_is_listed()
        {
            InputRig rig = new InputRig("'temperature':{'kind':'analog','pin':3}");
            rig.Device.GoOnline();
            Assert.Contains("\"name\":\"temperature\",\"kind\":\"analog\",\"pin\":3,\"channel\":\"temperature-inputs\"", rig.List());
        }

        [TestMethod]
        public void Broken_wire_does_not_take_the_value_of_a_contact()
        {
            InputRig rig = new InputRig("'level':{'kind':'analog','pin':3},'door':{'pin':4}", 1 << 4);
            rig.Device.GoOnline();
            Assert.Contains(SingleQuoted.Text("{'n':'door','vb':true}"), rig.LastPack);
        }

        [TestMethod]
        public void Samples_are_those_of_the_settings() => Assert.AreEqual("3 64", Measured("'samples':64", 1000).Pins.Arguments);

        [TestMethod]
        [DataRow("500:0 2500:10", true)]
        [DataRow("0:-5.125 5000:2000000", true)]
        [DataRow("0:0 1:1 2:2 3:3 4:4 5:5 6:6 7:7 8:8 9:9 10:10 11:11 12:12 13:13 14:14 15:15", true)]
        [DataRow("0:0 1:1 2:2 3:3 4:4 5:5 6:6 7:7 8:8 9:9 10:10 11:11 12:12 13:13 14:14 15:15 16:16", false)]
        [DataRow("500:0", false)]
        [DataRow("500:0 500:1", false)]
        [DataRow("500:0 400:1", false)]
        [DataRow("-1:0 400:1", false)]
        [DataRow("1:0 5001:1", false)]
        [DataRow("1:0 2:2000001", false)]
        [DataRow("1:0.0001 2:1", false)]
        [DataRow("1:0  2:1", false)]
        [DataRow("1:0:3 2:1", false)]
        [DataRow("1,0 2,1", false)]
        [DataRow("a:b c:d", false)]
        [DataRow("1:NaN 2:1", false)]
        [DataRow(" ", false)]
        [DataRow("", false)]
        public void Table_is_read_or_refused(string text, bool isRight) => Assert.AreEqual(isRight, AnalogTable.Parse(text) != null);

        private static InputRig Measured(string members, int millivolts)
        {
            InputRig rig = new InputRig("'level':{'kind':'analog','pin':3,'unit':'m'," + members + "}");
            rig.Device.GoOnline();
            rig.Pins.Millivolts = millivolts;
            rig.Device.Run(3600000);
            return rig;
        }
    }
}

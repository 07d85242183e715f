using Firmware.Outputs;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Outputs
{
    [TestClass]
    public class MinimumTimeTests
    {
        [TestMethod]
        [DataRow(0, 120)]
        [DataRow(119500, 1)]
        public void Output_stays_off_for_its_time_after_the_start(int after, int retryAfter)
        {
            ActuatorRig rig = Compressor();
            rig.Advance(after);
            rig.Set.Call("{'name':'compressor','on':true}");
            Assert.AreEqual("-32004 off for less than its minOff of 120 s " + retryAfter, Text(rig));
            Assert.AreEqual("L", rig.Pins.At(5).History);
        }

        [TestMethod]
        public void Output_stays_on_for_its_time()
        {
            ActuatorRig rig = Running();
            rig.Advance(59999);
            rig.Set.Call("{'name':'compressor','on':false}");
            Assert.AreEqual("-32004 on for less than its minOn of 60 s 1", Text(rig));
            rig.Advance(1);
            Assert.AreEqual(SingleQuoted.Text("{'on':false}"), rig.Set.Call("{'name':'compressor','on':false}"));
        }

        [TestMethod]
        public void Output_stays_off_for_its_time()
        {
            ActuatorRig rig = Running();
            rig.Advance(60000);
            rig.Set.Call("{'name':'compressor','on':false}");
            rig.Advance(100000);
            rig.Set.Call("{'name':'compressor','on':true}");
            Assert.AreEqual("-32004 off for less than its minOff of 120 s 20", Text(rig));
        }

        [TestMethod]
        public void State_that_is_kept_does_not_begin_again()
        {
            ActuatorRig rig = Running();
            rig.Advance(30000);
            rig.Set.Call("{'name':'compressor','on':true}");
            rig.Advance(30000);
            rig.Set.Call("{'name':'compressor','on':false}");
            Assert.AreEqual(0, rig.Set.Code);
        }

        [TestMethod]
        [DataRow("{'name':'compressor','on':true,'seconds':59}", "on for less than its minOn of 60 s")]
        [DataRow("{'name':'compressor','on':true,'ms':59999}", "on for less than its minOn of 60 s")]
        [DataRow("{'name':'compressor','on':true,'seconds':60}", "")]
        public void Time_shorter_than_the_minimum_is_refused(string parameters, string reason)
        {
            ActuatorRig rig = Compressor();
            rig.Advance(120000);
            rig.Set.Call(parameters);
            Assert.AreEqual(reason, rig.Set.Error == null ? string.Empty : rig.Set.Error.Reason);
            Assert.AreEqual(reason.Length == 0, rig.Pins.At(5).IsHigh);
        }

        [TestMethod]
        public void Time_counts_together_with_what_has_passed()
        {
            ActuatorRig rig = Running();
            rig.Advance(50000);
            rig.Set.Call("{'name':'compressor','on':true,'seconds':10}");
            Assert.AreEqual(0, rig.Set.Code);
        }

        [TestMethod]
        public void Change_of_the_level_is_no_change_between_on_and_off()
        {
            ActuatorRig rig = new ActuatorRig(new ActuatorRule("pump", 5) { Kind = ActuatorRule.Level, MinOn = 60 });
            rig.Set.Call("{'name':'pump','level':40}");
            rig.Set.Call("{'name':'pump','level':80}");
            Assert.AreEqual(0, rig.Set.Code);
            rig.Set.Call("{'name':'pump','level':0}");
            Assert.AreEqual("-32004 on for less than its minOn of 60 s 60", Text(rig));
        }

        [TestMethod]
        public void Safe_state_at_a_shutdown_wins_and_is_counted()
        {
            ActuatorRig rig = Running();
            rig.Actuators.MakeSafe("restart");
            Assert.AreEqual("LHL", rig.Pins.At(5).History);
            Assert.AreEqual(1, rig.First.EarlyEnds);
            Assert.EndsWith(",\"earlyEnds\":1}}", rig.List.Call());
        }

        [TestMethod]
        public void Safe_state_that_takes_several_attempts_is_counted_once()
        {
            ActuatorRig rig = Running();
            rig.Pins.At(5).Failures = 4;
            rig.Actuators.MakeSafe("restart");
            rig.Advance(5000);
            Assert.IsFalse(rig.Pins.At(5).IsHigh);
            Assert.AreEqual(1, rig.First.EarlyEnds);
        }

        [TestMethod]
        public void Safe_state_after_its_time_is_not_counted()
        {
            ActuatorRig rig = Running();
            rig.Advance(60000);
            rig.Actuators.MakeSafe("restart");
            Assert.AreEqual(0, rig.First.EarlyEnds);
        }

        [TestMethod]
        public void Limit_wins_over_the_minimum_time_of_a_level()
        {
            ActuatorRig rig = new ActuatorRig(new ActuatorRule("fan", 5, false, true, 60) { Kind = ActuatorRule.Level, MinOff = 60 });
            rig.Set.Call("{'name':'fan','level':40}");
            rig.Advance(30000);
            rig.Set.Call("{'name':'fan','level':0}");
            rig.Advance(30000);
            Assert.AreEqual("100 40 0 100", rig.Levels.At(5).History);
            Assert.AreEqual(1, rig.First.EarlyEnds);
        }

        [TestMethod]
        public void Output_whose_driver_failed_is_safe_before_anything_else()
        {
            ActuatorRig rig = Running();
            rig.Pins.At(5).Failures = 1;
            rig.Advance(60000);
            rig.Set.Call("{'name':'compressor','on':false}");
            rig.Set.Call("{'name':'compressor','on':true}");
            Assert.AreEqual("-32002 the driver of the pin failed 0", Text(rig));
            rig.Advance(1000);
            rig.Set.Call("{'name':'compressor','on':true}");
            Assert.AreEqual("-32004 off for less than its minOff of 120 s 120", Text(rig));
        }

        private static ActuatorRig Running()
        {
            ActuatorRig rig = Compressor();
            rig.Advance(120000);
            rig.Set.Call("{'name':'compressor','on':true}");
            return rig;
        }

        private static ActuatorRig Compressor() => new ActuatorRig(new ActuatorRule("compressor", 5) { MinOn = 60, MinOff = 120 });

        private static string Text(ActuatorRig rig) => rig.Set.Code + " " + rig.Set.Error.Reason + " " + rig.Set.Error.RetryAfter;
    }
}

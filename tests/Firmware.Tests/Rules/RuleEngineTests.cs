using nanoFramework.TestFramework;

namespace Firmware.Tests.Rules
{
    [TestClass]
    public class RuleEngineTests
    {
        private const string Cold = "{'channel':'temperature','below':19.5}";

        [TestMethod]
        public void Output_follows_a_limit()
        {
            RuleRig rig = RuleRig.When(Cold).Measure(1950);
            Assert.AreEqual("inactive", rig.State);
            Assert.AreEqual("active", rig.Measure(1949).State);
            rig.Measure(1949);
            Assert.AreEqual("inactive", rig.Measure(1950).State);
            Assert.AreEqual("heater=0 heater=100 heater=0 ", rig.Outputs.Calls);
            Assert.AreEqual("rule heat", rig.Outputs.LastCause);
        }

        [TestMethod]
        public void Hysteresis_keeps_the_state_within_its_band()
        {
            RuleRig rig = RuleRig.When("{'channel':'temperature','below':19.5,'hysteresis':0.5}");
            Assert.AreEqual("inactive", rig.Measure(1960).State);
            Assert.AreEqual("active", rig.Measure(1949).State);
            Assert.AreEqual("active", rig.Measure(1999).State);
            Assert.AreEqual("inactive", rig.Measure(2000).State);
            Assert.AreEqual("inactive", rig.Measure(1951).State);
        }

        [TestMethod]
        public void Band_has_its_hysteresis_on_both_sides()
        {
            RuleRig rig = RuleRig.When("{'channel':'temperature','above':10,'below':20,'hysteresis':1}");
            Assert.AreEqual("inactive", rig.Measure(2000).State);
            Assert.AreEqual("active", rig.Measure(1500).State);
            Assert.AreEqual("active", rig.Measure(901).State);
            Assert.AreEqual("inactive", rig.Measure(900).State);
            Assert.AreEqual("inactive", rig.Measure(1000).State);
        }

        [TestMethod]
        public void Condition_holds_when_it_has_lasted()
        {
            RuleRig rig = RuleRig.When("{'channel':'temperature','below':19.5,'for':60}").Measure(1900);
            Assert.AreEqual("inactive", rig.After(59).Round().State);
            Assert.AreEqual("inactive", rig.Measure(2000).State);
            Assert.AreEqual("inactive", rig.Measure(1900).State);
            Assert.AreEqual("inactive", rig.Wait(59).State);
            Assert.AreEqual("active", rig.Wait(1).State);
        }

        [TestMethod]
        public void Missing_value_is_neither_true_nor_false()
        {
            RuleRig rig = new RuleRig("{'heat':{'when':[" + Cold + "]," + RuleRig.OnOff + ",'stale':[{'output':'fan','on':true}]}}").Measure(1900);
            rig.Temperature.IsValid = false;
            Assert.AreEqual("stale", rig.Round().State);
            Assert.AreEqual("channel temperature, below 19.5: not known", rig.Why);
            Assert.AreEqual("heater=100 fan=100 ", rig.Outputs.Calls);
        }

        [TestMethod]
        public void Unknown_channel_and_output_do_no_harm()
        {
            RuleRig rig = new RuleRig("{'a':{'when':[{'channel':'nothing','is':true}],'stale':[{'output':'nowhere','on':true}]}}").Round();
            Assert.AreEqual("stale", rig.State);
            Assert.AreEqual(string.Empty, rig.Outputs.Calls);
        }

        [TestMethod]
        public void All_conditions_count_unless_one_is_enough()
        {
            string both = Cold + ",{'channel':'door','is':true}";
            RuleRig all = RuleRig.When(both).Measure(1900).Open(false);
            Assert.AreEqual("inactive", all.State);
            Assert.AreEqual("active", all.Open(true).State);
            RuleRig any = new RuleRig("{'heat':{'when':[" + both + "],'any':true," + RuleRig.OnOff + "}}");
            Assert.AreEqual("active", any.Measure(1900).State, "the door is not known");
            any.Temperature.Value = 2000;
            Assert.AreEqual("stale", any.Round().State);
            Assert.AreEqual("active", any.Open(true).State);
        }

        [TestMethod]
        public void Gate_opens_and_closes_what_the_trigger_decides()
        {
            RuleRig rig = new RuleRig("{'heat':{'when':[" + Cold + "],'and':[{'channel':'door','is':false}]," + RuleRig.OnOff + "}}");
            Assert.AreEqual("inactive", rig.Measure(1900).Open(true).State);
            Assert.AreEqual("channel door, is false: false at 1", rig.Why);
            Assert.AreEqual("active", rig.Open(false).State);
        }

        [TestMethod]
        public void First_rule_that_decides_an_output_wins()
        {
            RuleRig rig = new RuleRig("{'off':{'when':[{'channel':'door','is':true}],'then':[{'output':'heater','on':false}]},'heat':{'when':[" + Cold + "]," + RuleRig.OnOff + "}}");
            rig.Door.IsValid = true;
            rig.Measure(1900);
            Assert.AreEqual(100, rig.Outputs.LevelOf(0));
            rig.Open(true);
            Assert.AreEqual(0, rig.Outputs.LevelOf(0));
            rig.Open(false);
            Assert.AreEqual(100, rig.Outputs.LevelOf(0));
        }

        [TestMethod]
        public void Output_that_was_changed_by_hand_stays_until_the_rules_decide_otherwise()
        {
            RuleRig rig = RuleRig.When(Cold).Measure(1900);
            rig.Outputs.Drive(0, 0, 0, "request");
            rig.Outputs.Calls = string.Empty;
            rig.Measure(1890);
            Assert.AreEqual(string.Empty, rig.Outputs.Calls);
            rig.Measure(2000).Measure(1900);
            Assert.AreEqual("heater=0 heater=100 ", rig.Outputs.Calls);
        }

        [TestMethod]
        public void Refused_output_is_driven_again_until_it_is_taken()
        {
            RuleRig rig = RuleRig.When(Cold);
            rig.Outputs.Refusal = "minimum off time";
            rig.Measure(1900);
            Assert.AreEqual("heater: minimum off time", rig.Engine.Refusal);
            rig.Wait(25);
            rig.Outputs.Refusal = null;
            rig.Wait(10);
            Assert.AreEqual(100, rig.Outputs.LevelOf(0));
            Assert.IsNull(rig.Engine.Refusal);
            rig.Wait(100);
            Assert.AreEqual("heater=100 heater=100 heater=100 heater=100 ", rig.Outputs.Calls);
        }

        [TestMethod]
        public void Level_for_some_seconds_is_driven_each_time_the_rule_fires()
        {
            RuleRig rig = new RuleRig("{'a':{'when':[{'channel':'door','rising':true}],'then':[{'output':'fan','level':40,'seconds':1.5}]}}").Open(true);
            Assert.AreEqual(string.Empty, rig.Outputs.Calls, "it was open already");
            rig.After(5).Open(false).After(5).Open(true).After(5).Open(true).After(5).Open(false).After(5).Open(true);
            Assert.AreEqual("fan=40/1500ms fan=40/1500ms ", rig.Outputs.Calls);
        }

        [TestMethod]
        public void Change_is_measured_from_the_value_that_was_last_noticed()
        {
            RuleRig rig = RuleRig.When("{'channel':'temperature','changed':1}");
            Assert.AreEqual("inactive", rig.Measure(2000).State);
            Assert.AreEqual("inactive", rig.Measure(2060).State);
            Assert.AreEqual("active", rig.Measure(2100).State);
            Assert.AreEqual("inactive", rig.Measure(2199).State);
            Assert.AreEqual("active", rig.Measure(2000).State);
        }

        [TestMethod]
        public void Falling_holds_in_the_round_in_which_the_value_falls()
        {
            RuleRig rig = RuleRig.When("{'channel':'temperature','falling':true}");
            Assert.AreEqual("inactive", rig.Measure(2000).State);
            Assert.AreEqual("active", rig.Measure(1999).State);
            Assert.AreEqual("inactive", rig.Measure(1999).State);
        }

        [TestMethod]
        public void Rate_is_that_of_a_minute_in_its_direction()
        {
            RuleRig up = RuleRig.When("{'channel':'temperature','rate':2}");
            RuleRig down = RuleRig.When("{'channel':'temperature','rate':-2}");
            Assert.AreEqual("inactive", up.Measure(2000).State);
            Assert.AreEqual("inactive", up.After(30).Measure(2099).State);
            Assert.AreEqual("active", up.After(30).Measure(2199).State);
            Assert.AreEqual("active", up.After(5).Measure(2199).State, "too soon for another");
            Assert.AreEqual("inactive", up.After(601).Measure(8000).State, "too late to tell");
            Assert.AreEqual("inactive", down.Measure(2000).After(30).Measure(2200).State);
            Assert.AreEqual("active", down.After(30).Measure(2100).State);
            down.Clock.Uptime -= 20000;
            Assert.AreEqual("inactive", down.Measure(2200).State, "a clock that was set back");
        }

        [TestMethod]
        public void Reason_of_the_longest_condition_is_cut()
        {
            string name = new string('n', 32);
            RuleRig rig = RuleRig.When("{'channel':'" + name + "','device':'" + name + "','maxAge':604800,'hysteresis':999999999.999999,'above':-999999999.999999,'below':999999999.999999,'is':true,'rate':-999999999.999999}");
            Assert.AreEqual("stale", rig.Round().State);
            Assert.AreEqual(0, rig.Why.IndexOf("channel " + name));
        }

        [TestMethod]
        public void State_at_the_start_fires_only_when_it_is_active()
        {
            Assert.IsFalse(RuleRig.When(Cold).Measure(2000).HasFired);
            Assert.IsFalse(RuleRig.When(Cold).Round().HasFired);
            Assert.IsTrue(RuleRig.When(Cold).Measure(1900).HasFired);
            Assert.IsFalse(RuleRig.When(Cold).Round().After(5).Measure(2000).HasFired, "it is known at last");
            Assert.IsTrue(RuleRig.When(Cold).Round().After(5).Measure(1900).HasFired);
        }

        [TestMethod]
        public void Rule_fires_no_more_often_than_its_pause_and_then_for_what_is_the_case()
        {
            RuleRig rig = new RuleRig("{'heat':{'when':[" + Cold + "]," + RuleRig.OnOff + ",'pause':10}}").Measure(1900);
            Assert.IsTrue(rig.HasFired);
            Assert.IsFalse(rig.After(1).Measure(2000).HasFired);
            Assert.AreEqual(0, rig.Outputs.LevelOf(0), "outputs do not wait");
            Assert.AreEqual(10000, rig.Engine.DueAt);
            Assert.IsTrue(rig.After(9).Round().HasFired);
            Assert.IsFalse(rig.After(1).Measure(1900).HasFired);
            Assert.IsFalse(rig.After(1).Measure(2000).HasFired);
            Assert.IsFalse(rig.After(20).Round().HasFired, "it is as it was");
            Assert.AreEqual(2, rig.Engine.FiringsOf(0));
        }

        [TestMethod]
        public void Rule_that_fires_too_often_is_suspended_and_its_stale_state_counts()
        {
            RuleRig rig = new RuleRig("{'heat':{'when':[" + Cold + "]," + RuleRig.OnOff + ",'stale':[{'output':'heater','level':7}]}}");
            int loops = 0;
            for (int i = 0; i < 31; i++)
            {
                Assert.AreEqual(0, loops);
                rig.After(5).Measure(2000).After(5).Measure(1900);
                loops += rig.Engine.Looped;
            }

            Assert.AreEqual(1, loops);
            Assert.AreEqual("suspended", rig.State);
            Assert.AreEqual(7, rig.Outputs.LevelOf(0));
            Assert.AreEqual("active more than 30 times in 10 minutes: goes on in 600 s, or when it is set with a change", rig.Engine.WhySuspended(0, rig.Clock.Uptime));
            Assert.AreEqual("suspended", rig.After(5).Measure(2000).Wait(594).State);
            Assert.AreEqual("inactive", rig.Wait(1).State);
            Assert.AreEqual(0, rig.Outputs.LevelOf(0));
        }

        [TestMethod]
        public void Windows_open_and_close_when_they_are_due()
        {
            // 2026-11-22, a Sunday, 23:33:45.
            RuleRig rig = RuleRig.When("{'time':'22:00-06:30','days':'sun'}");
            Assert.AreEqual("stale", rig.Round().State);
            rig.Clock.Synchronize(1795390425);
            rig.Engine.TimeChanged();
            Assert.AreEqual("active", rig.Round().State);
            Assert.AreEqual("active", rig.Wait((6 * 3600) + (56 * 60) + 14).State);
            Assert.AreEqual("inactive", rig.Wait(1).State);
            Assert.AreEqual("inactive", rig.Wait(86400).State);
        }

        [TestMethod]
        public void Summer_time_moves_a_window()
        {
            RuleRig rig = RuleRig.When("{'time':'03:30-04:00'}");
            rig.Engine.Zone = Firmware.Rules.LocalTime.Parse("CET-1CEST,M3.5.0,M10.5.0/3");
            rig.Clock.Synchronize(1774745940); // 2026-03-29 01:59 CET
            rig.Engine.TimeChanged();
            Assert.AreEqual("inactive", rig.Round().State);
            Assert.AreEqual("inactive", rig.Wait(60 + 1799).State);
            Assert.AreEqual("active", rig.Wait(1).State);
        }

        [TestMethod]
        public void Battery_and_connection_are_conditions()
        {
            RuleRig battery = RuleRig.When("{'battery':'low'}").Round();
            Assert.AreEqual("stale", battery.State);
            battery.Engine.Set(false, 2);
            Assert.AreEqual("active", battery.Round().State);
            battery.Engine.Set(false, 0);
            Assert.AreEqual("inactive", battery.Round().State);
            RuleRig link = RuleRig.When("{'connection':'offline','for':60}").Round();
            Assert.AreEqual("active", link.Wait(60).State);
            link.Engine.Set(true, -1);
            Assert.AreEqual("inactive", link.Round().State);
        }

        [TestMethod]
        public void Changed_rules_leave_the_state_of_the_others()
        {
            RuleRig rig = new RuleRig("{'a':{'when':[" + Cold + "],'then':[{'event':'x'}]}}").Measure(1900);
            object[] rules = rig.Parse("{'b':{'when':[{'channel':'temperature','falling':true},{'channel':'door','is':true}],'then':[{'event':'y'}]}}");
            rig.Engine.Use(new[] { rules[0], rig.Engine.Rule(0) });
            rig.Round();
            Assert.AreEqual(0, rig.Engine.Fired);
            Assert.AreEqual(1, rig.Engine.FiringsOf(1));
        }

        [TestMethod]
        public void Sixteen_rules_with_as_many_channels_as_there_is_room_for_are_evaluated()
        {
            string rules = string.Empty;
            for (int i = 0; i < 16; i++)
            {
                rules += (i == 0 ? "{" : ",") + "'r" + i + "':{'when':[{'channel':'a" + i + "','is':true},{'channel':'b" + (i % 8) + "','above':1}],'stale':[{'output':'fan','level':" + i + "}]}";
            }

            RuleRig rig = new RuleRig(rules + "}").Round();
            Assert.AreEqual(16, rig.Engine.Count);
            Assert.AreEqual("fan=0 ", rig.Outputs.Calls);
        }
    }
}

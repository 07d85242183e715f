using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Rules
{
    /// <summary>Good, wrong and hostile rules, as they are set, shown, kept and reset.</summary>
    [TestClass]
    public class RulesSettingTests
    {
        private const string Heat = "{'when':[{'for':60,'channel':'temperature','hysteresis':0.5,'below':19.5}],'and':[{'time':'06:00-22:00','days':'mon-fri'}],"
            + "'then':[{'output':'heater','on':true}],'else':[{'output':'heater','on':false}],'stale':[{'output':'heater','on':false}]}";

        private static readonly string[] Good =
        {
            Heat,
            "{'when':[{'channel':'a','above':-1000000000,'below':0.000001}],'then':[{'event':'e'}]}",
            "{'when':[{'for':604800,'channel':'door','is':true},{'channel':'door','is':false}],'any':true,'then':[{'event':'e','text':'\u00e4\\\\ \u20ac','urgent':true}]}",
            "{'when':[{'channel':'a','changed':true},{'channel':'a','changed':0.5},{'channel':'a','rising':true},{'channel':'a','falling':true},{'channel':'a','rate':-2}],'then':[{'measure':true}]}",
            "{'when':[{'for':5,'channel':'t','device':'esp32-02','maxAge':60,'above':1},{'for':9,'presence':'lost','device':'esp32-02'}],'else':[{'output':'fan','level':40,'seconds':0.25}]}",
            "{'and':[{'battery':'critical'},{'for':1,'connection':'online'},{'days':'sun'},{'time':'22:00-06:00'}],'stale':[{'interval':60}],'pause':3600}",
            "{'when':[{'channel':'a','is':true}],'then':[{'request':'esp32-03','method':'actuators.set','params':{'a':[1,{'b':null}]},'deadline':5},{'output':'x','level':0}]}",
        };

        // A rule, and what is said of it.
        private static readonly string[][] Wrong =
        {
            new[] { "7", "-32602 rules.a: must be an object" },
            new[] { "{}", "-32602 rules.a: rules.a.when must have a condition" },
            new[] { "{'wenn':[]}", "rules.a.wenn is not a member of this" },
            new[] { "{'when':{},'then':[]}", "rules.a.when must be an array of at most 8" },
            new[] { "{'when':[7]}", "rules.a.when[0] must be an object" },
            new[] { "{'when':[{}]}", "rules.a.when[0] must have channel, time, days, battery, connection or presence" },
            new[] { "{'when':[{'channel':'a','is':true}]}", "rules.a.then must have an action" },
            new[] { "{'when':[{'channel':'a','below':'x'}]}", "rules.a.when[0].below must be a number from -1000000000 to 1000000000 with at most 6 decimals" },
            new[] { "{'when':[{'channel':'a'}]}", "rules.a.when[0] must have above, below, is, changed, rising, falling or rate" },
            new[] { "{'when':[{'channel':'a b','is':true}]}", "rules.a.when[0].channel must be 1 to 32 of A-Z a-z 0-9 _ -" },
            new[] { "{'when':[{'channel':'a','hysteresis':1,'is':true}]}", "rules.a.when[0].hysteresis needs above or below" },
            new[] { "{'when':[{'channel':'a','above':2,'below':2}]}", "rules.a.when[0].above must be less than below" },
            new[] { "{'when':[{'channel':'a','is':true,'maxAge':5}]}", "rules.a.when[0].maxAge needs device" },
            new[] { "{'when':[{'channel':'a','is':1}]}", "rules.a.when[0].is must be true or false" },
            new[] { "{'when':[{'channel':'a','rising':true,'rate':1}]}", "rules.a.when[0] can have only one of changed, rising, falling and rate, and not with for" },
            new[] { "{'when':[{'channel':'a','rising':true,'for':1}]}", "rules.a.when[0] can have only one of" },
            new[] { "{'when':[{'channel':'a','rising':false}]}", "rules.a.when[0].rising must be true" },
            new[] { "{'when':[{'channel':'a','is':true,'for':0}]}", "rules.a.when[0].for must be an integer from 1 to 604800 (got 0)" },
            new[] { "{'when':[{'time':'6:00-22:00'}]}", "rules.a.when[0].time must be two different times of day as '06:00-22:00'" },
            new[] { "{'when':[{'time':'06:00-06:00'}]}", "rules.a.when[0].time" },
            new[] { "{'when':[{'time':'24:00-06:00'}]}", "rules.a.when[0].time" },
            new[] { "{'when':[{'time':'06:60-07:00'}]}", "rules.a.when[0].time" },
            new[] { "{'when':[{'days':'mon-'}]}", "rules.a.when[0].days must be days as 'mon-fri' or 'sat,sun'" },
            new[] { "{'when':[{'days':'on '}]}", "rules.a.when[0].days" },
            new[] { "{'when':[{'battery':'empty'}]}", "rules.a.when[0].battery must be 'normal', 'low' or 'critical'" },
            new[] { "{'when':[{'presence':'lost'}]}", "rules.a.when[0].device is missing" },
            new[] { "{'when':[{'channel':'a','is':true}],'then':[{'output':'x'}]}", "rules.a.then[0] must have either on or level" },
            new[] { "{'when':[{'channel':'a','is':true}],'then':[{'output':'x','level':101}]}", "rules.a.then[0].level must be an integer from 0 to 100 (got 101)" },
            new[] { "{'when':[{'channel':'a','is':true}],'then':[{'output':'x','on':true,'seconds':0}]}", "rules.a.then[0].seconds must be a number from 0.001 to 86400" },
            new[] { "{'when':[{'channel':'a','is':true}],'then':[{'event':'e'},{'event':'f'}]}", "rules.a.then can have one event" },
            new[] { "{'when':[{'channel':'a','is':true}],'else':[{'setting':'prefix','value':1}]}", "rules.a.else[0] must have output, event, measure, interval or request" },
            new[] { "{'when':[{'channel':'a','is':true}],'else':[{'interval':0}]}", "rules.a.else[0].interval must be an integer from 1 to 86400 (got 0)" },
            new[] { "{'when':[{'channel':'a','is':true}],'else':[{'measure':false}]}", "rules.a.else[0].measure must be true" },
            new[] { "{'when':[{'channel':'a','is':true}],'else':[{'request':'x','method':'m','params':[1]}]}", "rules.a.else[0].params must be an object of at most 160 bytes" },
            new[] { "{'when':[{'channel':'a','is':true}],'then':[{'event':'e'}],'pause':0}", "rules.a.pause must be an integer from 1 to 604800 (got 0)" },
            new[] { "{'when':[{'channel':'a','is':true}],'then':[{'request':'x'}]}", "rules.a.then[0].method is missing" },
            new[] { "{'when':[{'channel':'a','changed':'much'}]}", "rules.a.when[0].changed" },
            new[] { "{'when':[{'channel':'a','changed':false}]}", "rules.a.when[0].changed" },
            new[] { "{'when':[{'channel':'a','rate':true}]}", "rules.a.when[0].rate" },
            new[] { "{'when':[{'channel':'a','falling':1}]}", "rules.a.when[0].falling" },
            new[] { "{'when':[{'channel':'a','above':1e999}]}", "rules.a.when[0].above" },
            new[] { "{'when':[{'channel':'a','above':1,'hysteresis':-1}]}", "rules.a.when[0].hysteresis" },
            new[] { "{'when':[{'connection':'asleep'}]}", "rules.a.when[0].connection must be" },
            new[] { "{'when':[{'device':'x','presence':true}]}", "rules.a.when[0].presence must be" },
            new[] { "{'when':[{'channel':'a','is':true,'device':'../x'}]}", "rules.a.when[0].device must be" },
            new[] { "{'when':[{'channel':'a','is':true,'device':'x','maxAge':0}]}", "rules.a.when[0].maxAge must be" },
            new[] { "{'any':1,'when':[{'channel':'a','is':true}]}", "rules.a.any must be" },
            new[] { "{'when':[{'channel':'a','is':true}],'then':[{'output':'a b','on':true}]}", "rules.a.then[0].output must be" },
            new[] { "{'when':[{'channel':'a','is':true}],'then':[{'event':'e','urgent':1}]}", "rules.a.then[0].urgent must be" },
            new[] { "{'when':[{'channel':'a','is':true}],'then':[{'event':7}]}", "rules.a.then[0].event must be" },
            new[] { "{'when':[{'channel':'a','is':true}],'then':[{'request':'x','method':'m','deadline':0}]}", "rules.a.then[0].deadline must be" },
            new[] { "{'when':[{'channel':'a','is':true}],'then':[{'request':'#','method':'m'}]}", "rules.a.then[0].request must be" },
        };

        [TestMethod]
        public void Rule_is_shown_as_it_was_set_and_kept()
        {
            for (int i = 0; i < Good.Length; i++)
            {
                SettingsMethodRig rig = new SettingsMethodRig();
                Assert.AreEqual("{'revision':2,'results':{'rules.a':'applied'}}", rig.Set("{'rules.a':" + Good[i] + "}"), Good[i]);
                Assert.AreEqual("{'revision':2,'results':{'rules.a':'unchanged'}}", rig.Set("{'rules.a':" + Good[i] + "}"), Good[i]);
                string shown = rig.Get("{'keys':['rules']}");
                Assert.AreEqual("{'revision':2,'values':{'rules.a':" + Quotes.Single(SingleQuoted.Text(Good[i])) + "}}", shown);
                Assert.AreEqual(shown, rig.Restart().Get("{'keys':['rules.a']}"));
            }
        }

        [TestMethod]
        public void Wrong_rule_is_refused_with_the_place_and_the_reason()
        {
            for (int i = 0; i < Wrong.Length; i++)
            {
                SettingsMethodRig rig = new SettingsMethodRig();
                string answer = rig.Set("{'rules.a':" + Wrong[i][0] + "}");
                Assert.IsTrue(answer.IndexOf(Wrong[i][1]) >= 0, Wrong[i][0] + " gave " + answer);
                Assert.AreEqual(1, rig.Store.Revision);
            }
        }

        [TestMethod]
        public void Long_rule_is_refused()
        {
            string names = string.Empty;
            for (int i = 0; i < 8; i++)
            {
                names += (i == 0 ? string.Empty : ",") + "{'channel':'abcdefghijklmnopqrstuvwxyz-" + i + "','above':1,'below':2,'hysteresis':1,'for':5,'device':'abcdefghijklmnopqrstuvwxyz_" + i + "'}";
            }

            string answer = new SettingsMethodRig().Set("{'rules.a':{'when':[" + names + "],'and':[" + names + "],'then':[{'event':'e'}]}}");
            Assert.IsTrue(answer.IndexOf("is too long: divide it into two rules") > 0, answer);
        }

        [TestMethod]
        public void Rules_keep_their_order_and_are_removed_one_by_one()
        {
            const string Rule = "{'when':[{'battery':'low'}],'then':[{'measure':true}]}";
            const string Other = "{'when':[{'battery':'critical'}],'then':[{'measure':true}]}";
            SettingsMethodRig rig = new SettingsMethodRig("{'rules':{'b':" + Rule + ",'a':" + Rule + ",'c':" + Rule + "}}");
            rig.Set("{'rules.b':" + Other + ",'rules.c':null}");
            Assert.AreEqual("{'revision':2,'values':{'rules.b':" + Other + ",'rules.a':" + Rule + "}}", rig.Get("{'keys':['rules']}"));
            rig.Reset("['rules.b']");
            Assert.AreEqual("{'revision':3,'values':{'rules.a':" + Rule + "}}", rig.Get("{'keys':['rules']}"));
            rig.Set("{'rules':null,'rules.z':" + Rule + ",'rules.a':" + Rule + "}");
            Assert.AreEqual("{'revision':4,'values':{'rules.z':" + Rule + ",'rules.a':" + Rule + "}}", rig.Restart().Get("{'keys':['rules']}"));
        }

        [TestMethod]
        public void Sixteen_real_rules_fit_and_a_seventeenth_is_refused()
        {
            SettingsMethodRig rig = new SettingsMethodRig("{'wifi':[{'ssid':'home','password':'12345678'}],'channels':{'temperature':{'deadband':0.2,'low':5,'high':30}}}");
            for (int i = 0; i < 16; i++)
            {
                string answer = rig.Set("{'rules.heat" + i + "':" + Heat + "}");
                Assert.IsTrue(answer.IndexOf("applied") > 0, answer);
            }

            string tooMany = rig.Set("{'rules.heat16':" + Heat + "}");
            Assert.IsTrue(tooMany.IndexOf("is over the limit of 16") > 0, tooMany);
            Assert.IsTrue(rig.Restart().Get("{'keys':['rules.heat15']}").IndexOf(Heat) > 0);
        }

        [TestMethod]
        [DataRow("{'channel':'c#','above':1}", "{'event':'e'}", 24, "the rules together read more than 24 channels")]
        [DataRow("{'presence':'lost','device':'d#'}", "{'event':'e'}", 4, "the rules together name more than 4 devices to read, or to ask")]
        [DataRow("{'channel':'c','device':'d#','above':1}", "{'event':'e'}", 4, "the rules together name more than 4 devices to read, or to ask")]
        [DataRow("{'battery':'low'}", "{'request':'d#','method':'ping'}", 4, "the rules together name more than 4 devices to read, or to ask")]
        public void What_all_rules_together_have_too_much_of_is_refused(string condition, string action, int max, string reason)
        {
            SettingsMethodRig rig = new SettingsMethodRig();
            string[] rules = new string[3];
            for (int i = 0; i < max; i++)
            {
                int to = i % 3;
                rules[to] += "," + Numbered(action.IndexOf('#') < 0 ? condition : action, i);
            }

            for (int i = 0; i < rules.Length; i++)
            {
                string many = rules[i].Substring(1);
                string answer = rig.Set("{'rules.r" + i + "':" + (action.IndexOf('#') < 0 ? RuleOf(many, action) : RuleOf(condition, many)) + "}");
                Assert.IsTrue(answer.IndexOf("applied") > 0, answer);
            }

            string over = RuleOf(Numbered(condition, 99), Numbered(action, 99));
            string refused = rig.Set("{'rules.over':" + over + "}");
            Assert.IsTrue(refused.IndexOf("rules.over: " + reason + " ") > 0, refused);
        }

        [TestMethod]
        public void Changed_rule_that_breaks_a_limit_is_named_itself()
        {
            SettingsMethodRig rig = new SettingsMethodRig();
            rig.Set("{'rules.a':" + RuleOf("{'battery':'low'}", "{'measure':true}") + ",'rules.b':" + RuleOf("{'battery':'low'}", "{'measure':true}") + "}");
            string five = "{'presence':'lost','device':'d1'},{'presence':'lost','device':'d2'},{'presence':'lost','device':'d3'},{'presence':'lost','device':'d4'},{'presence':'lost','device':'d5'}";
            string refused = rig.Set("{'rules.a':" + RuleOf(five, "{'measure':true}") + "}");
            Assert.IsTrue(refused.IndexOf("rules.a: the rules together") > 0, refused);
            rig = new SettingsMethodRig("{'rules':{'a':" + RuleOf(five, "{'measure':true}") + "}}");
            Assert.AreEqual("{'revision':1,'values':{}}", rig.Get("{'keys':['rules']}"));
        }

        private static string Numbered(string text, int number)
        {
            int at = text.IndexOf('#');
            return at < 0 ? text : text.Substring(0, at) + number + text.Substring(at + 1);
        }

        private static string RuleOf(string conditions, string actions) => "{'when':[" + conditions + "],'then':[" + actions + "]}";

        [TestMethod]
        public void Wrong_rule_in_a_file_is_left_out()
        {
            SettingsMethodRig rig = new SettingsMethodRig("{'rules':{'a':{'when':[]},'b':" + Heat + "},'timezone':'nonsense'}");
            Assert.AreEqual("{'revision':1,'values':{'rules.b':" + Heat + "}}", rig.Get("{'keys':['rules']}"));
            Assert.AreEqual("{'revision':1,'values':{'timezone':'UTC0'}}", rig.Get("{'keys':['timezone']}"));
        }

        [TestMethod]
        public void Table_of_rules_takes_no_value_and_a_rule_no_member()
        {
            SettingsMethodRig rig = new SettingsMethodRig();
            Assert.IsTrue(rig.Set("{'rules':{'a':" + Heat + "}}").IndexOf("accepts only null") > 0);
            Assert.IsTrue(rig.Set("{'rules.a.when':[]}").IndexOf("is not a setting") > 0);
        }

        [TestMethod]
        public void Schema_has_a_line_for_a_rule()
        {
            string answer = new SettingsMethodRig().Call(3, "{'after':'homeassistant.prefix'}");
            Assert.IsTrue(answer.IndexOf("{'name':'rules.*','type':'object','effect':'now'}") > 0, answer);
        }
    }
}

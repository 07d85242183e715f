using Firmware.Json;
using Firmware.Sensing;
using Firmware.Settings;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Settings
{
    /// <summary>The key "channels".</summary>
    [TestClass]
    public class SettingsReaderChannelTests
    {
        private const string Standard = "offset=0 gain=1 deadband=- percent=- heartbeat=900 low=- high=- hysteresis=0 rate=- stuck=0 window=0 mean median=0 disagreement=-";

        [TestMethod]
        [DataRow("{}")]
        [DataRow("{'channels':{}}")]
        [DataRow("{'channels':7}")]
        public void No_channel_has_a_rule_by_default(string file)
        {
            Assert.AreEqual(0, new SettingsRig(file).Settings.Channels.Length);
        }

        [TestMethod]
        public void Rule_without_keys_sends_everything_and_raises_nothing()
        {
            Assert.AreEqual(Standard, Rule("{}"));
        }

        [TestMethod]
        public void Channel_without_a_rule_has_the_standard_one()
        {
            Assert.AreEqual(Standard, Summary(ChannelRule.Of(new ChannelRule[0], "temperature")));
        }

        [TestMethod]
        public void All_keys_are_read()
        {
            string rule = Rule("{'offset':-0.35,'gain':1.02,'deadband':0.2,'heartbeat':600,'low':-5,'high':30.5,'hysteresis':0.5,"
                + "'maxRate':12.5,'stuck':30,'window':3600,'aggregate':'mean max','median':5,'disagreement':1.5}");
            Assert.AreEqual(
                "offset=-0.35 gain=1.02 deadband=0.2 percent=- heartbeat=600 low=-5 high=30.5 hysteresis=0.5 rate=12.5 stuck=30 window=3600 mean max median=5 disagreement=1.5",
                rule);
        }

        [TestMethod]
        public void Percentage_is_read()
        {
            Assert.Contains("percent=2.5 ", Rule("{'deadbandPercent':2.5}"));
        }

        [TestMethod]
        [DataRow("'offset':0.000001", "offset=0.000001 ")]
        [DataRow("'offset':-123456789.654321", "offset=-123456789.654321 ")]
        [DataRow("'offset':1e3", "offset=1000 ")]
        [DataRow("'offset':1000000000", "offset=1000000000 ")]
        [DataRow("'gain':0.1", "gain=0.1 ")]
        [DataRow("'gain':10", "gain=10 ")]
        [DataRow("'gain':0.999999", "gain=0.999999 ")]
        [DataRow("'deadband':0", "deadband=0 ")]
        [DataRow("'deadbandPercent':0", "percent=0 ")]
        [DataRow("'deadbandPercent':100", "percent=100 ")]
        [DataRow("'heartbeat':1", "heartbeat=1 ")]
        [DataRow("'heartbeat':86400", "heartbeat=86400 ")]
        [DataRow("'maxRate':0.000001", "rate=0.000001 ")]
        [DataRow("'maxRate':1000000", "rate=1000000 ")]
        [DataRow("'stuck':0", "stuck=0 ")]
        [DataRow("'stuck':2", "stuck=2 ")]
        [DataRow("'stuck':10000", "stuck=10000 ")]
        [DataRow("'window':1", "window=1 mean ")]
        [DataRow("'window':86400", "window=86400 mean ")]
        [DataRow("'window':60,'aggregate':'mean'", "window=60 mean ")]
        [DataRow("'aggregate':'mean'", "window=0 mean ")]
        [DataRow("'aggregate':'min','window':60", "window=60 min ")]
        [DataRow("'window':60,'aggregate':'last count max min mean'", "window=60 last count max min mean ")]
        [DataRow("'median':0", "median=0 ")]
        [DataRow("'median':3", "median=3 ")]
        [DataRow("'median':9", "median=9 ")]
        public void Decimals_and_limits_are_read_exactly(string key, string expected)
        {
            Assert.Contains(expected, Rule("{" + key + "}") + " ");
        }

        [TestMethod]
        [DataRow("'offset':0.0000001", "offset")]
        [DataRow("'offset':1000000000.000001", "offset")]
        [DataRow("'offset':-1000000001", "offset")]
        [DataRow("'offset':1e300", "offset")]
        [DataRow("'offset':'1'", "offset")]
        [DataRow("'offset':null", "offset")]
        [DataRow("'gain':0", "gain")]
        [DataRow("'gain':0.099999", "gain")]
        [DataRow("'gain':10.000001", "gain")]
        [DataRow("'gain':-1", "gain")]
        [DataRow("'deadband':-0.1", "deadband")]
        [DataRow("'deadband':true", "deadband")]
        [DataRow("'deadbandPercent':100.1", "deadbandPercent")]
        [DataRow("'deadbandPercent':-1", "deadbandPercent")]
        [DataRow("'heartbeat':0", "heartbeat")]
        [DataRow("'heartbeat':86401", "heartbeat")]
        [DataRow("'heartbeat':1.5", "heartbeat")]
        [DataRow("'low':[1]", "low")]
        [DataRow("'high':{}", "high")]
        [DataRow("'hysteresis':-1", "hysteresis")]
        [DataRow("'maxRate':0", "maxRate")]
        [DataRow("'maxRate':1000001", "maxRate")]
        [DataRow("'stuck':1", "stuck")]
        [DataRow("'stuck':-1", "stuck")]
        [DataRow("'stuck':10001", "stuck")]
        [DataRow("'stuck':2.5", "stuck")]
        [DataRow("'window':-1", "window")]
        [DataRow("'window':86401", "window")]
        [DataRow("'window':1.5", "window")]
        [DataRow("'window':'60'", "window")]
        [DataRow("'aggregate':'min'", "aggregate")]
        [DataRow("'window':0,'aggregate':'mean max'", "aggregate")]
        [DataRow("'window':60,'aggregate':''", "aggregate")]
        [DataRow("'window':60,'aggregate':'count'", "aggregate")]
        [DataRow("'window':60,'aggregate':'count mean'", "aggregate")]
        [DataRow("'window':60,'aggregate':'median'", "aggregate")]
        [DataRow("'window':60,'aggregate':'Mean'", "aggregate")]
        [DataRow("'window':60,'aggregate':'mean,max'", "aggregate")]
        [DataRow("'window':60,'aggregate':'mean  max'", "aggregate")]
        [DataRow("'window':60,'aggregate':' mean'", "aggregate")]
        [DataRow("'window':60,'aggregate':'mean '", "aggregate")]
        [DataRow("'window':60,'aggregate':'mean max mean'", "aggregate")]
        [DataRow("'window':60,'aggregate':'mean min max last count x'", "aggregate")]
        [DataRow("'window':60,'aggregate':['mean']", "aggregate")]
        [DataRow("'window':60,'aggregate':7", "aggregate")]
        [DataRow("'window':60,'aggregate':null", "aggregate")]
        [DataRow("'median':1", "median")]
        [DataRow("'median':4", "median")]
        [DataRow("'median':11", "median")]
        [DataRow("'median':-3", "median")]
        [DataRow("'median':9223372036854775807", "median")]
        [DataRow("'median':'3'", "median")]
        [DataRow("'disagreement':-1", "disagreement")]
        public void Wrong_value_is_reported_with_its_path(string key, string path)
        {
            Assert.AreEqual("channels.temperature." + path, Channels("{'temperature':{" + key + "}}").Paths);
        }

        [TestMethod]
        public void Wrong_values_give_the_defaults()
        {
            SettingsRig rig = Channels("{'temperature':{'offset':'','gain':0,'deadband':-1,'deadbandPercent':-1,'heartbeat':0,'low':'',"
                + "'high':'','hysteresis':-1,'maxRate':0,'stuck':1,'window':-1,'aggregate':'sum','median':2,'disagreement':-1}}");
            Assert.AreEqual(Standard, Summary(rig.Settings.Channels[0]));
        }

        [TestMethod]
        public void Wrong_value_leaves_the_others_alone()
        {
            SettingsRig rig = Channels("{'temperature':{'gain':0,'high':30},'humidity':{'high':80}}");
            Assert.AreEqual(80 * ChannelRule.One, ChannelRule.Of(rig.Settings.Channels, "humidity").High);
            Assert.AreEqual(30 * ChannelRule.One, ChannelRule.Of(rig.Settings.Channels, "temperature").High);
        }

        [TestMethod]
        public void Fault_says_what_would_be_right()
        {
            Assert.Contains("must be a number from 0.1 to 10 with at most 6 decimals (got 0)", Channels("{'t':{'gain':0}}").Text);
        }

        [TestMethod]
        [DataRow("{'temperature':{'dead':1}}", "channels.temperature.dead")]
        [DataRow("{'temperature':{'Offset':1}}", "channels.temperature.Offset")]
        [DataRow("{'temperature':{'12345678901234567890':1}}", "channels.temperature.1234567890123456...")]
        [DataRow("{'a b':{}}", "channels.a b")]
        [DataRow("{'':{}}", "channels.")]
        [DataRow("{'a\\u0000b':{}}", "channels.?")]
        [DataRow("{'temperature':7}", "channels.temperature")]
        [DataRow("{'temperature':null}", "channels.temperature")]
        [DataRow("[]", "channels")]
        [DataRow("null", "channels")]
        public void What_cannot_be_used_is_reported(string channels, string path)
        {
            Assert.AreEqual(path, Channels(channels).Paths);
        }

        [TestMethod]
        [DataRow("'low':30,'high':30")]
        [DataRow("'high':10,'low':30")]
        public void Thresholds_the_wrong_way_round_are_reported(string keys)
        {
            Assert.AreEqual("channels.t.low", Channels("{'t':{" + keys + "}}").Paths);
        }

        [TestMethod]
        public void Thresholds_the_wrong_way_round_are_not_used()
        {
            Assert.AreEqual(Standard, Summary(Channels("{'t':{'low':30,'high':10}}").Settings.Channels[0]));
        }

        [TestMethod]
        public void Two_deadbands_are_reported()
        {
            Assert.AreEqual("channels.t.deadbandPercent", Channels("{'t':{'deadbandPercent':1,'deadband':2}}").Paths);
        }

        [TestMethod]
        public void Absolute_deadband_counts_beside_a_percentage()
        {
            Assert.Contains("deadband=2 percent=- ", Summary(Channels("{'t':{'deadbandPercent':1,'deadband':2}}").Settings.Channels[0]));
        }

        [TestMethod]
        public void Channel_that_is_named_twice_has_its_last_rule()
        {
            ChannelRule[] rules = Channels("{'t':{'stuck':2},'u':{},'t':{'stuck':3}}").Settings.Channels;
            Assert.AreEqual("2: 3", rules.Length + ": " + ChannelRule.Of(rules, "t").Stuck);
        }

        [TestMethod]
        [DataRow(16, "")]
        [DataRow(17, "channels.c16")]
        [DataRow(18, "channels.c16 channels.c17")]
        public void Up_to_sixteen_channels_have_rules(int count, string paths)
        {
            Assert.AreEqual(paths, Channels(Many(count)).Paths);
        }

        [TestMethod]
        public void First_sixteen_channels_have_their_rules_when_there_are_more()
        {
            Assert.AreEqual(16, Channels(Many(20)).Settings.Channels.Length);
        }

        private static SettingsRig Channels(string channels) => new SettingsRig("{'channels':" + channels + "}");

        private static string Rule(string rule) => Summary(ChannelRules.Of("{'temperature':" + rule + "}")[0]);

        private static string Many(int count)
        {
            string channels = string.Empty;
            for (int i = 0; i < count; i++)
            {
                channels += (i == 0 ? "'c" : ",'c") + i + "':{}";
            }

            return "{" + channels + "}";
        }

        private static string Summary(ChannelRule rule) =>
            "offset=" + Text(rule.Offset) + " gain=" + Text(rule.Gain)
            + " deadband=" + Text(rule.Deadband) + " percent=" + Text(rule.DeadbandPercent) + " heartbeat=" + rule.Heartbeat
            + " low=" + Text(rule.Low) + " high=" + Text(rule.High) + " hysteresis=" + Text(rule.Hysteresis)
            + " rate=" + Text(rule.MaxRate) + " stuck=" + rule.Stuck + " window=" + rule.Window + " " + rule.Aggregate + " median=" + rule.Median + " disagreement=" + Text(rule.Disagreement);

        private static string Text(long quantity) =>
            quantity == ChannelRule.Unset ? "-" : FixedPoint.ToText(quantity, ChannelRule.Scale);
    }
}

using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Gateway
{
    /// <summary>Registers that rules drive, while the child does not answer and with values that it cannot hold.</summary>
    [TestClass]
    public class ChildOutputTests
    {
        private const string Hot = "'rules':{'hot':{'when':[{'channel':'temperature','above':30}],'then':[{'output':'p_run','on':true}],'else':[{'output':'p_run','on':false}]}}";

        [TestMethod]
        public void Write_to_the_33rd_output_that_fails_leaves_the_first_alone()
        {
            string registers = string.Empty;
            for (int r = 0; r < 16; r++)
            {
                registers += (r > 0 ? ", r" : "r") + r + " " + (r + 20) + " u16 rw";
            }

            string children = "'c1':{'address':1,'interval':10,'registers':'" + registers + "'},'c2':{'address':2,'like':'c1','interval':10},'c3':{'address':3,'like':'c1','interval':10}";
            GatewayRig rig = new GatewayRig(new MemoryStorage(), "{'reconnect':{'spread':1},'interval':1,'children':{" + children + "},'rules':{'hot':{'when':[{'channel':'temperature','above':30}],'then':[{'output':'c1_r0','on':true},{'output':'c3_r0','on':true}]}}}");
            for (int r = 0; r < 16; r++)
            {
                rig.Line.Set(1, 20 + r, 0);
                rig.Line.Set(2, 20 + r, 0);
                rig.Line.Set(3, 20 + r, 0);
            }

            rig.GoOnline();
            rig.Device.Run(20000);
            rig.Line.Silent = 1 << 3;
            rig.Device.Slot76.Sensor.Values[0] = 3500;
            rig.Device.Run(1500);
            Assert.AreEqual(1, rig.Line.Get(1, 20));
            rig.Line.Set(1, 20, 0); // by a person at the child
            rig.Device.Run(72000);
            Assert.AreEqual(0, rig.Line.Get(1, 20));
        }

        [TestMethod]
        public void Off_counts_while_on_is_being_repeated()
        {
            GatewayRig rig = Start(600, ",'gateway':{'timeout':3000}");
            rig.Line.Silent = 1 << 4;
            Heat(rig, 3500, 2000);
            Heat(rig, 2000, 2000);
            rig.Line.Silent = 0;
            rig.Device.Run(60000);
            Assert.AreEqual(0, rig.Line.Get(4, 20));
        }

        [TestMethod]
        public void Off_counts_when_the_poll_after_on_was_lost()
        {
            GatewayRig rig = Start(600, string.Empty);
            rig.Line.SilentReads = true;
            Heat(rig, 3500, 5000);
            Assert.AreEqual(1, rig.Line.Get(4, 20));
            Heat(rig, 2000, 5000);
            Assert.AreEqual(0, rig.Line.Get(4, 20));
        }

        [TestMethod]
        public void Off_counts_when_the_poll_after_on_was_lost_long_ago()
        {
            GatewayRig rig = Start(600, string.Empty);
            rig.Line.SilentReads = true;
            Heat(rig, 3500, 60000);
            Heat(rig, 2000, 5000);
            Assert.AreEqual(0, rig.Line.Get(4, 20));
        }

        [TestMethod]
        public void Write_that_failed_is_repeated_and_reported_once()
        {
            GatewayRig rig = Start(10, string.Empty);
            rig.Line.Silent = 1 << 4;
            Heat(rig, 3500, 25000);
            Assert.AreEqual(1, rig.Events("'run: not written: no answer'"));
            Assert.Contains(SingleQuoted.Text("'refused':'p_run: the child has not taken it'"), Rules(rig));
            rig.Line.Silent = 0;
            rig.Device.Run(40000);
            Assert.AreEqual(1, rig.Line.Get(4, 20));
            Assert.AreEqual(1, rig.Events("'child-written'"));
            Assert.DoesNotContains("refused", Rules(rig));
            int requests = rig.Line.Requests;
            rig.Device.Run(60000);
            Assert.AreEqual(6, rig.Line.Requests - requests, "only polls");
        }

        [TestMethod]
        public void Write_that_failed_waits_for_a_lost_child()
        {
            GatewayRig rig = Start(10, string.Empty);
            rig.Line.Silent = 1 << 4;
            rig.Device.Run(60000);
            Heat(rig, 3500, 25000);
            int requests = rig.Line.Requests;
            rig.Device.Run(600000);
            Assert.IsTrue(rig.Line.Requests - requests < 10, "requests " + (rig.Line.Requests - requests));
            rig.Line.Silent = 0;
            rig.Device.Run(320000);
            Assert.AreEqual(1, rig.Line.Get(4, 20));
        }

        [TestMethod]
        public void Write_that_failed_is_not_repeated_when_the_rule_has_let_go()
        {
            GatewayRig rig = Start(10, string.Empty);
            rig.Line.Silent = 1 << 4;
            Heat(rig, 3500, 5000);
            rig.Device.Ask("{'jsonrpc':'2.0','id':'d','method':'settings.set','params':{'values':{'rules.hot':null}}}");
            rig.Device.Run(2000);
            rig.Line.Silent = 0;
            rig.Device.Run(60000);
            Assert.AreEqual(0, rig.Line.Get(4, 20));
        }

        [TestMethod]
        public void Value_that_the_child_changes_back_is_not_written_again()
        {
            GatewayRig rig = Start(10, string.Empty);
            Heat(rig, 3500, 2000);
            Assert.AreEqual(1, rig.Line.Get(4, 20));
            rig.Line.Set(4, 20, 0);
            rig.Device.Run(60000);
            Assert.AreEqual(0, rig.Line.Get(4, 20), "a push button of the child");
            Assert.AreEqual(1, rig.Events("'child-written'"));
        }

        [TestMethod]
        [DataRow("run 20 u16 10 rw", "'on':true")]
        [DataRow("run 20 u16 2 rw", "'on':true")]
        [DataRow("run 20 u16 0.001 % rw", "'level':80")]
        [DataRow("run 20 u16 2 % rw", "'level':33")]
        public void Value_that_the_register_cannot_hold_is_refused(string register, string value)
        {
            GatewayRig rig = new GatewayRig("'p':{'address':4,'interval':10,'registers':'" + register + ", flow 0 u16'}", ",'rules':{'r':{'when':[{'channel':'p_flow','above':500}],'then':[{'output':'p_run'," + value + "}]}}");
            rig.Line.Set(4, 20, 7);
            rig.GoOnline();
            rig.Line.Set(4, 0, 600);
            rig.Device.Run(60000);
            Assert.AreEqual(7, rig.Line.Get(4, 20));
            Assert.AreEqual(0, rig.Events("'child-written'"));
            Assert.Contains(SingleQuoted.Text("'refused':'p_run: the register cannot hold this value'"), Rules(rig));
        }

        [TestMethod]
        public void Off_counts_while_a_controller_is_asked_for_on()
        {
            TextRig rig = TextRig.Online("'p':{'protocol':'lines','interval':1,'channels':'t 0.1 Cel, run rw'}},'gateway':{'timeout':5000},'rules':{'hot':{'when':[{'channel':'p_t','above':30}],'then':[{'output':'p_run','on':true}],'else':[{'output':'p_run','on':false}]}");
            rig.Come("{\"t\":20,\"run\":0}");
            rig.Come("{\"t\":36,\"run\":0}");
            Assert.Contains(SingleQuoted.Text("{'set':'run','value':1,"), rig.Line.Sent);
            rig.Come("{\"t\":20,\"run\":0}");
            rig.Come("{\"t\":20,\"id\":" + rig.LastId + "}");
            Assert.Contains(SingleQuoted.Text("{'set':'run','value':0,"), rig.Line.Sent);
        }

        private static GatewayRig Start(int interval, string settings)
        {
            GatewayRig rig = new GatewayRig(new MemoryStorage(), "{'reconnect':{'spread':1},'interval':1,'children':{'p':{'address':4,'interval':" + interval + ",'registers':'run 20 u16 rw'}}," + Hot + settings + "}");
            rig.Line.Set(4, 20, 0);
            rig.GoOnline();
            return rig;
        }

        private static void Heat(GatewayRig rig, int temperature, long milliseconds)
        {
            rig.Device.Slot76.Sensor.Values[0] = temperature;
            rig.Device.Run(milliseconds);
        }

        private static string Rules(GatewayRig rig) => rig.Device.Ask("{'jsonrpc':'2.0','id':'r" + rig.Device.Clock.Uptime + "','method':'rules.list'}");
    }
}

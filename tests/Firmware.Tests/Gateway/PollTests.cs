using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Gateway
{
    /// <summary>Children from their registers to the broker.</summary>
    [TestClass]
    public class PollTests
    {
        private const string Meter = "'meter':{'address':3,'interval':10,'registers':'voltage 10 u16 0.1 V, current 11 s16 0.01 A, energy i20 u32 Wh'}";

        [TestMethod]
        public void Values_of_a_child_are_published_under_its_name()
        {
            GatewayRig rig = GatewayRig.Online(Meter);
            Assert.Contains(SingleQuoted.Text("'n':'meter_voltage','u':'V','v':31}"), rig.LastPack);
            Assert.Contains(SingleQuoted.Text("'n':'meter_current','u':'A','v':3.11}"), rig.LastPack);
            Assert.Contains(SingleQuoted.Text("'n':'meter_energy','u':'Wh','v':21037378}"), rig.LastPack);
        }

        [TestMethod]
        public void Flat_message_has_the_values_of_a_child()
        {
            GatewayRig rig = new GatewayRig(Meter, ",'telemetry':{'format':'json'}");
            rig.GoOnline();
            Assert.AreEqual(1, rig.PacksWith("'meter_voltage':31,'meter_current':3.11,'meter_energy':21037378,'time':"));
        }

        [TestMethod]
        public void Value_that_does_not_fit_is_left_out()
        {
            GatewayRig rig = new GatewayRig("'meter':{'address':3,'interval':10,'registers':'a 10 u16, big 12 u32, b 20 u16'}");
            rig.Line.Set(3, 12, 0x8000);
            rig.GoOnline();
            Assert.Contains(SingleQuoted.Text("'n':'meter_a','v':310},{'n':'meter_b','v':320}"), rig.LastPack);
            Assert.Contains(SingleQuoted.Text("'big':null"), rig.List());
        }

        [TestMethod]
        public void Registers_that_follow_each_other_are_one_request()
        {
            GatewayRig rig = GatewayRig.Online(Meter);
            Assert.AreEqual(2, rig.Line.Requests);
            Assert.AreEqual("0304001400023", Hex.Text(rig.Line.Last).Substring(0, 12) + "3");
        }

        [TestMethod]
        public void Child_is_asked_at_its_interval()
        {
            GatewayRig rig = GatewayRig.Online(Meter);
            rig.Line.Set(3, 10, 2300);
            rig.Device.Run(20000);
            Assert.AreEqual(6, rig.Line.Requests);
            Assert.AreEqual(2, rig.PacksWith("'n':'meter_voltage','u':'V','v':230}"));
        }

        [TestMethod]
        public void Answer_that_comes_while_the_device_leaves_is_sent_after_the_restart()
        {
            GatewayRig rig = GatewayRig.Online("'a':{'address':1,'interval':10,'registers':'x 5 u16'}");
            rig.Line.Set(1, 5, 77);
            rig.Line.IsSlow = true;
            int asked = rig.Line.Requests;
            while (rig.Line.Requests == asked)
            {
                rig.Device.Run(10);
            }

            rig.Device.Link.Acknowledges = false;
            rig.Device.Device.Stop();
            rig.Line.Deliver();
            rig.Device.Run(10000);
            Assert.IsTrue(rig.Device.Device.IsStopped);
            GatewayRig next = new GatewayRig(rig.Device.Storage, null);
            next.GoOnline();
            Assert.AreEqual(1, next.PacksWith("'n':'a_x','v':77}"));
        }

        [TestMethod]
        public void Line_is_opened_with_the_parameters_of_the_child()
        {
            GatewayRig rig = GatewayRig.Online("'a':{'address':1,'baud':19200,'parity':'even','registers':'x 0 u16'},'b':{'address':2,'baud':19200,'parity':'even','registers':'x 0 u16'}");
            Assert.AreEqual("19200 2 1", rig.Line.Parameters);
            Assert.AreEqual(1, rig.Line.Openings);
        }

        [TestMethod]
        public void Child_may_have_the_registers_of_another_one()
        {
            GatewayRig rig = GatewayRig.Online("'a':{'address':1,'registers':'x 5 u16'},'b':{'address':2,'like':'a'}");
            Assert.AreEqual(1, rig.PacksWith("'n':'a_x','v':105}"));
            Assert.AreEqual(1, rig.PacksWith("'n':'b_x','v':205}"));
        }

        [TestMethod]
        public void Silent_child_is_lost_after_three_polls_and_asked_less_and_less()
        {
            GatewayRig rig = GatewayRig.Online("'dead':{'address':1,'interval':10,'registers':'x 0 u16'},'live':{'address':2,'interval':10,'registers':'x 0 u16'}");
            rig.Line.Silent = 1 << 1;
            rig.Device.Run(60000);
            Assert.AreEqual(1, rig.Events("'type':'child-fault','child':'dead','reason':'no answer'"));
            Assert.Contains(SingleQuoted.Text("'childrenLost':['dead']"), rig.Device.Info());
            int asked = rig.Line.RequestsOf[1];
            int others = rig.Line.RequestsOf[2];
            rig.Device.Run(3600000);
            Assert.IsTrue(rig.Line.RequestsOf[1] - asked <= 16, "asked " + (rig.Line.RequestsOf[1] - asked) + " times");
            Assert.IsTrue(rig.Line.RequestsOf[1] - asked >= 11, "asked " + (rig.Line.RequestsOf[1] - asked) + " times");
            Assert.AreEqual(360, rig.Line.RequestsOf[2] - others);
        }

        [TestMethod]
        public void Child_that_answers_again_is_an_event_and_asked_as_before()
        {
            GatewayRig rig = GatewayRig.Online("'dead':{'address':1,'interval':10,'registers':'x 0 u16'}");
            rig.Line.Silent = 1 << 1;
            rig.Device.Run(600000);
            rig.Line.Silent = 0;
            rig.Device.Run(310000);
            Assert.AreEqual(1, rig.Events("'type':'child-recovered','child':'dead'"));
            Assert.DoesNotContains("childrenLost", rig.Device.Info());
            int asked = rig.Line.RequestsOf[1];
            rig.Device.Run(60000);
            Assert.AreEqual(6, rig.Line.RequestsOf[1] - asked);
        }

        [TestMethod]
        public void Damaged_answer_is_asked_for_again()
        {
            GatewayRig rig = new GatewayRig("'a':{'address':1,'registers':'x 5 u16'}");
            rig.Line.Damaged = 2;
            rig.GoOnline();
            Assert.AreEqual(3, rig.Line.Requests);
            Assert.AreEqual(1, rig.PacksWith("'n':'a_x','v':105}"));
            Assert.AreEqual(0, rig.Events("child-fault"));
        }

        [TestMethod]
        public void Noise_before_the_answer_costs_nothing()
        {
            GatewayRig rig = new GatewayRig("'a':{'address':1,'registers':'x 5 u16'}");
            rig.Line.Noise = new byte[] { 1, 3, 0, 1, 3, 2, 255 };
            rig.Line.IsByteByByte = true;
            rig.GoOnline();
            Assert.AreEqual(1, rig.Line.Requests);
            Assert.AreEqual(1, rig.PacksWith("'n':'a_x','v':105}"));
        }

        // What another device answers too late has its own address; the time for the answer goes on.
        [TestMethod]
        public void Answer_of_another_child_is_not_taken()
        {
            GatewayRig rig = new GatewayRig("'a':{'address':1,'registers':'x 5 u16'}");
            rig.Line.Noise = FakeModbusLine.Seal(new byte[] { 2, 3, 2, 77, 77 });
            rig.GoOnline();
            Assert.AreEqual(1, rig.Line.Requests);
            Assert.AreEqual(1, rig.PacksWith("'n':'a_x','v':105}"));
        }

        [TestMethod]
        public void Late_answer_is_not_taken_for_that_of_the_next_child()
        {
            GatewayRig rig = new GatewayRig("'a':{'address':1,'registers':'x 5 u16'},'b':{'address':2,'registers':'x 5 u16'}");
            rig.Line.IsSlow = true;
            rig.Device.Device.Start();
            rig.Device.GoOnline();
            rig.Line.Silent = 3 << 1;
            rig.Device.Run(1800);
            Assert.AreEqual(2, (int)rig.Line.Last[0]);
            rig.Line.Deliver();
            rig.Device.Run(100);
            rig.Line.Silent = 0;
            rig.Line.IsSlow = false;
            rig.Device.Run(5000);
            Assert.AreEqual(1, rig.PacksWith("'n':'b_x','v':205}"));
            Assert.AreEqual(0, rig.PacksWith("'n':'b_x','v':105}"));
        }

        [TestMethod]
        public void Exception_is_an_event_once_and_the_other_registers_are_read()
        {
            GatewayRig rig = new GatewayRig("'a':{'address':1,'interval':10,'registers':'x 5 u16, y 150 u16'}");
            rig.Line.Known = 100;
            rig.GoOnline();
            rig.Device.Run(30000);
            Assert.AreEqual(4, rig.PacksWith("'n':'a_x','v':105}"));
            Assert.AreEqual(1, rig.Events("'child-fault','child':'a','reason':'y: exception 2: no such register'"));
            rig.Line.Known = FakeModbusLine.Registers;
            rig.Device.Run(10000);
            Assert.AreEqual(1, rig.Events("'child-recovered','child':'a'"));
            Assert.AreEqual(1, rig.PacksWith("'n':'a_y','v':250}"));
        }

        // No such code is defined: it is a refusal all the same, and what follows it is no value.
        [TestMethod]
        public void Exception_without_a_code_has_no_values()
        {
            GatewayRig rig = new GatewayRig("'a':{'address':1,'interval':10,'registers':'x 5 u16'}");
            rig.Line.Noise = FakeModbusLine.Seal(new byte[] { 1, 0x83, 0 });
            rig.GoOnline();
            Assert.Contains(SingleQuoted.Text("'x':null"), rig.List());
            Assert.AreEqual(0, rig.PacksWith("a_x"));
        }

        [TestMethod]
        public void Line_that_cannot_be_opened_is_a_fault_of_its_children()
        {
            GatewayRig rig = new GatewayRig("'a':{'address':1,'interval':10,'registers':'x 5 u16'}");
            rig.Line.Opens = false;
            rig.GoOnline();
            rig.Device.Run(30000);
            Assert.AreEqual(1, rig.Events("'child-fault','child':'a','reason':'the serial line cannot be used'"));
            rig.Line.Opens = true;
            rig.Device.Run(60000);
            Assert.AreEqual(1, rig.Events("child-recovered"));
        }

        [TestMethod]
        public void List_has_the_last_values()
        {
            GatewayRig rig = GatewayRig.Online(Meter);
            Assert.Contains(SingleQuoted.Text("{'name':'meter','age':4,'values':{'voltage':31,'current':3.11,'energy':21037378}}"), rig.List());
        }

        [TestMethod]
        public void Sixteen_children_of_eight_channels_all_arrive()
        {
            string children = "'c1':{'address':1,'interval':10,'registers':'a 0 u16, b 1 u16, c 2 u16, d 3 u16, e 4 u16, f 5 u16, g 6 u16, h 7 u16'}";
            for (int i = 2; i <= 16; i++)
            {
                children += ",'c" + i + "':{'address':" + i + ",'interval':10,'like':'c1'}";
            }

            GatewayRig rig = GatewayRig.Online(children);
            rig.Device.Run(10000);
            for (int i = 1; i <= 16; i++)
            {
                Assert.IsTrue(rig.PacksWith("'n':'c" + i + "_h','v':" + ((100 * i) + 7) + "}") >= 1, "c" + i);
            }

            Assert.Contains("\"readingsDropped\":0", rig.Device.Info());
        }

        // 256 bytes below the longest settings their text got a buffer longer than it may be, and the device did not start.
        [TestMethod]
        public void Children_with_the_longest_settings_are_stored_and_changed()
        {
            string children = string.Empty;
            for (int i = 1; i <= 16; i++)
            {
                children += (i == 1 ? string.Empty : ",") + "'meter" + i + "':{'address':" + i + ",'interval':10,'registers':'";
                for (int k = 0; k < 16; k++)
                {
                    children += (k == 0 ? string.Empty : ", ") + "register" + k + " " + k + " u16 V";
                }

                children += "'}";
            }

            GatewayRig rig = GatewayRig.Online(children);
            Assert.IsTrue(rig.Device.Storage.Read("settings.a").Length > 5901, rig.Device.Storage.Read("settings.a").Length + " bytes");
            string answer = rig.Device.Ask("{'jsonrpc':'2.0','id':'s','method':'settings.set','params':{'values':{'children.meter16.interval':20}}}");
            Assert.Contains("\"result\"", answer);
            Assert.Contains("\"exceptions\":0", rig.Device.Info());
            Assert.IsTrue(rig.PacksWith("'n':'meter16_register15','u':'V','v':1615}") > 0, "the last of all");
        }

        [TestMethod]
        [DataRow("'address':3,'registers':'x 0 u16'", "children.a.registers", "x 0 u16")]
        [DataRow("'protocol':'lines','channels':'x 1'", "children.a.channels", "x")]
        public void One_setting_of_a_child_changes_and_its_channels_stay(string child, string key, string channels)
        {
            GatewayRig rig = GatewayRig.Online("'a':{" + child + "}");
            string answer = rig.Device.Ask("{'jsonrpc':'2.0','id':'s','method':'settings.set','params':{'values':{'children.a.interval':20}}}");
            Assert.Contains("\"result\"", answer);
            Assert.Contains("\"" + key + "\":\"" + channels + "\"", rig.Device.Ask("{'jsonrpc':'2.0','id':'g','method':'settings.get','params':{'keys':['" + key + "']}}"));
            answer = rig.Device.Ask("{'jsonrpc':'2.0','id':'n','method':'settings.set','params':{'values':{'" + key + "':null}}}");
            Assert.Contains("\"param\":\"" + key + "\",\"reason\":\"is missing", answer);
        }

        // The usual publish budget is one message a second: polls have theirs beside it.
        [TestMethod]
        public void Readings_of_many_children_do_not_pile_up()
        {
            string children = "'c1':{'address':1,'interval':10,'registers':'a 0 u16, b 1 u16'}";
            for (int i = 2; i <= 16; i++)
            {
                children += ",'c" + i + "':{'address':" + i + ",'interval':10,'like':'c1'}";
            }

            GatewayRig rig = GatewayRig.Online(children);
            rig.Device.Run(600000);
            Assert.Contains("\"outbox\":0", rig.Device.Info());
            Assert.IsTrue(rig.Packs >= 960, rig.Packs + " packs");
        }

        [TestMethod]
        public void Line_on_which_nobody_answers_is_opened_again()
        {
            GatewayRig rig = GatewayRig.Online("'a':{'address':1,'interval':10,'registers':'x 0 u16'},'b':{'address':2,'interval':10,'registers':'x 0 u16'}");
            rig.Line.Silent = 1 << 1;
            rig.Device.Run(60000);
            Assert.AreEqual(1, rig.Line.Openings, "one of two is silent");
            rig.Line.Silent = 3 << 1;
            rig.Device.Run(100000);
            Assert.IsTrue(rig.Line.Openings >= 3, rig.Line.Openings + " times");
            Assert.IsTrue(rig.Line.Closings >= rig.Line.Openings - 1, rig.Line.Closings + " closings");
            rig.Line.Silent = 0;
            rig.Device.Run(120000);
            int openings = rig.Line.Openings;
            rig.Device.Run(60000);
            Assert.AreEqual(openings, rig.Line.Openings);
        }

        // The chip tells of what it received when the line has been quiet for ten characters: 340 ms at 300 bit/s.
        [TestMethod]
        public void Slow_line_has_the_time_that_its_driver_waits()
        {
            GatewayRig rig = new GatewayRig("'a':{'address':1,'baud':300,'registers':'x 5 u16'}", ",'gateway':{'timeout':100}");
            rig.Line.IsSlow = true;
            rig.Device.Device.Start();
            rig.Device.GoOnline();
            rig.Device.Run(930);
            Assert.AreEqual(1, rig.Line.Requests);
            rig.Line.Deliver();
            rig.Device.Run(5000);
            Assert.AreEqual(1, rig.Line.Requests);
            Assert.AreEqual(1, rig.PacksWith("'n':'a_x','v':105}"));
        }

        [TestMethod]
        public void Readings_of_before_a_power_cut_keep_their_names_and_units()
        {
            GatewayRig rig = new GatewayRig(Meter);
            rig.Device.Device.Start();
            rig.Device.Run(25000);
            GatewayRig next = new GatewayRig(rig.Device.Storage, "{'reconnect':{'spread':1},'interval':3600}");
            next.GoOnline();
            Assert.IsTrue(next.PacksWith("'n':'meter_voltage','u':'V','v':31}") > 0, "with the settings gone");
        }
    }
}

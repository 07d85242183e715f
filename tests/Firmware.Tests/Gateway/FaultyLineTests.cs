using System;
using Firmware.Gateway;
using Firmware.Gateway.Modbus;
using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Gateway
{
    /// <summary>Lines with noise, and children that answer late, in part, or not at all.</summary>
    [TestClass]
    public class FaultyLineTests
    {
        private const string Slow = ",'gateway':{'timeout':5000}";

        [TestMethod]
        public void Write_that_is_wanted_last_is_written_last()
        {
            GatewayRig rig = new GatewayRig("'p':{'address':4,'interval':600,'registers':'run 20 u16 rw'}", ",'gateway':{'timeout':3000}");
            rig.Line.Set(4, 20, 5);
            rig.GoOnline();
            rig.Line.Silent = 1 << 4;
            rig.Set("p_run", "1");
            rig.Device.Run(1000); // it is under way
            rig.Set("p_run", "0");
            rig.Device.Run(3000); // its first try is over
            rig.Set("p_run", "1");
            rig.Line.Silent = 0;
            rig.Device.Run(60000);
            Assert.AreEqual(1, rig.Line.Get(4, 20));
        }

        [TestMethod]
        public void Write_that_a_child_never_takes_holds_up_no_write_to_another()
        {
            GatewayRig rig = new GatewayRig("'p':{'address':4,'interval':60,'registers':'flow 0 u16, run 20 u16 rw'},'q':{'address':5,'interval':60,'registers':'run 20 u16 rw'}", Slow + ",'rules':{'r':{'when':[{'channel':'p_flow','above':500}],'then':[{'output':'p_run','on':true}]}}");
            rig.Line.Set(4, 20, 0);
            rig.Line.Set(5, 20, 0);
            rig.GoOnline();
            rig.Line.SilentWrites = 1 << 4;
            rig.Line.Set(4, 0, 600);
            rig.Device.Run(300000);
            for (int i = 1; i < 4; i++)
            {
                rig.Set("q_run", i.ToString());
                rig.Device.Run(120000);
                Assert.AreEqual(i, rig.Line.Get(5, 20));
            }
        }

        [TestMethod]
        public void Child_that_has_missed_one_response_is_asked_again_soon_on_a_busy_line()
        {
            string children = string.Empty;
            for (int i = 1; i <= 16; i++)
            {
                children += (i > 1 ? "," : string.Empty) + "'c" + i + "':{'address':" + i + ",'interval':1,'registers':'a 0 u16'}";
            }

            GatewayRig rig = new GatewayRig(children);
            rig.Line.IsSlow = true;
            rig.Device.Device.Start();
            rig.Device.GoOnline();
            Busy(rig, 200, int.MaxValue);
            rig.Line.Silent = 1 << 2;
            Busy(rig, 100, rig.Line.RequestsOf[2] + 1);
            rig.Device.Run(1000);
            rig.Line.Silent = 0;
            long at = rig.Device.Clock.Uptime;
            Busy(rig, 1000, rig.Line.RequestsOf[2] + 1);
            Assert.IsTrue(rig.Device.Clock.Uptime - at < 20000, "ms " + (rig.Device.Clock.Uptime - at));
        }

        // Each response takes 80 ms; until the second child has had so many requests.
        private static void Busy(GatewayRig rig, int responses, int until)
        {
            for (int i = 0; i < responses && rig.Line.RequestsOf[2] < until; i++)
            {
                rig.Device.Run(80);
                rig.Line.Deliver();
            }
        }

        [TestMethod]
        public void Late_answer_is_not_taken_for_other_registers_of_the_same_child()
        {
            GatewayRig rig = new GatewayRig("'a':{'address':1,'interval':60,'registers':'x 5 u16, y 50 u16'}");
            rig.Line.Silent = 1 << 1;
            rig.Device.Device.Start();
            rig.Device.GoOnline();
            rig.Device.Run(700); // the first request has timed out
            byte[] answer = FakeModbusLine.Seal(new byte[] { 1, 3, 2, 0, 105 });
            rig.Line.Come(answer);
            rig.Device.Run(20);
            rig.Line.Come(answer); // of the same request once more
            rig.Device.Run(20);
            rig.Line.Silent = 0;
            rig.Device.Run(3000);
            Assert.Contains(SingleQuoted.Text("{'x':105,'y':150}"), rig.List());
            Assert.AreEqual(0, rig.PacksWith("'n':'a_y','v':105}"));
            Assert.AreEqual(1, rig.PacksWith("'n':'a_y','v':150}"));
        }

        [TestMethod]
        [DataRow("x 5 u16 rw", "010600050004")] // another value, of which the low byte differs
        [DataRow("x 5 u16 rw", "010600060001")]
        [DataRow("x 5 u32 rw", "011000050003")] // another count
        public void Response_to_another_write_confirms_nothing(string registers, string response)
        {
            GatewayRig rig = GatewayRig.Online("'a':{'address':1,'interval':600,'registers':'" + registers + "'}");
            rig.Line.Silent = 1 << 1;
            rig.Set("a_x", "1");
            rig.Device.Run(20);
            rig.Line.Come(FakeModbusLine.Seal(Hex.Bytes(response)));
            rig.Device.Run(100);
            Assert.AreEqual(0, rig.Events("child-written"));
        }

        [TestMethod]
        public void Line_that_never_rests_is_used_all_the_same()
        {
            GatewayRig rig = GatewayRig.Online("'a':{'address':1,'interval':10,'registers':'x 5 u16'},'b':{'address':2,'interval':10,'registers':'x 5 u16'}");
            int requests = rig.Line.Requests;
            Chatter(rig, 60000);
            Assert.AreEqual(12, rig.Line.Requests - requests);
            Assert.AreEqual(0, rig.Events("child-fault"));
        }

        [TestMethod]
        public void Line_that_never_rests_is_the_reason_of_a_child_that_is_lost()
        {
            GatewayRig rig = GatewayRig.Online("'a':{'address':1,'interval':10,'registers':'x 5 u16'}");
            rig.Line.Silent = 1 << 1;
            Chatter(rig, 60000);
            Assert.AreEqual(1, rig.Events("'child-fault','child':'a','reason':'the line is never silent'"));
        }

        [TestMethod]
        public void Bytes_without_end_do_not_hold_back_a_request()
        {
            FloodedPort port = new FloodedPort();
            DeviceRig device = new DeviceRig(new MemoryStorage(), "{'children':{'a':{'address':1,'registers':'x 5 u16'}}}", "power-on", 0, new Module[] { new GatewayModule(port) });
            device.Device.Start();
            device.Run(100);
            Assert.AreEqual(1, port.Requests);
            Assert.IsTrue(port.Reads <= 8, "read " + port.Reads + " times");
        }

        [TestMethod]
        [DataRow(3)]
        [DataRow(254)]
        [DataRow(1000)]
        public void Noise_of_any_length_before_an_answer_costs_nothing(int length)
        {
            GatewayRig rig = new GatewayRig("'a':{'address':1,'interval':10,'registers':'x 5 u16'}");
            rig.Line.Noise = new byte[length];
            rig.GoOnline();
            Assert.AreEqual(1, rig.Line.Requests);
            Assert.AreEqual(1, rig.PacksWith("'n':'a_x','v':105}"));
        }

        // Each frame is checked once; what may still become one is kept.
        [TestMethod]
        [DataRow("", 0)]
        [DataRow("000000", 3)]
        [DataRow("00010302", 1)]
        [DataRow("0103020000000001", 7)]
        [DataRow("01030200000000", 7)]
        [DataRow("01030201030200", 3)]
        [DataRow("0185020183", 3)]
        public void Noise_is_dropped_and_the_start_of_a_response_kept(string received, int first)
        {
            byte[] request = Hex.Bytes("010300050001");
            byte[] data = new byte[ModbusFrame.MaxLength];
            byte[] bytes = Hex.Bytes(received);
            bytes.CopyTo(data, 0);
            Assert.AreEqual(first, ~ModbusFrame.FindResponse(data, bytes.Length, request));
        }

        [TestMethod]
        [DataRow(5)]
        [DataRow(60)]
        [DataRow(100)]
        public void Registers_without_an_answer_do_not_hide_the_others(int silent)
        {
            GatewayRig rig = new GatewayRig("'a':{'address':1,'interval':10,'registers':'x 5 u16, y 60 u16, z 100 u16'},'b':{'address':2,'interval':1,'registers':'x 7 u16'}");
            rig.Line.SilentRegister = silent;
            rig.GoOnline();
            rig.Device.Run(60000);
            int asked = rig.Line.RequestsOf[1];
            int others = rig.Line.RequestsOf[2];
            string name = silent == 5 ? "x" : silent == 60 ? "y" : "z";
            rig.Device.Run(600000);
            Assert.AreEqual(1, rig.Events("child-fault"));
            Assert.AreEqual(1, rig.Events("'child-fault','child':'a','reason':'" + name + ": no answer'"));
            Assert.DoesNotContains("childrenLost", rig.Device.Info());
            Assert.Contains(SingleQuoted.Text(silent == 5 ? "{'x':null,'y':160,'z':200}" : silent == 60 ? "{'x':105,'y':null,'z':200}" : "{'x':105,'y':160,'z':null}"), rig.List());
            Assert.AreEqual(600, rig.Line.RequestsOf[2] - others);
            Assert.IsTrue(rig.Line.RequestsOf[1] - asked <= 130, "asked " + (rig.Line.RequestsOf[1] - asked) + " times");
            Assert.IsTrue(rig.PacksWith("'n':'a_" + (silent == 5 ? "y','v':160}" : "x','v':105}")) >= 64);
            rig.Line.SilentRegister = -1;
            rig.Device.Run(170000);
            Assert.AreEqual(1, rig.Events("child-recovered"));
            Assert.Contains(SingleQuoted.Text("{'x':105,'y':160,'z':200}"), rig.List());
        }

        [TestMethod]
        public void Child_that_was_lost_is_read_as_a_whole_when_it_is_back()
        {
            GatewayRig rig = GatewayRig.Online("'a':{'address':1,'interval':10,'registers':'x 5 u16, y 60 u16, z 100 u16'}");
            rig.Line.Silent = 1 << 1;
            rig.Device.Run(600000);
            Assert.Contains(SingleQuoted.Text("'childrenLost':['a']"), rig.Device.Info());
            rig.Line.Silent = 0;
            rig.Device.Run(310000);
            Assert.Contains(SingleQuoted.Text("{'x':105,'y':160,'z':200}"), rig.List());
            Assert.AreEqual(1, rig.Events("child-fault"));
            Assert.AreEqual(1, rig.Events("child-recovered"));
        }

        [TestMethod]
        public void Lost_child_that_is_back_with_its_exception_is_an_event()
        {
            GatewayRig rig = new GatewayRig("'a':{'address':1,'interval':10,'registers':'x 5 u16, y 150 u16'}");
            rig.Line.Known = 100;
            rig.GoOnline();
            rig.Line.Silent = 1 << 1;
            rig.Device.Run(90000);
            Assert.AreEqual(2, rig.Events("child-fault"));
            rig.Line.Silent = 0;
            rig.Device.Run(400000);
            Assert.AreEqual(2, rig.Events("child-fault"));
            Assert.AreEqual(1, rig.Events("child-recovered"));
        }

        [TestMethod]
        public void Exceptions_that_change_are_one_event()
        {
            GatewayRig rig = GatewayRig.Online("'a':{'address':1,'interval':1,'registers':'x 5 u16'}");
            for (int i = 0; i < 60; i++)
            {
                rig.Line.Exception = i % 2 == 0 ? 4 : 6;
                rig.Device.Run(1000);
            }

            Assert.AreEqual(1, rig.Events("child-fault"));
            rig.Line.Exception = 0;
            rig.Device.Run(2000);
            Assert.AreEqual(1, rig.Events("child-recovered"));
        }

        [TestMethod]
        public void Dead_neighbours_cost_one_timeout_at_a_time()
        {
            string children = "'live':{'address':20,'interval':1,'registers':'x 0 u16'}";
            for (int i = 1; i <= 15; i++)
            {
                children += ",'d" + i + "':{'address':" + i + ",'interval':10,'registers':'x 0 u16'}";
            }

            GatewayRig rig = new GatewayRig(children, Slow);
            rig.Line.Silent = 0xFFFE;
            rig.Device.Device.Start();
            rig.Device.GoOnline();
            rig.Device.Run(80000); // each has been asked once
            Assert.IsTrue(LongestGap(rig, 1200) <= 7);
            Assert.AreEqual(15, rig.Events("child-fault"));
        }

        [TestMethod]
        public void Writes_to_a_dead_child_let_the_others_be_polled()
        {
            string registers = "r0 0 u16 rw";
            for (int i = 1; i < 8; i++)
            {
                registers += ", r" + i + " " + i + " u16 rw";
            }

            GatewayRig rig = new GatewayRig("'dead':{'address':1,'interval':10,'registers':'" + registers + "'},'live':{'address':20,'interval':1,'registers':'x 5 u16'}", Slow);
            rig.Line.Silent = 1 << 1;
            rig.GoOnline();
            rig.Device.Run(200000);
            int asked = rig.Line.RequestsOf[1];
            for (int i = 0; i < 8; i++)
            {
                Assert.Contains("\"queued\":true", rig.Set("dead_r" + i, "1"));
            }

            Assert.IsTrue(LongestGap(rig, 120) <= 12);
            Assert.AreEqual(8, rig.Events("not written: no answer"));
            Assert.IsTrue(rig.Line.RequestsOf[1] - asked <= 10, "each once, and a poll now and then");
        }

        [TestMethod]
        public void Write_that_waits_at_a_shutdown_is_an_event()
        {
            GatewayRig rig = GatewayRig.Online("'a':{'address':1,'interval':10,'registers':'x 5 u16 rw, y 6 u16 rw'}");
            rig.Line.Silent = 1 << 1;
            rig.Set("a_x", "1");
            rig.Set("a_y", "1");
            rig.Device.Run(50);
            rig.Device.Device.Stop();
            rig.Device.Run(5000);
            GatewayRig next = new GatewayRig(rig.Device.Storage, null);
            next.GoOnline();
            Assert.AreEqual(1, rig.Events("'x: not written: the device stops'") + next.Events("'x: not written: the device stops'"));
            Assert.AreEqual(1, rig.Events("'y: not written: the device stops'") + next.Events("'y: not written: the device stops'"));
        }

        [TestMethod]
        public void Request_to_a_controller_that_waits_at_a_shutdown_is_an_event()
        {
            TextRig rig = TextRig.Online("'p':{'protocol':'lines','interval':60,'channels':'x rw, y rw'}");
            rig.Set("p_x", "1");
            rig.Set("p_y", "1");
            rig.Device.Run(50);
            rig.Device.Device.Stop();
            rig.Device.Run(5000);
            GatewayRig next = new GatewayRig(rig.Device.Storage, null);
            next.GoOnline();
            Assert.AreEqual(1, rig.Events("'x: not written: the device stops'") + next.Events("'x: not written: the device stops'"));
            Assert.AreEqual(1, rig.Events("'y: not written: the device stops'") + next.Events("'y: not written: the device stops'"));
        }

        // A byte each 4 ms: less than the silence between frames.
        private static void Chatter(GatewayRig rig, int milliseconds)
        {
            for (int i = 0; i < milliseconds; i += 4)
            {
                rig.Line.Come(new byte[] { 0 });
                rig.Device.Run(4);
            }
        }

        // Seconds between two requests to the device at address 20.
        private static int LongestGap(GatewayRig rig, int seconds)
        {
            int last = rig.Line.RequestsOf[20];
            int gap = 0;
            int longest = 0;
            for (int i = 0; i < seconds; i++)
            {
                rig.Device.Run(1000);
                gap = rig.Line.RequestsOf[20] == last ? gap + 1 : 0;
                last = rig.Line.RequestsOf[20];
                longest = gap > longest ? gap : longest;
            }

            Console.WriteLine("longest gap: " + longest + " s");
            return longest;
        }

        private sealed class FloodedPort : ISerialPort
        {
            public int Reads;
            public int Requests;

            public bool Open(int baud, int parity, int stopBits) => true;

            public bool Write(byte[] data, int count)
            {
                Requests++;
                return true;
            }

            public int Read(byte[] buffer) => ++Reads < 100000 ? buffer.Length : 0;

            public void Close()
            {
            }
        }
    }
}

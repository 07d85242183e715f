using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Gateway
{
    /// <summary>A small controller from its lines to the broker, and back.</summary>
    [TestClass]
    public class LineProtocolTests
    {
        private const string Pump = "'pump':{'protocol':'lines','baud':115200,'interval':10,'channels':'temperature 0.01 Cel, relay rw, level 0.1 % rw'}";

        [TestMethod]
        [DataRow("{\"temperature\":21.5,\"relay\":0}")]
        [DataRow("[{\"bn\":\"pump_\",\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.5},{\"n\":\"relay\",\"vb\":false}]")]
        public void Values_of_a_line_are_published_under_the_name_of_the_child(string line)
        {
            TextRig rig = TextRig.Online(Pump);
            rig.Come(line);
            Assert.Contains(SingleQuoted.Text("'n':'pump_temperature','u':'Cel','v':21.5}"), rig.LastPack);
            Assert.Contains(SingleQuoted.Text("'n':'pump_relay','v':0}"), rig.LastPack);
            Assert.AreEqual("115200 0 1", rig.Line.Parameters);
        }

        [TestMethod]
        public void Many_lines_are_one_report_at_the_interval()
        {
            TextRig rig = TextRig.Online(Pump);
            for (int i = 0; i < 40; i++)
            {
                rig.Come("{\"temperature\":" + i + ".25}");
            }

            Assert.AreEqual(1, rig.PacksWith("'n':'pump_temperature','u':'Cel','v':0.25}"));
            Assert.AreEqual(0, rig.PacksWith("'v':1.25}"));
            Assert.IsTrue(rig.PacksWith("'n':'pump_temperature'") >= 4 && rig.PacksWith("'n':'pump_temperature'") <= 5);
        }

        [TestMethod]
        public void Silent_controller_is_lost_and_back_with_its_next_line()
        {
            TextRig rig = TextRig.Online(Pump);
            rig.Come("{\"temperature\":21.5}");
            rig.Device.Run(50000);
            Assert.AreEqual(1, rig.Events("'child-fault','child':'pump','reason':'no line with a value'"));
            Assert.Contains(SingleQuoted.Text("'lost':true"), rig.List());
            rig.Come("{\"temperature\":22}");
            Assert.AreEqual(1, rig.Events("'child-recovered','child':'pump'"));
            Assert.AreEqual(1, rig.PacksWith("'n':'pump_temperature','u':'Cel','v':22}"));
        }

        [TestMethod]
        public void Garbage_and_unknown_names_are_counted_and_stop_nothing()
        {
            TextRig rig = TextRig.Online(Pump);
            rig.Come("Booting\u0001\u00ff{\"temperature\":1");
            rig.Come("{\"temperature\":2,\"hum\":1}" + new string('x', 2000));
            rig.Come("{\"hum\":40,\"relay\":true}");
            Assert.AreEqual(1, rig.PacksWith("'n':'pump_relay','v':1}"));
            Assert.AreEqual(0, rig.PacksWith("'n':'pump_temperature'"));
            Assert.Contains(SingleQuoted.Text("'unknown':1,'refused':3,'values':{'temperature':null,'relay':1,'level':null}"), rig.List());
        }

        [TestMethod]
        public void Request_is_one_line_and_its_response_is_reported()
        {
            TextRig rig = TextRig.Online(Pump);
            rig.Come("{\"relay\":0}");
            Assert.Contains(SingleQuoted.Text("'queued':true"), rig.Set("pump_relay", "1"));
            rig.Device.Run(100);
            string line = "{\"set\":\"relay\",\"value\":1,\"id\":" + rig.LastId + "}\n";
            Assert.AreEqual(line, rig.Line.Sent);
            rig.Come("{\"id\":" + rig.LastId + ",\"relay\":1}");
            Assert.AreEqual(1, rig.Events("'child-written','channel':'pump_relay'"));
            Assert.AreEqual(1, rig.PacksWith("'n':'pump_relay','v':1}"));
            rig.Device.Run(5000);
            Assert.AreEqual(line, rig.Line.Sent);
        }

        [TestMethod]
        public void Response_without_the_value_confirms_it()
        {
            TextRig rig = TextRig.Online(Pump);
            rig.Set("pump_level", "12.5");
            rig.Device.Run(100);
            Assert.AreEqual("{\"set\":\"level\",\"value\":12.5,\"id\":" + rig.LastId + "}\n", rig.Line.Sent);
            rig.Come("{\"id\":" + rig.LastId + "}");
            Assert.AreEqual(1, rig.PacksWith("'n':'pump_level','u':'%','v':12.5}"));
        }

        [TestMethod]
        public void Response_leaves_the_other_values_known()
        {
            TextRig rig = new TextRig("'p':{'protocol':'lines','interval':60,'channels':'temperature 0.1 Cel, relay rw'}},'actuators':{'valve':{'pin':5}},'rules':{'hot':{'when':[{'channel':'p_temperature','above':30}],'then':[{'output':'valve','on':true}],'stale':[{'output':'valve','on':false}]}", true, true);
            rig.Come("{\"temperature\":36,\"relay\":0}");
            rig.Device.Run(61000);
            int packs = rig.PacksWith("p_temperature");
            rig.Set("p_relay", "1");
            rig.Device.Run(100);
            rig.Come("{\"id\":" + rig.LastId + ",\"relay\":1}");
            Assert.Contains(SingleQuoted.Text("'values':{'temperature':36,'relay':1}"), rig.List());
            Assert.IsTrue(rig.Device.Pins.At(5).IsHigh);
            Assert.AreEqual(packs, rig.PacksWith("p_temperature"), "only what is new is sent");
        }

        [TestMethod]
        public void Value_that_lines_leave_out_counts_for_three_intervals_and_at_most_six()
        {
            TextRig rig = new TextRig("'p':{'protocol':'lines','interval':10,'channels':'temperature 0.1 Cel, level 0.1 m'}},'rules':{'full':{'when':[{'channel':'p_level','above':3}],'then':[{'event':'x'}]}", true, true);
            for (int i = 0; i < 60; i++)
            {
                rig.Come(i % 6 == 0 ? "{\"temperature\":25,\"level\":5}" : "{\"temperature\":25}");
                Assert.Contains("\"level\":5", rig.List());
                rig.Device.Run(4000);
            }

            Assert.AreEqual(1, rig.Events("'type':'rule'"));
            for (int i = 0; i < 12; i++)
            {
                rig.Come("{\"temperature\":25}");
                rig.Device.Run(4000);
            }

            Assert.Contains("\"level\":null", rig.List());
        }

        [TestMethod]
        public void Controller_has_three_intervals_from_the_start()
        {
            TextRig rig = TextRig.Online(Pump);
            rig.Device.Run(27000);
            Assert.AreEqual(0, rig.Events("'child-fault'"));
            rig.Device.Run(3000);
            Assert.AreEqual(1, rig.Events("'child-fault'"));
        }

        // A response from before a restart must not confirm the first request after it.
        [TestMethod]
        public void Requests_of_two_runs_have_different_ids()
        {
            TextRig rig = TextRig.Online(Pump);
            rig.Set("pump_relay", "1");
            rig.Device.Run(100);
            string first = rig.Line.Sent;
            rig = new TextRig(rig.Device.Storage);
            rig.Set("pump_relay", "1");
            rig.Device.Run(100);
            Assert.AreNotEqual(first, rig.Line.Sent);
            Assert.StartsWith("{\"set\":\"relay\",\"value\":1,\"id\":", rig.Line.Sent);
        }

        [TestMethod]
        public void Request_without_a_response_is_sent_three_times_and_fails()
        {
            TextRig rig = TextRig.Online(Pump);
            rig.Set("pump_relay", "1");
            rig.Device.Run(400);
            rig.Come("{\"id\":" + (rig.LastId + 1) + "}");
            rig.Device.Run(4000);
            string line = "{\"set\":\"relay\",\"value\":1,\"id\":" + rig.LastId + "}\n";
            Assert.AreEqual(line + line + line, rig.Line.Sent);
            Assert.AreEqual(1, rig.Events("'child-fault','child':'pump','reason':'relay: not written: no answer'"));
            rig.Come("{\"id\":" + rig.LastId + "}");
            Assert.AreEqual(0, rig.Events("'child-written'"));
        }

        [TestMethod]
        public void Refused_request_is_reported_in_the_words_of_the_controller()
        {
            TextRig rig = TextRig.Online(Pump);
            rig.Set("pump_relay", "1");
            rig.Device.Run(100);
            rig.Come("{\"id\":" + rig.LastId + ",\"error\":\"too hot\"}");
            Assert.AreEqual(1, rig.Events("'child-fault','child':'pump','reason':'relay: not written: too hot'"));
            Assert.AreEqual(0, rig.PacksWith("'pump_relay'"));
        }

        [TestMethod]
        public void Last_value_counts_of_several_that_wait()
        {
            TextRig rig = TextRig.Online(Pump);
            rig.Set("pump_relay", "1");
            rig.Set("pump_level", "10");
            rig.Set("pump_level", "20");
            rig.Set("pump_relay", "0");
            rig.Device.Run(100);
            long first = rig.LastId;
            for (long id = first; id < first + 4; id++)
            {
                rig.Come("{\"id\":" + id + "}");
            }

            string sent = rig.Line.Sent;
            Assert.EndsWith("{\"set\":\"level\",\"value\":20,\"id\":" + (first + 2) + "}\n", sent);
            Assert.Contains("{\"set\":\"relay\",\"value\":0,\"id\":" + (first + 1) + "}\n", sent);
            Assert.DoesNotContains("\"value\":10", sent);
        }

        [TestMethod]
        [DataRow("pump_temperature", "1")]
        [DataRow("pump_none", "1")]
        [DataRow("pump_relay", "0.5")]
        [DataRow("pump_relay", "true")]
        [DataRow("pump_relay", "3000000000")]
        public void Request_that_cannot_be_is_refused(string channel, string value)
        {
            TextRig rig = TextRig.Online(Pump);
            Assert.Contains("\"error\"", rig.Set(channel, value));
            rig.Device.Run(1000);
            Assert.AreEqual(string.Empty, rig.Line.Sent);
        }

        [TestMethod]
        public void Line_that_cannot_be_opened_is_tried_again()
        {
            TextRig rig = new TextRig(Pump, true, false);
            Assert.AreEqual(1, rig.Line.Openings);
            rig.Device.Run(32000);
            Assert.AreEqual(4, rig.Line.Openings);
            Assert.AreEqual(1, rig.Events("'child-fault','child':'pump','reason':'the serial line cannot be used'"));
            rig.Line.Opens = true;
            rig.Device.Run(10000);
            rig.Come("{\"temperature\":21.5}");
            Assert.AreEqual(5, rig.Line.Openings);
            Assert.AreEqual(1, rig.PacksWith("'n':'pump_temperature','u':'Cel','v':21.5}"));
        }

        [TestMethod]
        [DataRow("'a':{'protocol':'lines'}")]
        [DataRow("'a':{'protocol':'lines','registers':'x 0 u16'}")]
        [DataRow("'a':{'protocol':'lines','channels':''}")]
        [DataRow("'a':{'address':1,'channels':'x'}")]
        [DataRow("'a':{'protocol':'lines','channels':'x'},'b':{'protocol':'nmea'}")]
        public void Child_without_its_channels_and_with_others_is_not_used(string children)
        {
            TextRig rig = TextRig.Online(children);
            Assert.IsTrue(rig.Events("'settings") > 0);
            Assert.DoesNotContains(SingleQuoted.Text("'name':'a'"), rig.List());
        }
    }
}

using Firmware.GatewayText.Nmea;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Gateway
{
    /// <summary>A receiver from its sentences to the broker and the clock.</summary>
    [TestClass]
    public class NmeaProtocolTests
    {
        private const string Receiver = "'gps':{'protocol':'nmea','interval':60,'distance':100}";
        private const string ReceiverWithClock = "'gps':{'protocol':'nmea','interval':60,'distance':100,'setsClock':true}";

        [TestMethod]
        public void Fix_is_published_under_the_name_of_the_child()
        {
            TextRig rig = TextRig.Online(Receiver);
            rig.Come(Gga("5231.2", 8) + "\r\n" + Rmc("5231.2", "291126"));
            rig.Device.Run(60000);
            Assert.Contains(SingleQuoted.Text("'n':'gps_latitude','u':'lat','v':52.52}"), rig.LastPack);
            Assert.Contains(SingleQuoted.Text("'n':'gps_longitude','u':'lon','v':13.41}"), rig.LastPack);
            Assert.Contains(SingleQuoted.Text("'n':'gps_speed','u':'m/s','v':5.144}"), rig.LastPack);
            Assert.AreEqual(1, rig.PacksWith("'n':'gps_satellites','u':'count','v':8}"));
        }

        [TestMethod]
        public void Position_that_stays_is_sent_at_the_interval()
        {
            TextRig rig = TextRig.Online(Receiver);
            for (int i = 0; i < 290; i++)
            {
                rig.Come(Gga("5231.2", 8));
            }

            // The first at once, then one a minute.
            Assert.AreEqual(5, rig.PacksWith("'gps_latitude'"));
        }

        [TestMethod]
        public void Position_that_moves_is_sent_by_distance()
        {
            TextRig rig = TextRig.Online(Receiver);
            for (int i = 0; i < 50; i++)
            {
                // 37 m a second: every third is 100 m from the one sent last.
                int minutes = 312000 + (i * 200);
                rig.Come(Gga("52" + (minutes / 10000) + "." + (minutes % 10000).ToString("D4"), 8));
            }

            Assert.AreEqual(17, rig.PacksWith("'gps_latitude'"));
            for (int i = 0; i < 110; i++)
            {
                rig.Come(Gga("5231.3000", 8));
            }

            Assert.AreEqual(19, rig.PacksWith("'gps_latitude'"));
        }

        [TestMethod]
        public void Position_that_jumps_is_sent_once_a_second()
        {
            TextRig rig = TextRig.Online(Receiver);
            rig.Device.LoseLink();
            int before = rig.Device.Device.OutboxCount;
            string text = string.Empty;
            for (int i = 0; i < 100; i++)
            {
                text += Gga(i % 2 == 0 ? "5231.2" : "5331.2", 8) + "\r\n";
            }

            rig.Line.Come(text);
            rig.Device.Run(100);
            Assert.AreEqual(1, rig.Device.Device.OutboxCount - before);
            for (int i = 0; i < 20; i++)
            {
                rig.Come(Gga(i % 2 == 0 ? "5231.2" : "5331.2", 8));
            }

            Assert.AreEqual(20, rig.Device.Device.OutboxCount - before);
        }

        [TestMethod]
        public void Satellites_stay_known_between_positions()
        {
            TextRig rig = TextRig.Online(Receiver);
            rig.Come(Gga("5231.2", 8));
            rig.Come(Rmc("5331.2", "291126"));
            Assert.Contains(SingleQuoted.Text("'speed':5.144,'satellites':8}"), rig.List());
        }

        [TestMethod]
        public void Position_is_not_known_any_more_without_a_fix()
        {
            TextRig rig = TextRig.Online(Receiver);
            rig.Come(Gga("5231.2", 8));
            for (int i = 0; i < 65; i++)
            {
                rig.Come(Sentence("GPGGA,101530,,,,,0,02,,,,,,,"));
            }

            Assert.Contains(SingleQuoted.Text("'values':{'latitude':null,'longitude':null,'speed':null,'satellites':2}"), rig.List());
        }

        [TestMethod]
        public void Void_fix_is_no_position_but_tells_of_satellites()
        {
            TextRig rig = TextRig.Online(Receiver);
            for (int i = 0; i < 130; i++)
            {
                rig.Come(Sentence("GPGGA,101530,,,,,0,02,,,,,,,"));
                rig.Come(Sentence("GPRMC,101530,V,,,,,,,291126,,,N"));
            }

            Assert.AreEqual(0, rig.PacksWith("'gps_latitude'"));
            Assert.IsTrue(rig.PacksWith("'n':'gps_satellites','u':'count','v':2}") >= 3);
            Assert.AreEqual(1, rig.Events("'reason':'latitude: no fix'"));
            rig.Come(Gga("5231.2", 8));
            rig.Device.Run(60000);
            Assert.AreEqual(1, rig.Events("'child-recovered'"));
        }

        [TestMethod]
        public void Receiver_that_is_silent_or_has_no_fix_is_lost()
        {
            TextRig rig = TextRig.Online(Receiver);
            rig.Device.Run(200000);
            Assert.AreEqual(1, rig.Events("'child-fault','child':'gps','reason':'no GGA or RMC sentence'"));
            rig = TextRig.Online(Receiver);
            for (int i = 0; i < 200; i++)
            {
                rig.Come(Sentence("GPRMC,101530,V,,,,,,,291126,,,N"));
            }

            Assert.AreEqual(1, rig.Events("'child-fault','child':'gps','reason':'no fix'"));
            rig.Come(Rmc("5231.2", "291126"));
            Assert.AreEqual(1, rig.Events("'child-recovered','child':'gps'"));
            Assert.AreEqual(1, rig.PacksWith("'gps_latitude'"));
        }

        [TestMethod]
        public void Damaged_sentences_are_counted()
        {
            TextRig rig = TextRig.Online(Receiver);
            rig.Come("$GPRMC,101530.00,A,5331.2" + Rmc("5231.2", "291126").Substring(25));
            rig.Come("$GPRMC,1015" + Rmc("5231.2", "291126"));
            rig.Come(Rmc("9931.2", "291126"));
            Assert.Contains(SingleQuoted.Text("'sentences':1,'refused':3,"), rig.List());
            Assert.AreEqual(0, rig.PacksWith("'v':53"));
        }

        [TestMethod]
        public void Fix_sets_the_clock_when_the_setting_says_so()
        {
            TextRig rig = new TextRig(ReceiverWithClock, false, true);
            rig.Come(Sentence("GPRMC,101530,V,,,,,,,291126,,,N"));
            Assert.IsFalse(rig.Device.Clock.IsSynchronized);
            rig.Come(Rmc("5231.2", "291126"));
            Assert.IsTrue(rig.Device.Clock.IsSynchronized);
            Assert.AreEqual(1795947331L, rig.Device.Clock.UtcSeconds);
            rig = new TextRig(Receiver, false, true);
            rig.Come(Rmc("5231.2", "291126"));
            Assert.IsFalse(rig.Device.Clock.IsSynchronized);
        }

        [TestMethod]
        public void Time_servers_are_asked_though_a_fix_has_set_the_clock()
        {
            TextLine line = new TextLine();
            DeviceRig device = new DeviceRig(new MemoryStorage(), "{'reconnect':{'spread':1},'interval':3600,'children':{" + ReceiverWithClock + "}}", "power-on", 0, new Module[] { new Firmware.Gateway.GatewayModule(line, new NmeaOption()) });
            line.Sink = device.Inbox;
            device.Device.Start();
            line.Come(Rmc("5231.2", "010134") + "\r\n");
            device.Run(100);
            Assert.IsTrue(device.Clock.IsSynchronized);
            device.GoOnline();
            device.Run(60000);
            Assert.IsTrue(device.Clock.Asked > 0);
            device.Clock.Respond(ManualClock.Now);
            device.Run(1000);
            Assert.AreEqual(ManualClock.Now + 1, device.Clock.UtcSeconds);
        }

        [TestMethod]
        public void Time_that_cannot_be_is_reported_once_and_does_not_set_the_clock()
        {
            TextRig rig = new TextRig(ReceiverWithClock, false, true);
            for (int i = 0; i < 5; i++)
            {
                rig.Come(Rmc("5231.2", "150407"));
            }

            Assert.IsFalse(rig.Device.Clock.IsSynchronized);
            rig.Come(Rmc("5231.2", "291126"));
            Assert.IsTrue(rig.Device.Clock.IsSynchronized);
            rig.Device.Run(5000);
            Assert.AreEqual(1, rig.Events("'time-doubted','child':'gps','reason':'1176632130 is before this firmware'"));
        }

        [TestMethod]
        public void Position_cannot_be_set()
        {
            TextRig rig = TextRig.Online(Receiver);
            Assert.Contains("\"error\"", rig.Set("gps_latitude", "1"));
            Assert.AreEqual(string.Empty, rig.Line.Sent);
        }

        private static string Gga(string latitude, int satellites) =>
            Sentence("GPGGA,101530.00," + latitude + ",N,01324.60000,E,1," + satellites.ToString("D2") + ",0.9,35.0,M,44.0,M,,");

        private static string Rmc(string latitude, string date) =>
            Sentence("GPRMC,101530.00,A," + latitude + ",N,01324.60000,E,10.0,270.0," + date + ",,,A");

        private static string Sentence(string body) => NmeaReaderTests.Sentence(body);
    }
}

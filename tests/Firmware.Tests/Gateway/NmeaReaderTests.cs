using System.Text;
using Firmware.GatewayText.Nmea;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Gateway
{
    /// <summary>Sentences of receivers; the checksum is added.</summary>
    [TestClass]
    public class NmeaReaderTests
    {
        private const string Rmc = "GPRMC,101530.25,A,5231.20000,N,01324.60000,E,10.0,270.0,291126,,,A";

        [TestMethod]
        public void Gga_gives_position_and_satellites()
        {
            NmeaReader reader = new NmeaReader();
            Assert.AreEqual(NmeaReader.Gga, Read(reader, "GPGGA,101530.00,5231.20000,N,01324.60000,E,1,08,0.9,35.0,M,44.0,M,,"));
            Assert.IsTrue(reader.HasFix);
            Assert.AreEqual(525200000, reader.Latitude);
            Assert.AreEqual(134100000, reader.Longitude);
            Assert.AreEqual(8, reader.Satellites);
            Assert.AreEqual(-1, reader.Speed);
            Assert.AreEqual(0L, reader.Utc);
        }

        [TestMethod]
        public void Rmc_gives_position_speed_and_time()
        {
            NmeaReader reader = new NmeaReader();
            Assert.AreEqual(NmeaReader.Rmc, Read(reader, Rmc));
            Assert.IsTrue(reader.HasFix);
            Assert.AreEqual(525200000, reader.Latitude);
            Assert.AreEqual(134100000, reader.Longitude);
            Assert.AreEqual(5144, reader.Speed);
            Assert.AreEqual(1795947330250L, reader.Utc);
        }

        [TestMethod]
        [DataRow("GP")]
        [DataRow("GN")]
        [DataRow("GL")]
        [DataRow("BD")]
        [DataRow("II")]
        public void Any_talker_is_read(string talker)
        {
            NmeaReader reader = new NmeaReader();
            Assert.AreEqual(NmeaReader.Rmc, Read(reader, talker + Rmc.Substring(2)));
            Assert.AreEqual(1, reader.Sentences);
        }

        [TestMethod]
        [DataRow("0000.0000,N,00000.0000,E", 0, 0)]
        [DataRow("5231.2,S,01324.6,W", -525200000, -134100000)]
        [DataRow("9000.0000,S,18000.0000,W", -900000000, -1800000000)]
        [DataRow("5959.9999999,N,17959.99999999,E", 600000000, 1800000000)]
        [DataRow("5231.123456789,N,01324.000001,E", 525187243, 134000000)]
        [DataRow("5231,N,01324,E", 525166667, 134000000)]
        public void Angle_is_rounded_to_ten_millionths_of_a_degree(string angles, int latitude, int longitude)
        {
            NmeaReader reader = new NmeaReader();
            Assert.AreEqual(NmeaReader.Gga, Read(reader, "GPGGA,101530," + angles + ",1,08,,,,,,,"));
            Assert.AreEqual(latitude, reader.Latitude);
            Assert.AreEqual(longitude, reader.Longitude);
        }

        [TestMethod]
        [DataRow("GPGGA,101530,,,,,0,03,,,,,,,", 3)]
        [DataRow("GPGGA,101530,5231.2,N,01324.6,E,0,00,,,,,,,", 0)]
        [DataRow("GPGGA,101530,5231.2,N,01324.6,E,6,,,,,,,,", -1)]
        [DataRow("GPGGA,101530,5231.2,N,01324.6,E,8,08,,,,,,,", 8)]
        [DataRow("GPGGA,,,,,,,,,,,,,,", -1)]
        public void Gga_without_a_measured_position_is_no_fix(string sentence, int satellites)
        {
            NmeaReader reader = new NmeaReader();
            Assert.AreEqual(NmeaReader.Gga, Read(reader, sentence));
            Assert.IsFalse(reader.HasFix);
            Assert.AreEqual(satellites, reader.Satellites);
            Assert.AreEqual(0, reader.Refused);
        }

        [TestMethod]
        [DataRow("GPRMC,101530,V,,,,,,,291126,,,N")]
        [DataRow("GPRMC,,V,,,,,,,,,")]
        [DataRow("GPRMC,101530,A,5231.2,N,01324.6,E,10.0,270.0,291126,,,E")]
        [DataRow("GPRMC,101530,A,5231.2,N,01324.6,E,10.0,270.0,291126,,,S")]
        [DataRow("GNRMC,101530,A,5231.2,N,01324.6,E,10.0,270.0,291126,,,N,V")]
        public void Void_rmc_is_no_fix_and_has_no_time(string sentence)
        {
            NmeaReader reader = new NmeaReader();
            Read(reader, Rmc);
            Assert.AreEqual(NmeaReader.Rmc, Read(reader, sentence));
            Assert.IsFalse(reader.HasFix);
            Assert.AreEqual(-1, reader.Speed);
            Assert.AreEqual(0L, reader.Utc);
            Assert.AreEqual(0, reader.Refused);
        }

        [TestMethod]
        [DataRow("A,5231.2,N,01324.6,E,0.0,,291126,,", 0, true)]
        [DataRow("A,5231.2,N,01324.6,E,,,291126,,", -1, true)]
        [DataRow("A,5231.2,N,01324.6,E,1,,291126,,", 514, true)]
        [DataRow("A,5231.2,N,01324.6,E,99999.999,,291126,,", 51444444, true)]
        [DataRow("A,5231.2,N,01324.6,E,0.123681,,291126,,", 64, true)]
        [DataRow("A,5231.2,N,01324.6,E,3.0,,,,", 1543, false)]
        public void Speed_is_in_millimetres_per_second(string rest, int speed, bool hasTime)
        {
            NmeaReader reader = new NmeaReader();
            Assert.AreEqual(NmeaReader.Rmc, Read(reader, "GPRMC,101530," + rest));
            Assert.AreEqual(speed, reader.Speed);
            Assert.AreEqual(hasTime, reader.Utc != 0);
        }

        [TestMethod]
        [DataRow("000000", "010100", 946684800000L)]
        [DataRow("235959.999", "290224", 1709251199999L)]
        [DataRow("235960", "311216", 1483228800000L)]
        [DataRow("120000.5", "010379", 3444897600500L)]
        [DataRow("120000.5", "010399", 920289600500L)]
        public void Time_is_in_milliseconds_since_1970(string time, string date, long expected)
        {
            NmeaReader reader = new NmeaReader();
            Assert.AreEqual(NmeaReader.Rmc, Read(reader, "GPRMC," + time + ",A,5231.2,N,01324.6,E,0,,"  + date + ",,"));
            Assert.AreEqual(expected, reader.Utc);
        }

        [TestMethod]
        [DataRow("GPGGA,101530,5231.2,N,01324.6,E")]
        [DataRow("GPGGA,101530,5231.2,N,01324.6,E,x,08,")]
        [DataRow("GPGGA,101530,5231.2,N,01324.6,E,1,-8,")]
        [DataRow("GPGGA,101530,5231.2,N,01324.6,E,1,123,")]
        [DataRow("GPGGA,101530,,N,01324.6,E,1,08,")]
        [DataRow("GPGGA,101530,5231.2,,01324.6,E,1,08,")]
        [DataRow("GPGGA,101530,5260.0,N,01324.6,E,1,08,")]
        [DataRow("GPGGA,101530,9000.1,N,01324.6,E,1,08,")]
        [DataRow("GPGGA,101530,5231.2,E,01324.6,N,1,08,")]
        [DataRow("GPGGA,101530,5231.2,N,18000.1,E,1,08,")]
        [DataRow("GPGGA,101530,52.31.2,N,01324.6,E,1,08,")]
        [DataRow("GPGGA,101530,5231.2,N,0132 4.6,E,1,08,")]
        [DataRow("GPGGA,101530,99999999999999,N,01324.6,E,1,08,")]
        [DataRow("GPGGA,101530,99999999999999999999,N,01324.6,E,1,08,")]
        [DataRow("GPRMC,101530,A,5231.2,N,01324.6,E,10.0,270.0")]
        [DataRow("GPRMC,101530,B,5231.2,N,01324.6,E,10.0,270.0,291126,,")]
        [DataRow("GPRMC,101530,,5231.2,N,01324.6,E,10.0,270.0,291126,,")]
        [DataRow("GPRMC,241530,A,5231.2,N,01324.6,E,10.0,270.0,291126,,")]
        [DataRow("GPRMC,106030,A,5231.2,N,01324.6,E,10.0,270.0,291126,,")]
        [DataRow("GPRMC,101561,A,5231.2,N,01324.6,E,10.0,270.0,291126,,")]
        [DataRow("GPRMC,1015,A,5231.2,N,01324.6,E,10.0,270.0,291126,,")]
        [DataRow("GPRMC,101530,A,5231.2,N,01324.6,E,10.0,270.0,290225,,")]
        [DataRow("GPRMC,101530,A,5231.2,N,01324.6,E,10.0,270.0,311126,,")]
        [DataRow("GPRMC,101530,A,5231.2,N,01324.6,E,10.0,270.0,011326,,")]
        [DataRow("GPRMC,101530,A,5231.2,N,01324.6,E,10.0,270.0,000126,,")]
        [DataRow("GPRMC,101530,A,5231.2,N,01324.6,E,10.0,270.0,29112026,,")]
        [DataRow("GPRMC,101530,A,5231.2,N,01324.6,E,1e9,270.0,291126,,")]
        [DataRow("GPRMC,101530,A,5231.2,N,01324.6,E,.,270.0,291126,,")]
        [DataRow("GPRMC,101530,A,5231.2,N,01324.6,E,100000.1,270.0,291126,,")]
        [DataRow("GPRMC,101530,A,5231.2,N,01324.6,E,-10.0,270.0,291126,,")]
        public void What_cannot_be_is_refused_and_counted(string sentence)
        {
            NmeaReader reader = new NmeaReader();
            Assert.AreEqual(NmeaReader.Nothing, Read(reader, sentence));
            Assert.IsFalse(reader.HasFix);
            Assert.AreEqual(1, reader.Refused);
            Assert.AreEqual(0, reader.Sentences);
        }

        [TestMethod]
        [DataRow("$GPRMC,101530,V,,,,,,,291126,,", 1)]
        [DataRow("$GPRMC,101530,V,,,,,,,291126,,*", 1)]
        [DataRow("$GPRMC,101530,V,,,,,,,291126,,*6", 1)]
        [DataRow("$GPRMC,101530,V,,,,,,,291126,,*00", 1)]
        [DataRow("$GPRMC,101530,V,,,,,,,291126,,*XY", 1)]
        [DataRow("$GPRMC,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,*4B", 1)]
        [DataRow("$GPGSV,3,1,11,03,03,111,00*00", 0)]
        [DataRow("$PUBX,00,101530.00*00", 0)]
        [DataRow("!AIVDM,1,1,,A,14eG;o@034o8sd<L9i:a;WF>062D,0*7D", 0)]
        [DataRow("$GPRMC", 0)]
        [DataRow("$", 0)]
        [DataRow("GPRMC,101530,V,,,,,,,291126,,", 0)]
        public void Sentence_without_its_checksum_is_refused(string line, int errors)
        {
            NmeaReader reader = new NmeaReader();
            byte[] bytes = Encoding.UTF8.GetBytes(line);
            Assert.AreEqual(NmeaReader.Nothing, reader.Read(bytes, bytes.Length));
            Assert.AreEqual(errors, reader.Refused);
        }

        [TestMethod]
        [DataRow("PGRMC,A,218.8,100,6378137.000,298.257223563,0.0,0.0,0.0,A,3,1,1,4,30")]
        [DataRow("PXGGA,1")]
        public void Proprietary_sentence_is_none_of_these(string body)
        {
            NmeaReader reader = new NmeaReader();
            Assert.AreEqual(NmeaReader.Nothing, Read(reader, body));
            Assert.AreEqual(0, reader.Refused);
        }

        [TestMethod]
        public void Checksum_may_be_in_lower_case_and_followed_by_spaces_alone()
        {
            NmeaReader reader = new NmeaReader();
            byte[] line = Encoding.UTF8.GetBytes(Sentence(Rmc).ToLower());
            byte[] sentence = Encoding.UTF8.GetBytes(Sentence(Rmc) + "  x");
            for (int i = 0; i < 2; i++)
            {
                sentence[sentence.Length - 5 + i] = line[line.Length - 2 + i];
            }

            Assert.AreEqual(NmeaReader.Rmc, reader.Read(sentence, sentence.Length - 1));
            Assert.AreEqual(NmeaReader.Nothing, reader.Read(sentence, sentence.Length));
        }

        [TestMethod]
        public void Every_flipped_bit_is_found()
        {
            NmeaReader reader = new NmeaReader();
            byte[] sentence = Encoding.UTF8.GetBytes(Sentence(Rmc));
            for (int i = 0; i < sentence.Length - 2; i++)
            {
                for (int bit = 1; bit < 256; bit <<= 1)
                {
                    sentence[i] ^= (byte)bit;
                    Assert.AreEqual(NmeaReader.Nothing, reader.Read(sentence, sentence.Length));
                    sentence[i] ^= (byte)bit;
                }
            }

            Assert.AreEqual(NmeaReader.Rmc, reader.Read(sentence, sentence.Length));
        }

        internal static string Sentence(string body)
        {
            int sum = 0;
            for (int i = 0; i < body.Length; i++)
            {
                sum ^= body[i];
            }

            return "$" + body + "*" + sum.ToString("X2");
        }

        private static int Read(NmeaReader reader, string body)
        {
            byte[] sentence = Encoding.UTF8.GetBytes(Sentence(body));
            return reader.Read(sentence, sentence.Length);
        }
    }
}

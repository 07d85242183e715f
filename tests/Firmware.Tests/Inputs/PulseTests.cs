using Firmware.Inputs;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Inputs
{
    /// <summary>A meter: its total, its rate, and what a power cut leaves.</summary>
    [TestClass]
    public class PulseTests
    {
        private const string Meter = "'meter':{'kind':'pulse','pin':4,'perUnit':1000,'unit':'kWh'}";
        private const int Minute = 60000;

        [TestMethod]
        public void Total_is_in_units_and_has_the_pulses_of_the_last_minute_at_most_not()
        {
            InputRig rig = Measuring(Meter);
            rig.Pins.At(4).Count(1500);
            rig.Device.Run(Minute);
            Assert.AreEqual("1.5", Read(rig, "meter"));
        }

        [TestMethod]
        [DataRow("0.5", 3, "6")]
        [DataRow("0.001", 2, "2000")]
        [DataRow("100000", 12345, "0.123")]
        [DataRow("3", 10, "3.333")]
        public void Units_are_those_of_the_settings(string perUnit, int pulses, string total)
        {
            InputRig rig = Measuring("'meter':{'kind':'pulse','pin':4,'perUnit':" + perUnit + "}");
            rig.Pins.At(4).Count(pulses);
            rig.Device.Run(Minute);
            Assert.AreEqual(total, Read(rig, "meter"));
        }

        [TestMethod]
        public void Offset_is_where_the_meter_stood()
        {
            InputRig rig = Measuring("'meter':{'kind':'pulse','pin':4,'offset':1234.5}");
            rig.Pins.At(4).Count(2);
            rig.Device.Run(Minute);
            Assert.AreEqual("1236.5", Read(rig, "meter"));
        }

        [TestMethod]
        public void Total_beyond_the_range_is_no_value_instead_of_a_smaller_one()
        {
            InputRig rig = Measuring("'meter':{'kind':'pulse','pin':4,'perUnit':0.001}");
            rig.Pins.At(4).Count(int.MaxValue);
            rig.Device.Run(Minute);
            Assert.AreEqual(null, Read(rig, "meter"));
        }

        [TestMethod]
        public void Rate_is_that_of_an_hour()
        {
            InputRig rig = Measuring(Meter);
            for (int i = 0; i < 6; i++)
            {
                rig.Pins.At(4).Count(10);
                rig.Device.Run(10000);
            }

            Assert.AreEqual("3.6", Read(rig, "meter-rate"));
            Assert.Contains(SingleQuoted.Text("'u':'kWh/h'"), rig.LastPack);
        }

        [TestMethod]
        public void Rate_falls_while_there_is_no_pulse_and_ends()
        {
            InputRig rig = Measuring("'meter':{'kind':'pulse','pin':4}");
            rig.Pins.At(4).Count(1);
            rig.Device.Run(10000);
            Assert.AreEqual("360", Read(rig, "meter-rate"));
            rig.Device.Run(Minute);
            Assert.AreEqual("60", Read(rig, "meter-rate"));
            rig.Device.Run(9 * Minute);
            Assert.AreEqual("6", Read(rig, "meter-rate"));
            rig.Device.Run(60 * Minute);
            Assert.AreEqual("0", Read(rig, "meter-rate"));
        }

        [TestMethod]
        public void Total_survives_an_orderly_stop_to_the_pulse()
        {
            InputRig rig = Measuring(Meter);
            rig.Pins.At(4).Count(1234);
            rig.Device.Device.Stop();
            rig.Device.Run(5000);
            Assert.AreEqual("1.234", Read(Connected(rig.CutPower()), "meter"));
        }

        [TestMethod]
        public void Power_cut_costs_the_pulses_of_the_last_minute_at_most()
        {
            InputRig rig = Measuring(Meter);
            rig.Pins.At(4).Count(1000);
            rig.Device.Run(Minute);
            rig.Pins.At(4).Count(500);
            rig.Device.Run(Minute - 1);
            Assert.AreEqual("1", Read(rig, "meter"));
            Assert.AreEqual("1", Read(Connected(rig.CutPower()), "meter"));
        }

        [TestMethod]
        public void Meter_that_stands_still_writes_no_flash()
        {
            InputRig rig = Measuring(Meter);
            rig.Pins.At(4).Count(1);
            rig.Device.Run(Minute);
            int first = rig.Device.Storage.Read("totals0") == null ? 1 : 0;
            rig.Device.Run(100 * Minute);
            Assert.IsTrue(rig.Device.Storage.Read("totals" + (1 - first)) == null, "only one file was written, once");
        }

        [TestMethod]
        public void Damaged_file_costs_what_the_other_has_not()
        {
            InputRig rig = Measuring(Meter);
            for (int i = 0; i < 3; i++)
            {
                rig.Pins.At(4).Count(1000);
                rig.Device.Run(Minute);
            }

            rig.Device.Storage.Put("totals1", "damaged");
            string total = Read(Connected(rig.CutPower()), "meter");
            Assert.IsTrue(total == "2" || total == "3", total);
        }

        [TestMethod]
        public void Flash_that_takes_nothing_is_counted_and_the_total_goes_on()
        {
            InputRig rig = Measuring(Meter);
            rig.Device.Storage.WriteFails = true;
            rig.Pins.At(4).Count(3000);
            rig.Device.Run(Minute);
            Assert.AreEqual("3", Read(rig, "meter"));
            Assert.IsTrue(rig.Device.Device.Counters.StorageFaults > 0);
        }

        [TestMethod]
        public void Total_that_could_not_be_written_is_written_later_without_a_further_pulse()
        {
            InputRig rig = Measuring(Meter);
            rig.Device.Storage.WriteFails = true;
            rig.Pins.At(4).Count(3000);
            rig.Device.Run(Minute);
            rig.Device.Storage.WriteFails = false;
            rig.Device.Run(Minute);
            Assert.AreEqual("3", Read(rig, "meter"));
            Assert.AreEqual("3", Read(Connected(rig.CutPower()), "meter"), "it was published");
        }

        [TestMethod]
        public void Total_of_an_input_that_was_taken_away_and_came_back_is_there()
        {
            InputRig rig = Measuring(Meter);
            rig.Pins.At(4).Count(1000);
            rig.Device.Run(Minute);
            InputRig other = new InputRig(rig.Device.Storage, "{'reconnect':{'spread':1},'interval':10,'inputs':{'gas':{'kind':'pulse','pin':5}}}", 0, "power-on");
            other.Device.GoOnline();
            other.Pins.At(5).Count(7);
            other.Device.Run(Minute);
            InputRig again = new InputRig(other.Device.Storage, "{'reconnect':{'spread':1},'interval':10,'inputs':{" + Meter + "}}", 0, "power-on");
            again.Device.GoOnline();
            Assert.AreEqual("1", Read(again, "meter"));
        }

        [TestMethod]
        public void Full_file_forgets_the_oldest_and_never_one_in_use()
        {
            MemoryStorage storage = new MemoryStorage();
            for (int run = 0; run < 5; run++)
            {
                TotalsFile totals = new TotalsFile(storage);
                for (int i = 0; i < 8; i++)
                {
                    totals.Put("old" + run + i, 100 + i);
                }

                Assert.IsTrue(totals.Save());
            }

            TotalsFile last = new TotalsFile(storage);
            for (int i = 0; i < 8; i++)
            {
                Assert.AreEqual(100L + i, last.Find("old4" + i));
            }

            Assert.AreEqual(0L, last.Find("old00"));
        }

        // 40 runs of random pulses and times, each ended by a power cut or a stop.
        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        [DataRow(3)]
        [DataRow(4)]
        public void Total_never_goes_back_over_random_cuts(int seed)
        {
            uint random = (uint)seed * 2654435761;
            InputRig rig = Measuring("'meter':{'kind':'pulse','pin':4}");
            long counted = 0;
            long published = 0;
            for (int run = 0; run < 40; run++)
            {
                for (int i = 0; i < 5; i++)
                {
                    random = (random * 1664525) + 1013904223;
                    int pulses = (int)(random >> 20);
                    rig.Pins.At(4).Count(pulses);
                    counted += pulses;
                    random = (random * 1664525) + 1013904223;
                    rig.Device.Run((long)(random >> 16) * 2);
                    long total = long.Parse(Read(rig, "meter"));
                    Assert.IsTrue(total >= published && total <= counted, published + " then " + total + " of " + counted);
                    published = total;
                }

                if ((random & 0x100) != 0)
                {
                    rig.Device.Device.Stop();
                    rig.Device.Run(5000);
                }

                rig = Connected(rig.CutPower());
                counted = long.Parse(Read(rig, "meter"));
                Assert.IsTrue(counted >= published, published + " then " + counted);
            }
        }

        [TestMethod]
        [DataRow("'inverted':false", "4 0 rising 0")]
        [DataRow("'inverted':true,'pull':'down','debounce':20", "4 2 falling 20")]
        public void Pin_counts_as_the_settings_say(string members, string arguments) =>
            Assert.AreEqual(arguments, new InputRig("'meter':{'kind':'pulse','pin':4," + members + "}").Pins.Arguments);

        private static InputRig Measuring(string inputs) =>
            Connected(new InputRig(new MemoryStorage(), "{'reconnect':{'spread':1},'interval':10,'inputs':{" + inputs + "}}", 0, "power-on"));

        private static InputRig Connected(InputRig rig)
        {
            rig.Device.GoOnline();
            return rig;
        }

        // The value of a channel in the last pack, or null.
        private static string Read(InputRig rig, string channel)
        {
            rig.Device.Run(0);
            string pack = rig.LastPack;
            int at = pack.IndexOf("\"n\":\"" + channel + "\"");
            if (at < 0)
            {
                return null;
            }

            at = pack.IndexOf("\"v\":", at) + 4;
            return pack.Substring(at, pack.IndexOf('}', at) - at);
        }
    }
}

using System;
using Firmware.Diagnostics;
using Firmware.Diagnostics.Methods;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Diagnostics
{
    [TestClass]
    public class DeviceLogTests
    {
        [TestMethod]
        public void Oldest_lines_go_when_the_bytes_are_used_up()
        {
            DeviceLog log = new DeviceLog(new ManualClock(), 100);
            for (int i = 1; i <= 50; i++)
            {
                log.Write(LogLevel.Error, "line " + i);
            }

            // 14 bytes each: 7 and the text.
            Assert.AreEqual(7, log.Count);
            Assert.AreEqual(44, log.First);
        }

        [TestMethod]
        public void Oldest_lines_go_when_there_are_64()
        {
            DeviceLog log = new DeviceLog(new ManualClock(), 8192);
            for (int i = 1; i <= 1000; i++)
            {
                log.Write(LogLevel.Error, "line " + i);
            }

            Assert.AreEqual(64, log.Count);
            Assert.AreEqual(937, log.First);
            Assert.StartsWith(SingleQuoted.Text("{'lines':[{'n':1000,'level':'error','uptime':0,'text':'line 1000'},{'n':999,"), Read(log));
        }

        [TestMethod]
        public void Line_larger_than_the_log_is_left_out()
        {
            DeviceLog log = new DeviceLog(new ManualClock(), 20) { Published = LogLevel.Error };
            log.Write(LogLevel.Error, "01234567890123");
            Assert.AreEqual(0, log.Count);
            Assert.AreEqual(1, log.Lost);
            log.Write(LogLevel.Error, "0123456789012");
            Assert.AreEqual(1, log.Count);
        }

        [TestMethod]
        public void Long_line_is_cut()
        {
            DeviceLog log = new DeviceLog(new ManualClock(), 2048);
            log.Write(LogLevel.Error, new string('x', 100000));
            Assert.Contains("\"text\":\"" + new string('x', 160) + "\"}", Read(log));
        }

        [TestMethod]
        public void Line_is_not_cut_within_a_character()
        {
            DeviceLog log = new DeviceLog(new ManualClock(), 2048);
            log.Write(LogLevel.Error, new string('x', 159) + "\uD83D\uDE00");
            Assert.Contains("\"text\":\"" + new string('x', 159) + "\"}", Read(log));
        }

        [TestMethod]
        public void Line_is_one_line_and_valid_json()
        {
            DeviceLog log = new DeviceLog(new ManualClock(), 2048);
            log.Write(LogLevel.Warning, "a\r\nb \"c\" \\ \u20AC \u0001");
            log.Write(LogLevel.Warning, null);
            string text = Read(log);
            Assert.Contains("a  b \\\"c\\\" \\\\ \u20AC  \"", text);
            byte[] bytes = Utf8.Bytes(text);
            Assert.IsTrue(new JsonReader(4096).TryParse(bytes, 0, bytes.Length));
        }

        [TestMethod]
        public void Random_lines_keep_the_bounds_and_the_order()
        {
            Random random = new Random(3);
            DeviceLog log = new DeviceLog(new ManualClock(), 700) { Published = LogLevel.Warning };
            int kept = 0;
            for (int i = 1; i <= 5000; i++)
            {
                LogLevel level = (LogLevel)(1 + random.Next(4));
                kept += log.Keeps(level) ? 1 : 0;
                log.Write(level, new string('z', random.Next(200)) + i);
                if (random.Next(3) == 0 && log.Peek() != null)
                {
                    log.Remove();
                }
            }

            Assert.AreEqual(kept, log.First + log.Count - 1);
            Assert.IsTrue(log.Count >= 3 && log.Count <= 64);
            byte[] text = Utf8.Bytes(Read(log));
            Assert.IsTrue(new JsonReader(4096).TryParse(text, 0, text.Length));
        }

        [TestMethod]
        public void Line_has_a_time_when_the_clock_is_set()
        {
            ManualClock clock = new ManualClock { Uptime = 5000 };
            DeviceLog log = new DeviceLog(clock, 2048);
            log.Write(LogLevel.Information, "early");
            Assert.Contains("\"uptime\":5,", Read(log));
            clock.Uptime = 25000;
            clock.Synchronize();
            Assert.Contains("\"time\":1795366405,", Read(log));
        }

        [TestMethod]
        public void Debug_lines_are_kept_when_their_level_is_published()
        {
            DeviceLog log = new DeviceLog(new ManualClock(), 2048);
            Assert.IsTrue(log.Keeps(LogLevel.Information));
            Assert.IsFalse(log.Keeps(LogLevel.Debug));
            Assert.IsFalse(log.Keeps(LogLevel.Off));
            log.Published = LogLevel.Debug;
            Assert.IsTrue(log.Keeps(LogLevel.Debug));
        }

        [TestMethod]
        public void Log_without_bytes_keeps_nothing()
        {
            DeviceLog log = new DeviceLog(new ManualClock(), 0) { Published = LogLevel.Debug };
            Assert.IsFalse(log.Keeps(LogLevel.Error));
            log.Write(LogLevel.Error, "x");
            Assert.AreEqual("{\"lines\":[]}", Read(log));
        }

        [TestMethod]
        public void Shed_gives_the_lines_away_and_keeps_few_from_then_on()
        {
            DeviceLog log = new DeviceLog(new ManualClock(), 8192) { Published = LogLevel.Error };
            log.Release();
            log.Write(LogLevel.Error, "before");
            log.Peek();
            log.Release();
            log.Remove();
            Assert.AreEqual(0, log.Count);
            Assert.AreEqual(1, log.Lost);
            Assert.IsNull(log.Peek());
            for (int i = 0; i < 100; i++)
            {
                log.Write(LogLevel.Error, "0123456789");
            }

            Assert.AreEqual(512 / 17, log.Count);
            Assert.AreEqual(101, log.First + log.Count - 1);
        }

        private static string Read(DeviceLog log) => new MethodRig(new LogReadMethod(log)).Call();
    }
}

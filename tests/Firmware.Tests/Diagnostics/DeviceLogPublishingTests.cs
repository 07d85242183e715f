using Firmware.Diagnostics;
using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Diagnostics
{
    [TestClass]
    public class DeviceLogPublishingTests
    {
        [TestMethod]
        public void No_line_is_published_while_publishing_is_off()
        {
            DeviceLog log = Create(LogLevel.Off);
            log.Write(LogLevel.Error, "x");
            Assert.IsFalse(log.IsWaiting);
            Assert.IsNull(log.Peek());
            log.Remove();
            Assert.AreEqual(1, log.Count);
        }

        [TestMethod]
        public void Lines_of_the_level_are_published_in_their_order()
        {
            DeviceLog log = Create(LogLevel.Warning);
            log.Write(LogLevel.Error, "a");
            log.Write(LogLevel.Information, "b");
            log.Write(LogLevel.Warning, "c");
            Assert.AreEqual(SingleQuoted.Text("{'n':1,'level':'error','uptime':0,'text':'a'}"), Utf8.Text(log.Peek()));
            log.Remove();
            Assert.AreEqual(SingleQuoted.Text("{'n':3,'level':'warning','uptime':0,'text':'c'}"), Utf8.Text(log.Peek()));
            log.Remove();
            Assert.IsFalse(log.IsWaiting);
            Assert.AreEqual(3, log.Count);
        }

        [TestMethod]
        public void Line_that_was_not_removed_is_published_again()
        {
            DeviceLog log = Create(LogLevel.Error);
            log.Write(LogLevel.Error, "a");
            Assert.AreEqual(Utf8.Text(log.Peek()), Utf8.Text(log.Peek()));
        }

        [TestMethod]
        public void Oldest_lines_are_dropped_when_more_than_eight_wait()
        {
            DeviceLog log = Create(LogLevel.Error);
            for (int i = 0; i < 20; i++)
            {
                log.Write(LogLevel.Error, "x");
            }

            Assert.AreEqual(12, log.Lost);
            for (int i = 13; i <= 20; i++)
            {
                Assert.StartsWith("{\"n\":" + i + ",", Utf8.Text(log.Peek()));
                log.Remove();
            }

            Assert.IsFalse(log.IsWaiting);
        }

        [TestMethod]
        public void Removal_of_a_line_that_is_gone_takes_no_other()
        {
            DeviceLog log = Create(LogLevel.Error);
            log.Write(LogLevel.Error, "first");
            log.Peek();
            for (int i = 0; i < 9; i++)
            {
                log.Write(LogLevel.Error, "x");
            }

            log.Remove();
            Assert.StartsWith("{\"n\":3,", Utf8.Text(log.Peek()));
        }

        [TestMethod]
        public void Line_that_had_to_make_room_is_lost()
        {
            DeviceLog log = new DeviceLog(new ManualClock(), 20) { Published = LogLevel.Error };
            log.Write(LogLevel.Error, "0123456789");
            log.Write(LogLevel.Warning, "0123456789");
            Assert.AreEqual(1, log.Lost);
            Assert.IsNull(log.Peek());
        }

        private static DeviceLog Create(LogLevel published) => new DeviceLog(new ManualClock(), 2048) { Published = published };
    }
}

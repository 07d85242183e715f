using Firmware.Updates;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Updates
{
    [TestClass]
    public class TimeWindowTests
    {
        private const long Midnight = 1795305600; // 2026-11-22

        [TestMethod]
        [DataRow("01:00-05:30", 0, 59, false)]
        [DataRow("01:00-05:30", 1, 0, true)]
        [DataRow("01:00-05:30", 5, 29, true)]
        [DataRow("01:00-05:30", 5, 30, false)]
        [DataRow("01:00-05:30", 23, 59, false)]
        [DataRow("22:30-05:00", 22, 29, false)]
        [DataRow("22:30-05:00", 22, 30, true)]
        [DataRow("22:30-05:00", 0, 0, true)]
        [DataRow("22:30-05:00", 4, 59, true)]
        [DataRow("22:30-05:00", 5, 0, false)]
        [DataRow("22:00-00:00", 23, 59, true)]
        [DataRow("22:00-00:00", 0, 0, false)]
        [DataRow("00:00-23:59", 0, 0, true)]
        [DataRow("00:00-23:59", 23, 59, false)]
        public void Window_is_open_from_its_first_minute_until_before_its_last(string text, int hour, int minute, bool open)
        {
            TimeWindow window = TimeWindow.Parse(text);
            long first = Midnight + hour * 3600 + minute * 60;
            Assert.AreEqual(open, window.Contains(first));
            Assert.AreEqual(open, window.Contains(first + 59));
        }

        [TestMethod]
        [DataRow(null)]
        [DataRow("")]
        [DataRow("01:00")]
        [DataRow("1:00-5:00")]
        [DataRow("01:00-05:00 ")]
        [DataRow("01:00 05:00")]
        [DataRow("01:00-24:00")]
        [DataRow("01:60-05:00")]
        [DataRow("-1:00-05:00")]
        [DataRow("01.00-05:00")]
        [DataRow("01:00-05.00")]
        [DataRow("0a:00-05:00")]
        [DataRow("01:0a-05:00")]
        [DataRow("05:00-05:00")]
        [DataRow("\u00e41:00-05:00")]
        public void What_is_no_window_is_refused(string text) => Assert.IsNull(TimeWindow.Parse(text));
    }
}

using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>Starts of a device one of whose files was damaged: 10 000 in all.</summary>
    [TestClass]
    public class DeviceDamagedFileTests
    {
        [TestMethod]
        public void Start_with_a_damaged_file_gives_no_false_reading()
        {
            AllAreTrue(DamagedStart.Running(), 184, 5000);
        }

        [TestMethod]
        public void Start_after_a_sleep_with_a_damaged_file_gives_no_false_reading()
        {
            AllAreTrue(DamagedStart.Slept(), 22, 5000);
        }

        private static void AllAreTrue(DamagedStart start, int readings, int count)
        {
            Assert.AreEqual(readings, start.Learn());
            DamagedFiles files = new DamagedFiles(start.Storage, count);
            for (int i = 0; i < count; i++)
            {
                Assert.AreEqual(string.Empty, start.Try(files.Next()), "start " + i + ": " + files.Damage);
            }
        }
    }
}

using Firmware.Connectivity;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Connectivity
{
    [TestClass]
    public class JitterTests
    {
        [TestMethod]
        public void Same_seed_gives_the_same_numbers()
        {
            Assert.AreEqual(Numbers(new Jitter(42)), Numbers(new Jitter(42)));
        }

        [TestMethod]
        [DataRow("esp32-020000000001", 1, "esp32-020000000002", 1)]
        [DataRow("esp32-020000000001", 1, "esp32-020000000001", 2)]
        [DataRow("esp32-020000000001", 255, "esp32-020000000001", 511)]
        public void Other_device_or_boot_gives_other_numbers(string id, int boot, string otherId, int otherBoot)
        {
            Assert.AreNotEqual(Numbers(new Jitter(Jitter.SeedOf(id, boot))), Numbers(new Jitter(Jitter.SeedOf(otherId, otherBoot))));
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(-1)]
        [DataRow(int.MinValue)]
        public void Any_seed_gives_numbers_that_differ(int seed)
        {
            Jitter jitter = new Jitter(seed);
            Assert.AreNotEqual(jitter.Next(1000000), jitter.Next(1000000));
        }

        [TestMethod]
        public void Jitter_up_to_zero_is_zero()
        {
            Assert.AreEqual(0, new Jitter(3).Next(0));
        }

        [TestMethod]
        public void Jitter_is_uniformly_distributed()
        {
            int[] counts = new int[10];
            Jitter jitter = new Jitter(9);
            for (int i = 0; i < 10000; i++)
            {
                counts[jitter.Next(9)]++;
            }

            for (int i = 0; i < 10; i++)
            {
                Assert.IsTrue(counts[i] > 850 && counts[i] < 1150);
            }
        }

        private static string Numbers(Jitter jitter) => jitter.Next(1000000) + " " + jitter.Next(1000000) + " " + jitter.Next(1000000);
    }
}

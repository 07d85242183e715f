using nanoFramework.TestFramework;

namespace Firmware.Tests.Updates
{
    [TestClass]
    public class UpdateRandomTests
    {
        [TestMethod]
        [DataRow(0)]
        [DataRow(1000)]
        public void Only_whole_images_are_tested_whatever_happens(int firstSeed)
        {
            int tests = 0;
            int kept = 0;
            for (int seed = firstSeed; seed < firstSeed + 40; seed++)
            {
                UpdateRandomRun run = new UpdateRandomRun(seed);
                string broken = run.Run();
                if (broken != null)
                {
                    Assert.IsNull(broken, "seed " + seed + ": " + broken);
                }

                tests += run.Tests;
                kept += run.Kept;
            }

            // Otherwise nothing was looked at.
            Assert.IsTrue(tests > 40, "tested " + tests);
            Assert.IsTrue(kept > 10, "kept " + kept);
        }
    }
}

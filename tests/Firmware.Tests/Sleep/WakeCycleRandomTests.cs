using nanoFramework.TestFramework;

namespace Firmware.Tests.Sleep
{
    [TestClass]
    public class WakeCycleRandomTests
    {
        [TestMethod]
        [DataRow(0)]
        [DataRow(1000)]
        [DataRow(2000)]
        [DataRow(3000)]
        public void Promises_are_kept_whatever_happens(int firstSeed)
        {
            for (int seed = firstSeed; seed < firstSeed + 500; seed++)
            {
                string broken = new WakeCycleRun(seed).Run();
                if (broken != null)
                {
                    Assert.IsNull(broken, "seed " + seed + ": " + broken);
                }
            }
        }
    }
}

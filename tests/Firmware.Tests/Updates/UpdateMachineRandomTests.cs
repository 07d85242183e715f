using nanoFramework.TestFramework;

namespace Firmware.Tests.Updates
{
    [TestClass]
    public class UpdateMachineRandomTests
    {
        [TestMethod]
        [DataRow(0)]
        [DataRow(1000)]
        [DataRow(2000)]
        public void Promises_are_kept_whatever_happens(int firstSeed)
        {
            for (int seed = firstSeed; seed < firstSeed + 200; seed++)
            {
                string broken = new UpdateMachineRun(seed).Run();
                if (broken != null)
                {
                    Assert.IsNull(broken, "seed " + seed + ": " + broken);
                }
            }
        }
    }
}

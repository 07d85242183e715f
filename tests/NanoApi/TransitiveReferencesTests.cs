using NanoApi.Building;

namespace NanoApi
{
    [TestClass]
    public class TransitiveReferencesTests
    {
        [TestMethod]
        public void Reference_whose_own_references_are_not_named_is_reported()
        {
            string[] missing = [.. TransitiveReferences.Missing(["mscorlib", "System.Device.Gpio", "System.IO.Streams"], [], [])];

            Assert.HasCount(2, missing);
            Assert.AreEqual("names no nanoFramework.Runtime.Events, which System.Device.Gpio needs", missing[0]);
            Assert.AreEqual("names no nanoFramework.System.Text, which System.IO.Streams needs", missing[1]);
        }

        [TestMethod]
        public void Reference_of_a_referenced_project_that_is_not_named_is_reported()
        {
            string[] missing = [.. TransitiveReferences.Missing(["mscorlib"], ["Firmware"], [("Firmware", ["mscorlib", "System.Math"])])];

            Assert.HasCount(1, missing);
            Assert.AreEqual("names no System.Math, which Firmware needs", missing[0]);
        }

        [TestMethod]
        public void Complete_references_pass() =>
            Assert.IsEmpty(TransitiveReferences.Missing(
                ["mscorlib", "nanoFramework.Runtime.Events", "System.Device.Gpio"], ["Firmware"], [("Firmware", ["mscorlib"])]));
    }
}

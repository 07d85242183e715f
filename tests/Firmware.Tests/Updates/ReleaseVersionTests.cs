using Firmware.Updates;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Updates
{
    [TestClass]
    public class ReleaseVersionTests
    {
        [TestMethod]
        [DataRow("0.0.0")]
        [DataRow("0.2.10")]
        [DataRow("65535.65535.65535")]
        public void Version_is_read(string text) => Assert.AreEqual(text, ReleaseVersion.Parse(text).Text);

        [TestMethod]
        public void Nothing_is_no_version() => Assert.IsNull(ReleaseVersion.Parse(null));

        [TestMethod]
        [DataRow("")]
        [DataRow("1")]
        [DataRow("1.2")]
        [DataRow("1.2.3.4")]
        [DataRow("1.2.")]
        [DataRow(".1.2")]
        [DataRow("1..2")]
        [DataRow("1.2.3.")]
        [DataRow("01.2.3")]
        [DataRow("1.2.00")]
        [DataRow("1.2.65536")]
        [DataRow("1.2.65540")]
        [DataRow("1.2.99999")]
        [DataRow("1.2.4294967297")]
        [DataRow("-1.2.3")]
        [DataRow("+1.2.3")]
        [DataRow(" 1.2.3")]
        [DataRow("1.2.3 ")]
        [DataRow("1.2.3-rc")]
        [DataRow("1.2.x")]
        [DataRow("1,2,3")]
        [DataRow("v1.2.3")]
        [DataRow("1.2.\u0663")]
        public void What_is_no_version_is_refused(string text) => Assert.IsNull(ReleaseVersion.Parse(text));

        [TestMethod]
        [DataRow("0.0.1", "0.0.0")]
        [DataRow("0.1.0", "0.0.65535")]
        [DataRow("1.0.0", "0.65535.65535")]
        [DataRow("0.10.0", "0.9.0")]
        [DataRow("32768.0.0", "32767.65535.65535")]
        [DataRow("65535.0.0", "1.0.0")]
        public void Versions_are_in_the_order_of_their_numbers(string newer, string older)
        {
            Assert.IsTrue(ReleaseVersion.Parse(newer).IsNewerThan(ReleaseVersion.Parse(older)));
            Assert.IsFalse(ReleaseVersion.Parse(older).IsNewerThan(ReleaseVersion.Parse(newer)));
            Assert.IsFalse(ReleaseVersion.Parse(newer).IsNewerThan(ReleaseVersion.Parse(newer)));
        }

        [TestMethod]
        [DataRow("1.9.0", "1.9.0.0", false)]
        [DataRow("1.9.0.0", "1.9.0", false)]
        [DataRow("1.9.0.1", "1.9.0", true)]
        [DataRow("1.9.1", "1.9.0.65535", true)]
        public void Runtime_may_have_a_fourth_number(string one, string other, bool newer) =>
            Assert.AreEqual(newer, ReleaseVersion.ParseRuntime(one).IsNewerThan(ReleaseVersion.ParseRuntime(other)));

        [TestMethod]
        [DataRow("1.9")]
        [DataRow("1.9.0.0.0")]
        [DataRow("1.9.0.x")]
        public void What_is_no_version_of_a_runtime_is_refused(string text) => Assert.IsNull(ReleaseVersion.ParseRuntime(text));

        [TestMethod]
        [DataRow("0.1.0", "0.1.9", true)]
        [DataRow("0.1.0", "0.2.0", false)]
        [DataRow("1.1.0", "0.1.0", false)]
        [DataRow("40000.1.0", "40000.1.5", true)]
        public void Assemblies_are_distinguished_by_two_numbers(string one, string other, bool shared) =>
            Assert.AreEqual(shared, ReleaseVersion.Parse(one).SharesAssembliesWith(ReleaseVersion.Parse(other)));

        [TestMethod]
        public void No_version_is_older_than_any_and_like_none()
        {
            ReleaseVersion version = ReleaseVersion.Parse("0.0.0");
            Assert.IsTrue(version.IsNewerThan(null));
            Assert.IsFalse(version.SharesAssembliesWith(null));
        }
    }
}

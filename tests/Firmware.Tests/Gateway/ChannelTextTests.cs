using Firmware.Gateway.Modbus;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Gateway
{
    /// <summary>Channels of a controller as text and as layout.</summary>
    [TestClass]
    public class ChannelTextTests
    {
        [TestMethod]
        [DataRow("relay")]
        [DataRow("relay rw")]
        [DataRow("temperature 0.01 Cel")]
        [DataRow("temperature 0.01 Cel, a Cel rw, b 0.000001, c 0.1 rw, d_e-f %RH")]
        [DataRow("a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p")]
        public void Text_comes_back_from_the_layout(string text) => Assert.AreEqual(text, RegisterMap.ToText(RegisterMap.Parse(text, true)));

        [TestMethod]
        public void Spaces_around_entries_and_a_step_of_one_are_left_out() =>
            Assert.AreEqual("a, b W", RegisterMap.ToText(RegisterMap.Parse("  a 1,b 1 W ", true)));

        [TestMethod]
        [DataRow("")]
        [DataRow(",")]
        [DataRow("a,")]
        [DataRow("a, a")]
        [DataRow("id")]
        [DataRow("error")]
        [DataRow("a/b")]
        [DataRow("a b c d")]
        [DataRow("a  b")]
        [DataRow("a rw rw")]
        [DataRow("a rw W")]
        [DataRow("a 0.5")]
        [DataRow("a 10")]
        [DataRow("a 0.0000001")]
        [DataRow("a 0 u16")]
        [DataRow("a \"")]
        [DataRow("a 12345678901234567")]
        [DataRow("a Wattseconds-of-all")]
        [DataRow("a-name-of-more-than-24-letters")]
        [DataRow("a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q")]
        public void Other_text_is_refused(string text) => Assert.IsNull(RegisterMap.Parse(text, true));
    }
}

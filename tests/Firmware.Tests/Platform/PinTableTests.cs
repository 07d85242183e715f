using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Platform
{
    [TestClass]
    public class PinTableTests
    {
        [TestMethod]
        [DataRow(0)]
        [DataRow(2)]
        [DataRow(5)]
        [DataRow(48)]
        public void Pin_of_the_mask_serves(int pin) => Assert.IsNull(new FakePinTable().Refusal(pin, PinTable.Output));

        [TestMethod]
        [DataRow(4)]
        [DataRow(7)]
        [DataRow(47)]
        [DataRow(49)]
        [DataRow(64)]
        [DataRow(-1)]
        [DataRow(int.MaxValue)]
        [DataRow(int.MinValue)]
        public void Other_number_is_refused_with_the_pins_that_serve(int pin) =>
            Assert.AreEqual("GPIO " + pin.ToString() + " has no output: use 0, 2, 3, 5 or 48", new FakePinTable().Refusal(pin, PinTable.Output));

        [TestMethod]
        [DataRow(1, "the flash")]
        [DataRow(6, "I2C")]
        public void Pin_that_the_board_needs_is_refused_with_its_owner(int pin, string owner) =>
            Assert.AreEqual("GPIO " + pin.ToString() + " is taken by " + owner + ": use 0, 2, 3, 5 or 48", new FakePinTable().Refusal(pin, PinTable.Output));

        [TestMethod]
        public void Single_pin_that_serves_is_named() => Assert.AreEqual("GPIO 0 has no wake-up from deep sleep: use 5", new FakePinTable().Refusal(0, PinTable.Wake));

        [TestMethod]
        public void Use_whose_pins_are_all_taken_needs_another_board() =>
            Assert.AreEqual("GPIO 1 is taken by the flash: use another board", new FakePinTable().Refusal(1, PinTable.Analog));

        [TestMethod]
        [DataRow(PinTable.Input, "digital input")]
        [DataRow(PinTable.Counter, "pulse counter")]
        [DataRow(PinTable.OneWire, "1-Wire")]
        [DataRow(PinTable.Serial, "serial line")]
        public void Use_that_the_chip_lacks_is_refused_for_every_pin(int use, string name)
        {
            FakePinTable table = new FakePinTable();
            for (int pin = -1; pin <= PinTable.Last + 1; pin++)
            {
                Assert.AreEqual("the chip has no " + name, table.Refusal(pin, use));
            }
        }
    }
}

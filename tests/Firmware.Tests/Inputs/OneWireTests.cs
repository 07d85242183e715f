using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Inputs
{
    /// <summary>A thermometer that the settings name by its serial number.</summary>
    [TestClass]
    public class OneWireTests
    {
        private const string Tank = "'tank':{'kind':'onewire','address':'" + FakeOneWire.Serial + "'}";

        [TestMethod]
        public void Thermometer_has_the_name_of_its_input() =>
            Assert.Contains(SingleQuoted.Text("{'n':'tank','u':'Cel','v':21.5}"), InputRig.Online(Tank, 0).LastPack);

        [TestMethod]
        public void List_has_its_address_and_value() => Assert.Contains(
            SingleQuoted.Text("{'inputs':[{'name':'tank','kind':'onewire','address':'" + FakeOneWire.Serial + "','value':21.5,'unit':'Cel','age':0}]}"),
            InputRig.Online(Tank, 0).List());

        [TestMethod]
        public void Thermometer_that_does_not_answer_is_listed_with_that() => Assert.Contains(
            SingleQuoted.Text("'address':'00080200FFFF','fault':'the sensor does not answer'}"),
            InputRig.Online("'tank':{'kind':'onewire','address':'00080200FFFF'}", 0).List());
    }
}

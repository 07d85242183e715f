using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>A 1-Wire bus with one thermometer, 000802A1B2C3, which the test may take away.</summary>
    public sealed class FakeOneWire : IOneWire
    {
        public const string Serial = "000802A1B2C3";

        /// <summary>The thermometer; null while it is away.</summary>
        public ScriptedSensor Sensor { get; set; }

        public ISensorPort Open(string name, string serial)
        {
            Sensor = new ScriptedSensor("ds18b20", new[] { new Measurand(name, "Cel", 2, -5500, 12500) }, new[] { 2150 });
            return new ScriptedPort(serial, serial == Serial ? Sensor : null);
        }
    }
}

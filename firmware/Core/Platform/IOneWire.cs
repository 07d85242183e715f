namespace Firmware.Platform
{
    /// <summary>A 1-Wire bus.</summary>
    public interface IOneWire
    {
        /// <summary>A thermometer of the bus by its serial number; touches no pin.</summary>
        /// <param name="name">Name of its channel.</param>
        /// <param name="serial">12 hexadecimal digits, the high byte first.</param>
        /// <returns>Its port.</returns>
        ISensorPort Open(string name, string serial);
    }
}

namespace Firmware.Platform
{
    /// <summary>A sensor that answered when it was probed.</summary>
    public interface ISensor
    {
        /// <summary>Its model in lower case, e.g. "bme280".</summary>
        string Model { get; }

        /// <summary>What it measures; the order is that of the values of <see cref="Read"/>.</summary>
        Measurand[] Measurands { get; }

        /// <summary>Measures once; takes as long as a measurement takes (10 ms for a BME280 at x1).</summary>
        /// <param name="values">Receives a fixed-point value for each measurand.</param>
        /// <param name="valid">Receives whether that value was measured.</param>
        /// <returns>False when the sensor does not answer: no value is valid then.</returns>
        bool Read(int[] values, bool[] valid);

        /// <summary>Releases the bus; the sensor is not used again.</summary>
        void Close();
    }
}

using System.Device.I2c;
using Boards.NativeSim.World;
using Iot.Device.Bmxx80.ReadResult;
using UnitsNet;

namespace Iot.Device.Bmxx80;

public class Bmp280 : Bmx280Base
{
    private const byte ChipId = 0x58;

    public Bmp280(I2cDevice i2cDevice)
        : base(ChipId, i2cDevice)
    {
    }

    public Bmp280ReadResult Read()
    {
        SensorSample sample = MeasureForced();
        bool temperatureIsValid = Take(sample, out Temperature temperature);
        bool pressureIsValid = Take(sample, out Pressure pressure);
        return new Bmp280ReadResult(temperature, temperatureIsValid, pressure, pressureIsValid);
    }
}

using Firmware.Platform;

namespace Benchmarks;

/// <summary>A sensor with constant values: what is measured is the firmware, not a driver.</summary>
internal sealed class ConstantSlot : ISensorPort, ISensor
{
    public string Address => "76";

    public string Model => "bme280";

    public Measurand[] Measurands { get; } =
    [
        new("temperature", "Cel", 2, -4000, 8500),
        new("humidity", "%RH", 2, 0, 10000),
        new("pressure", "Pa", 1, 300000, 1100000),
    ];

    public ISensor Probe() => this;

    public bool Read(int[] values, bool[] valid)
    {
        values[0] = 2137;
        values[1] = 4520;
        values[2] = 1013254;
        valid[0] = valid[1] = valid[2] = true;
        return true;
    }

    public void Close()
    {
    }
}

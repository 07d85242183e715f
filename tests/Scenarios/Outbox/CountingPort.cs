using Firmware.Platform;

namespace Scenarios.Outbox;

/// <summary>A sensor whose every measurement gives the next number, so that each reading is known again.</summary>
internal sealed class CountingPort : ISensorPort, ISensor
{
    public int Last { get; private set; }

    public string Address => "76";

    public string Model => "counter";

    public Measurand[] Measurands { get; } = [new("count", "1", 0, 0, int.MaxValue), new("twice", "1", 1, 0, int.MaxValue)];

    public ISensor Probe() => this;

    public bool Read(int[] values, bool[] valid)
    {
        Last++;
        values[0] = Last;
        values[1] = Last * 2;
        valid[0] = valid[1] = true;
        return true;
    }

    public void Close()
    {
    }
}

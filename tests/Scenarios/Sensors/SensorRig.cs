using Boards.Esp32;
using Boards.NativeSim.World;

namespace Scenarios.Sensors;

/// <summary>A sensor of Bosch with its port.</summary>
internal sealed class SensorRig : ProbeRig
{
    private const int Address76 = 0x76;

    public SensorRig(SensorModel model)
        : base(_ => new Bmxx80Port(1, Address76)) => Chip = Board.Bus.Attach(new SimulatedSensor(model, Address76));

    public SimulatedSensor Chip { get; }
}

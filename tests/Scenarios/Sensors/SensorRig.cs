using Boards.Esp32;
using Boards.NativeSim.World;
using Firmware.Platform;

namespace Scenarios.Sensors;

/// <summary>The port's driver on a simulated sensor, without firmware.</summary>
internal sealed class SensorRig
{
    private const int Address = 0x76;

    private readonly SimulatedChip _chip = new(1, new VirtualTime());
    private ISensor? _sensor;

    public SensorRig(SensorModel model) => Chip = _chip.Bus.Attach(new SimulatedSensor(model, Address));

    public SimulatedSensor Chip { get; }

    public Room Room => _chip.Room;

    public DateTime Now => _chip.WorldUtcNow;

    public int[] Values { get; } = new int[4];

    public bool[] Valid { get; } = new bool[4];

    /// <summary>Milliseconds that the chip has spent waiting.</summary>
    public long WaitedMs { get; private set; }

    public ISensor? Probe() => _sensor = OnChip(() => new Bmxx80Port(1, Address).Probe());

    public bool Read() => OnChip(() => _sensor!.Read(Values, Valid));

    public void Close() => OnChip(() =>
    {
        _sensor!.Close();
        return 0;
    });

    /// <summary>Probes, reads once and gives the values; null for what is not valid.</summary>
    public int?[] Sample()
    {
        ISensor sensor = Probe() ?? throw new InvalidOperationException("no sensor answers");
        return Read() ? [.. sensor.Measurands.Select((_, i) => Valid[i] ? Values[i] : (int?)null)] : throw new InvalidOperationException("it does not answer");
    }

    private T OnChip<T>(Func<T> work)
    {
        using (_chip.Enter())
        {
            long before = _chip.ReadyAtMs;
            _chip.EnterStep();
            try
            {
                return work();
            }
            finally
            {
                _chip.LeaveStep();
                WaitedMs += Math.Max(0, _chip.ReadyAtMs - Math.Max(before, _chip.Time.NowMs));
                ((VirtualTime)_chip.Time).AdvanceTo(_chip.ReadyAtMs);
            }
        }
    }
}

using Boards.NativeSim;
using Boards.NativeSim.World;
using Firmware.Platform;

namespace Scenarios.Sensors;

/// <summary>One port and its driver on a simulated chip, without firmware.</summary>
internal class ProbeRig
{
    private readonly ISensorPort _port;
    private ISensor? _sensor;

    public ProbeRig(Func<IClock, ISensorPort> port) => _port = port(new SimulatedClock(Board, () => { }));

    public SimulatedChip Board { get; } = new(1, new VirtualTime());

    public Room Room => Board.Room;

    public DateTime Now => Board.WorldUtcNow;

    public string Address => _port.Address;

    public int[] Values { get; } = new int[4];

    public bool[] Valid { get; } = new bool[4];

    /// <summary>Milliseconds that the chip has spent waiting.</summary>
    public long WaitedMs { get; private set; }

    public ISensor? Probe() => _sensor = OnChip(_port.Probe);

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
        return Read() ? Valued(sensor) : throw new InvalidOperationException("it does not answer");
    }

    /// <summary>Reads once more.</summary>
    public int?[] Next() => Read() ? Valued(_sensor!) : throw new InvalidOperationException("it does not answer");

    public string Refusal() => Assert.ThrowsExactly<SensorRefusedException>(() => Probe()).Message;

    /// <summary>Which values are within the range of the sensor.</summary>
    public bool[] InRange() => [.. _sensor!.Measurands.Select((measurand, i) => Valid[i] && Values[i] >= measurand.Minimum && Values[i] <= measurand.Maximum)];

    public void Pass(int ms) => ((VirtualTime)Board.Time).AdvanceTo(Board.Time.NowMs + ms);

    public T OnChip<T>(Func<T> work)
    {
        using (Board.Enter())
        {
            long before = Board.ReadyAtMs;
            Board.EnterStep();
            try
            {
                return work();
            }
            finally
            {
                Board.LeaveStep();
                WaitedMs += Math.Max(0, Board.ReadyAtMs - Math.Max(before, Board.Time.NowMs));
                ((VirtualTime)Board.Time).AdvanceTo(Board.ReadyAtMs);
            }
        }
    }

    private int?[] Valued(ISensor sensor) => [.. sensor.Measurands.Select((_, i) => Valid[i] ? Values[i] : (int?)null)];
}

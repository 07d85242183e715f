namespace Boards.NativeSim.World;

/// <summary>The 1-Wire line of a chip and what is attached to it: low when anyone pulls it low.</summary>
public sealed class OneWireLine
{
    private readonly object _gate = new();
    private readonly List<SimulatedDs18b20> _attached = [];
    private readonly SimulatedChip _chip;

    internal OneWireLine(SimulatedChip chip) => _chip = chip;

    /// <summary>Whether it is shorted to ground: the runtime's reset takes that for the presence of a device.</summary>
    public bool IsShorted { get; set; }

    /// <summary>What is attached.</summary>
    public IReadOnlyList<SimulatedDs18b20> Attached
    {
        get
        {
            lock (_gate)
            {
                return [.. _attached];
            }
        }
    }

    /// <summary>Attaches a sensor.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <returns>The same sensor.</returns>
    public SimulatedDs18b20 Attach(SimulatedDs18b20 sensor)
    {
        ArgumentNullException.ThrowIfNull(sensor);
        lock (_gate)
        {
            _attached.Add(sensor);
        }

        return sensor;
    }

    /// <summary>Resets what is attached.</summary>
    /// <returns>Whether the line was low afterwards.</returns>
    public bool Reset()
    {
        bool isPresent = IsShorted;
        foreach (SimulatedDs18b20 sensor in Attached)
        {
            isPresent |= sensor.Reset();
        }

        return isPresent;
    }

    /// <summary>One slot.</summary>
    /// <param name="value">What the host writes; true to read.</param>
    /// <returns>What the line had.</returns>
    public bool Touch(bool value)
    {
        bool line = value && !IsShorted;
        foreach (SimulatedDs18b20 sensor in Attached)
        {
            line &= sensor.Slot(value && !IsShorted, _chip.Room, _chip.WorldUtcNow);
        }

        return line;
    }
}

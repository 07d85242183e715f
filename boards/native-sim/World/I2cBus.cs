namespace Boards.NativeSim.World;

/// <summary>The I2C bus of a chip and what is attached to it. One bus stands for all of the chip's bus numbers.</summary>
public sealed class I2cBus
{
    private readonly object _gate = new();
    private readonly I2cChip?[] _attached = new I2cChip?[128];
    private readonly SimulatedChip _chip;

    internal I2cBus(SimulatedChip chip) => _chip = chip;

    /// <summary>Attaches a sensor at its address, in place of any other there.</summary>
    /// <typeparam name="T">What it is.</typeparam>
    /// <param name="sensor">The sensor.</param>
    /// <returns>The same sensor.</returns>
    public T Attach<T>(T sensor)
        where T : I2cChip
    {
        ArgumentNullException.ThrowIfNull(sensor);
        lock (_gate)
        {
            _attached[sensor.Address] = sensor;
        }

        return sensor;
    }

    /// <summary>Takes off what is at an address, if anything.</summary>
    /// <param name="address">7-bit address.</param>
    public void Detach(int address)
    {
        lock (_gate)
        {
            _attached[address] = null;
        }
    }

    /// <summary>What is at an address.</summary>
    /// <param name="address">7-bit address.</param>
    /// <returns>The sensor, or null.</returns>
    public I2cChip? At(int address)
    {
        lock (_gate)
        {
            return address is >= 0 and < 128 ? _attached[address] : null;
        }
    }

    /// <summary>A write transfer.</summary>
    /// <param name="address">7-bit address.</param>
    /// <param name="data">The bytes.</param>
    /// <returns>How many bytes were taken; -1 when nothing acknowledges.</returns>
    public int Write(int address, ReadOnlySpan<byte> data) => At(address)?.Write(data, _chip.Room, _chip.WorldUtcNow) ?? -1;

    /// <summary>A read transfer.</summary>
    /// <param name="address">7-bit address.</param>
    /// <param name="data">Takes the bytes; left alone when nothing acknowledges.</param>
    /// <returns>How many bytes came; -1 when nothing acknowledges.</returns>
    public int Read(int address, Span<byte> data) => At(address)?.Read(data, _chip.WorldUtcNow) ?? -1;
}

namespace Boards.NativeSim.World;

/// <summary>A sensor on the I2C bus, with the faults that any of them may have.</summary>
public abstract class I2cChip
{
    private SensorFault _fault;

    private protected I2cChip(int address) => Address = address;

    /// <summary>7-bit address.</summary>
    public int Address { get; }

    /// <summary>What is wrong with it; may change at any time. What a sensor cannot have changes nothing.</summary>
    public SensorFault Fault
    {
        get
        {
            lock (Gate)
            {
                return _fault;
            }
        }

        set
        {
            lock (Gate)
            {
                _fault = value;
                OnFault();
            }
        }
    }

    private protected object Gate { get; } = new();

    /// <summary>A sensor of a model.</summary>
    /// <param name="model">One that sits on this bus.</param>
    /// <param name="address">7-bit address.</param>
    /// <returns>The sensor.</returns>
    public static I2cChip Create(SensorModel model, int address) => model switch
    {
        SensorModel.Sht4x => new SimulatedSht4x(address),
        SensorModel.Scd4x => new SimulatedScd4x(),
        SensorModel.Bh1750 => new SimulatedBh1750(address),
        SensorModel.Ina219 => new SimulatedIna219(address),
        _ => new SimulatedSensor(model, address),
    };

    /// <summary>A dip of its supply: it answers as before but has forgotten its configuration.</summary>
    public void PowerGlitch()
    {
        lock (Gate)
        {
            Forget();
        }
    }

    /// <summary>A write transfer.</summary>
    /// <param name="data">The bytes after the address.</param>
    /// <param name="room">The air around it.</param>
    /// <param name="utc">The world's time.</param>
    /// <returns>How many bytes were taken; -1 when it does not acknowledge.</returns>
    internal int Write(ReadOnlySpan<byte> data, Room room, DateTime utc)
    {
        lock (Gate)
        {
            return IsSilent || !Take(data, room, utc) ? -1 : data.Length;
        }
    }

    /// <summary>A read transfer.</summary>
    /// <param name="data">Takes the bytes; left alone when nothing acknowledges.</param>
    /// <param name="utc">The world's time.</param>
    /// <returns>How many bytes came; -1 when it does not acknowledge.</returns>
    internal int Read(Span<byte> data, DateTime utc)
    {
        lock (Gate)
        {
            Span<byte> given = _fault == SensorFault.ShortTransfer ? data[..^1] : data;
            return IsSilent || !Give(given, utc) ? -1 : given.Length;
        }
    }

    private bool IsSilent => _fault is SensorFault.Nack or SensorFault.Removed;

    /// <summary>Takes the bytes of a write transfer.</summary>
    /// <returns>Whether it acknowledges.</returns>
    private protected abstract bool Take(ReadOnlySpan<byte> data, Room room, DateTime utc);

    /// <summary>Gives the bytes of a read transfer.</summary>
    /// <returns>Whether it acknowledges.</returns>
    private protected abstract bool Give(Span<byte> data, DateTime utc);

    private protected abstract void Forget();

    private protected virtual void OnFault()
    {
    }
}

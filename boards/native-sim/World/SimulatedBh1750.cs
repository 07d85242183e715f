namespace Boards.NativeSim.World;

/// <summary>A ROHM BH1750FVI (datasheet 12046EDT01): commands of one byte, one data register that has the last measurement.</summary>
public sealed class SimulatedBh1750 : I2cChip
{
    private const int DefaultTime = 69;
    private const int MeasureMs = 180;
    private const int Most = 0xFFFF;

    private bool _isOn;
    private int _time = DefaultTime;
    private int _data;
    private int _next;
    private DateTime _endsAt = DateTime.MaxValue;

    /// <summary>Creates a sensor; <see cref="I2cBus.Attach"/> connects it.</summary>
    /// <param name="address">7-bit address: 0x23 or 0x5C.</param>
    public SimulatedBh1750(int address)
        : base(address)
    {
    }

    /// <summary>The light in lux whatever that of the room is; null: that of the room.</summary>
    public double? Lux { get; set; }

    /// <summary>Whether it is an I/O expander, which has the same address and gives what was written last.</summary>
    public bool IsExpander { get; set; }

    private protected override bool Take(ReadOnlySpan<byte> data, Room room, DateTime utc)
    {
        if (IsExpander)
        {
            _data = data[^1] * 0x0101;
            return true;
        }

        Finish(utc);
        foreach (byte command in data)
        {
            switch (command)
            {
                case 0x00:
                    _isOn = false;
                    break;
                case 0x01:
                    _isOn = true;
                    break;
                case 0x07 when _isOn:
                    _data = 0;
                    break;
                case 0x20:
                    _next = Fault == SensorFault.OutOfRange ? Most : (int)Math.Min(Most, (Lux ?? room.IlluminanceLux(utc)) * 1.2 * _time / DefaultTime);
                    _endsAt = utc.AddMilliseconds((double)MeasureMs * _time / DefaultTime);
                    break;
                case >= 0x40 and <= 0x47:
                    _time = (_time & 0x1F) | ((command & 7) << 5);
                    break;
                case >= 0x60 and <= 0x7F:
                    _time = (_time & 0xE0) | (command & 0x1F);
                    break;
            }
        }

        return true;
    }

    private protected override bool Give(Span<byte> data, DateTime utc)
    {
        Finish(utc);
        for (int i = 0; i < data.Length; i++)
        {
            data[i] = (byte)(i == 0 ? _data >> 8 : _data);
        }

        return true;
    }

    private protected override void Forget()
    {
        _isOn = false;
        _time = DefaultTime;
        _data = 0;
        _endsAt = DateTime.MaxValue;
    }

    // After a single measurement it turns itself off.
    private void Finish(DateTime utc)
    {
        if (utc >= _endsAt && Fault is not (SensorFault.Stuck or SensorFault.Busy))
        {
            _data = _next;
            _endsAt = DateTime.MaxValue;
            _isOn = false;
        }
    }
}

namespace Boards.NativeSim.World;

/// <summary>A Texas Instruments INA219 with a shunt of 100 milliohms (datasheet SBOS448G, 8.6): six registers of 16 bits.</summary>
public sealed class SimulatedIna219 : I2cChip
{
    private const int Default = 0x399F;
    private const int ResetBit = 0x8000;
    private const int Triggered = 3;
    private const int Ready = 2;
    private const double MeasureMs = 17.02;
    private const double ShuntOhms = 0.1;

    private readonly int[] _registers = new int[6];
    private int _pointer;
    private (int Shunt, int Bus) _next;
    private DateTime _endsAt = DateTime.MaxValue;

    /// <summary>Creates a sensor; <see cref="I2cBus.Attach"/> connects it.</summary>
    /// <param name="address">7-bit address: 0x40 to 0x4F.</param>
    public SimulatedIna219(int address)
        : base(address) => Forget();

    /// <summary>The registers of shunt and bus voltage whatever the supply is; null: those of the supply.</summary>
    public (int Shunt, int Bus)? Raw { get; set; }

    /// <summary>Whether it is another chip, whose configuration nothing changes.</summary>
    public bool IsOther { get; set; }

    private protected override bool Take(ReadOnlySpan<byte> data, Room room, DateTime utc)
    {
        Finish(utc);
        _pointer = data[0];
        if (data.Length == 3 && _pointer is 0 or 5 && !IsOther)
        {
            int value = (data[1] << 8) | data[2];
            if (_pointer == 0 && (value & ResetBit) != 0)
            {
                Forget();
                return true;
            }

            _registers[_pointer] = value;
            if (_pointer == 0 && (value & 7) == Triggered)
            {
                _next = Fault == SensorFault.OutOfRange ? (0x7FFF, 0xFFF8) : Raw ?? Sense(room, utc);
                _registers[2] &= ~Ready;
                _endsAt = utc.AddMilliseconds(MeasureMs);
            }
        }

        return true;
    }

    private protected override bool Give(Span<byte> data, DateTime utc)
    {
        Finish(utc);
        int value = _pointer < _registers.Length ? _registers[_pointer] : 0;
        for (int i = 0; i < data.Length; i++)
        {
            data[i] = (byte)(i == 0 ? value >> 8 : value);
        }

        return true;
    }

    private protected override void Forget()
    {
        Array.Clear(_registers);
        _registers[0] = Default;
        _endsAt = DateTime.MaxValue;
    }

    private static (int Shunt, int Bus) Sense(Room room, DateTime utc) =>
        ((int)Math.Round(room.SupplyAmperes(utc) * ShuntOhms / 10e-6), (int)Math.Round(room.SupplyVolts(utc) / 4e-3) << 3);

    private void Finish(DateTime utc)
    {
        if (utc >= _endsAt && Fault != SensorFault.Busy)
        {
            (_registers[1], _registers[2]) = Fault == SensorFault.Stuck ? (_registers[1], _registers[2]) : (_next.Shunt & 0xFFFF, _next.Bus);
            _registers[2] |= Ready;
            _endsAt = DateTime.MaxValue;
        }
    }
}

namespace Boards.NativeSim.World;

/// <summary>A Sensirion SHT4x (datasheet SHT4x, sections 4.3 to 4.6): commands of one byte; it does not acknowledge while it is busy.</summary>
public sealed class SimulatedSht4x : I2cChip
{
    private const byte Reset = 0x94;
    private const byte SerialNumber = 0x89;
    private const byte MeasureHighPrecision = 0xFD;
    private const double MeasureMs = 8.3;

    private byte[]? _answer;
    private (int Temperature, int Humidity) _last = (SensirionAnswer.Word(0.4), SensirionAnswer.Word(0.4));
    private DateTime _busyUntil = DateTime.MinValue;

    /// <summary>Creates a sensor; <see cref="I2cBus.Attach"/> connects it.</summary>
    /// <param name="address">7-bit address: 0x44, 0x45 or 0x46.</param>
    public SimulatedSht4x(int address)
        : base(address)
    {
    }

    /// <summary>The words that it gives whatever the air is; null: what belongs to the air.</summary>
    public (int Temperature, int Humidity)? Raw { get; set; }

    private protected override bool Take(ReadOnlySpan<byte> data, Room room, DateTime utc)
    {
        if (utc < _busyUntil || data.Length != 1)
        {
            return false;
        }

        bool isWrong = Fault == SensorFault.BadCrc;
        switch (data[0])
        {
            case Reset:
                Forget();
                return true;
            case SerialNumber:
                _answer = SensirionAnswer.Of(isWrong, 0x0F1E, 0x2D3C + Address);
                return true;
            case MeasureHighPrecision:
                _last = Fault switch { SensorFault.Stuck => _last, SensorFault.OutOfRange => (0, 0), _ => Raw ?? Sense(room, utc) };
                _answer = SensirionAnswer.Of(isWrong, _last.Temperature, _last.Humidity);
                _busyUntil = utc.AddMilliseconds(Fault == SensorFault.Busy ? 1000 : MeasureMs);
                return true;
            default:
                return false;
        }
    }

    private protected override bool Give(Span<byte> data, DateTime utc)
    {
        if (utc < _busyUntil || _answer is null)
        {
            return false;
        }

        _answer.AsSpan(0, Math.Min(data.Length, _answer.Length)).CopyTo(data);
        _answer = null;
        return true;
    }

    private protected override void Forget()
    {
        _answer = null;
        _busyUntil = DateTime.MinValue;
    }

    private static (int Temperature, int Humidity) Sense(Room room, DateTime utc) =>
        (SensirionAnswer.Word((room.TemperatureCelsius(utc) + 45) / 175), SensirionAnswer.Word((room.HumidityPercent(utc) + 6) / 125));
}

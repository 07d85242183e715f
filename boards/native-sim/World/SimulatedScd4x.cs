namespace Boards.NativeSim.World;

/// <summary>
/// A Sensirion SCD4x (datasheet SCD4x, section 3): commands of two bytes. It measures every 5 s once it was started, and takes
/// few commands meanwhile. A restart of the board does not stop it.
/// </summary>
public sealed class SimulatedScd4x : I2cChip
{
    /// <summary>Its only address.</summary>
    public const int OnlyAddress = 0x62;

    private const int Start = 0x21B1;
    private const int Stop = 0x3F86;
    private const int GetDataReady = 0xE4B8;
    private const int ReadMeasurement = 0xEC05;
    private const int StopMs = 500;
    private const int PeriodMs = 5000;

    private DateTime? _startedAt;
    private DateTime _busyUntil = DateTime.MinValue;
    private int _taken;
    private byte[]? _answer;
    private (int Ppm, int Temperature, int Humidity) _last;

    /// <summary>Creates a sensor; <see cref="I2cBus.Attach"/> connects it.</summary>
    public SimulatedScd4x()
        : base(OnlyAddress)
    {
    }

    /// <summary>The words that it gives whatever the air is; null: what belongs to the air.</summary>
    public (int Ppm, int Temperature, int Humidity)? Raw { get; set; }

    /// <summary>Whether it measures.</summary>
    public bool IsRunning
    {
        get
        {
            lock (Gate)
            {
                return _startedAt is not null;
            }
        }
    }

    private protected override bool Take(ReadOnlySpan<byte> data, Room room, DateTime utc)
    {
        if (utc < _busyUntil || data.Length != 2)
        {
            return false;
        }

        bool isWrong = Fault == SensorFault.BadCrc;
        _answer = null;
        switch ((data[0] << 8) | data[1])
        {
            case Start when _startedAt is null:
                _startedAt = utc;
                _taken = 0;
                return true;
            case Stop:
                _startedAt = null;
                _busyUntil = utc.AddMilliseconds(StopMs);
                return true;
            case GetDataReady:
                _answer = SensirionAnswer.Of(isWrong, 0x8000 | (Finished(utc) > _taken ? 6 : 0));
                return true;
            case ReadMeasurement when Finished(utc) > _taken:
                _taken = Finished(utc);
                _last = Fault switch { SensorFault.Stuck => _last, SensorFault.OutOfRange => (65535, 65535, 0), _ => Raw ?? Sense(room, utc) };
                _answer = SensirionAnswer.Of(isWrong, _last.Ppm, _last.Temperature, _last.Humidity);
                return true;
            case ReadMeasurement:
                return true;
            default:
                return false;
        }
    }

    private protected override bool Give(Span<byte> data, DateTime utc)
    {
        if (_answer is null)
        {
            return false;
        }

        _answer.AsSpan(0, Math.Min(data.Length, _answer.Length)).CopyTo(data);
        _answer = null;
        return true;
    }

    private protected override void Forget()
    {
        _startedAt = null;
        _answer = null;
    }

    private static (int Ppm, int Temperature, int Humidity) Sense(Room room, DateTime utc) => (
        (int)Math.Round(room.CarbonDioxidePpm(utc)),
        SensirionAnswer.Word((room.TemperatureCelsius(utc) + 45) / 175),
        SensirionAnswer.Word(room.HumidityPercent(utc) / 100));

    private int Finished(DateTime utc) =>
        _startedAt is { } at && Fault != SensorFault.Busy ? (int)((utc - at).TotalMilliseconds / PeriodMs) : _taken;
}

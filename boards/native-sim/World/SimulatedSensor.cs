namespace Boards.NativeSim.World;

/// <summary>
/// A Bosch BMP280, BME280 or BME680 as seen from its I2C bus: 256 registers, and what its driver makes of a measurement.
/// </summary>
/// <remarks>
/// Registers: BST-BME280-DS002 section 5.3, BST-BMP280-DS001 section 4.2, BST-BME680-DS001 section 5.2.
/// Raw measurements and calibration are not modelled: the values come ready from the <see cref="Room"/>.
/// </remarks>
public sealed class SimulatedSensor
{
    private const byte ChipIdRegister = 0xD0;
    private const byte ResetRegister = 0xE0;
    private const byte ResetCommand = 0xB6;
    private const byte CtrlMeas280 = 0xF4;
    private const byte CtrlMeas680 = 0x74;
    private const byte CtrlGas0 = 0x70;
    private const byte CtrlGas1 = 0x71;
    private const byte HeatOff = 0x08;
    private const byte RunGas = 0x10;
    private const byte SamplingBits = 0xFC;
    private const byte ModeBits = 0x03;
    private const byte NormalMode = 0x03;

    /// <summary>
    /// What the driver computes from the value of a skipped measurement, 0x80000, with the data sheet's example
    /// calibration. It looks almost right: only ctrl_meas tells that the sensor lost its configuration.
    /// </summary>
    private static readonly SensorSample FromSkipped = new(26.46, 82_044, 60.66, 0, IsValid: true, GasIsValid: false);

    private static readonly SensorSample Beyond = new(187.5, 20_000, 100, 1e9, IsValid: true, GasIsValid: true);

    private readonly object _gate = new();
    private readonly byte[] _registers = new byte[256];
    private SensorFault _fault;
    private SensorSample? _stuckAt;
    private byte _pointer;
    private long _transfers;

    /// <summary>Creates a sensor; <see cref="I2cBus.Attach"/> connects it.</summary>
    /// <param name="model">Which one.</param>
    /// <param name="address">7-bit address: 0x76 or 0x77.</param>
    public SimulatedSensor(SensorModel model, int address)
    {
        if (address is not (0x76 or 0x77))
        {
            throw new ArgumentOutOfRangeException(nameof(address), "A Bosch sensor answers at 0x76 or 0x77.");
        }

        Model = model;
        Address = address;
        LoadResetValues();
    }

    /// <summary>What the driver computes when nothing answers and every byte it reads is 0: flagged as valid.</summary>
    public static SensorSample NoAnswer { get; } = new(-145.75, 131_282, 0, 0, IsValid: true, GasIsValid: false);

    /// <summary>Which one.</summary>
    public SensorModel Model { get; }

    /// <summary>7-bit address.</summary>
    public int Address { get; }

    /// <summary>What is wrong with it; may change at any time.</summary>
    public SensorFault Fault
    {
        get
        {
            lock (_gate)
            {
                return _fault;
            }
        }

        set
        {
            lock (_gate)
            {
                _fault = value;
                _stuckAt = null;
            }
        }
    }

    /// <summary>Whether it acknowledges its address.</summary>
    public bool Acknowledges => Fault is not (SensorFault.Nack or SensorFault.Removed);

    /// <summary>Acknowledged transfers so far.</summary>
    public long Transfers => Interlocked.Read(ref _transfers);

    /// <summary>The register that holds the sampling and the mode.</summary>
    public byte CtrlMeasRegister => Model == SensorModel.Bme680 ? CtrlMeas680 : CtrlMeas280;

    /// <summary>A dip of its supply: it answers as before but has forgotten its configuration.</summary>
    public void PowerGlitch()
    {
        lock (_gate)
        {
            LoadResetValues();
        }
    }

    /// <summary>Reads a register as it is, without a bus transfer.</summary>
    /// <param name="register">Its number.</param>
    /// <returns>Its value.</returns>
    public byte Peek(byte register)
    {
        lock (_gate)
        {
            return _registers[register];
        }
    }

    /// <summary>
    /// A write transfer: the register, then a value for it; further bytes are pairs of register and value, as these
    /// sensors do not count up on writing. One byte alone sets where the next read begins.
    /// </summary>
    /// <param name="data">The bytes after the address.</param>
    /// <returns>False when it does not acknowledge.</returns>
    public bool TryWrite(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            if (!Acknowledges)
            {
                return false;
            }

            Interlocked.Increment(ref _transfers);
            for (int i = 0; i < data.Length; i += 2)
            {
                _pointer = data[i];
                if (i + 1 < data.Length)
                {
                    WriteRegister(_pointer, data[i + 1]);
                }
            }

            return true;
        }
    }

    /// <summary>A read transfer from where the last write pointed, counting up.</summary>
    /// <param name="data">Takes the bytes; left alone when nothing acknowledges.</param>
    /// <returns>False when it does not acknowledge.</returns>
    public bool TryRead(Span<byte> data)
    {
        lock (_gate)
        {
            if (!Acknowledges)
            {
                return false;
            }

            Interlocked.Increment(ref _transfers);
            for (int i = 0; i < data.Length; i++)
            {
                data[i] = _registers[_pointer++];
            }

            return true;
        }
    }

    /// <summary>What the vendor's driver would report of the room now, faults included.</summary>
    /// <param name="room">The air around the sensor.</param>
    /// <param name="utc">The world's time.</param>
    /// <returns>The values and their flags.</returns>
    public SensorSample Measure(Room room, DateTime utc)
    {
        ArgumentNullException.ThrowIfNull(room);
        lock (_gate)
        {
            if (!Acknowledges)
            {
                return NoAnswer;
            }

            if ((_registers[CtrlMeasRegister] & SamplingBits) == 0)
            {
                return FromSkipped;
            }

            switch (_fault)
            {
                case SensorFault.NotValid:
                    return default;
                case SensorFault.OutOfRange:
                    return Beyond with { GasIsValid = GasRuns };
                case SensorFault.Stuck:
                    _stuckAt ??= Sample(room, utc);
                    return _stuckAt.Value;
                default:
                    return Sample(room, utc);
            }
        }
    }

    private bool GasRuns =>
        Model == SensorModel.Bme680 && (_registers[CtrlGas1] & RunGas) != 0 && (_registers[CtrlGas0] & HeatOff) == 0;

    private SensorSample Sample(Room room, DateTime utc) => new(
        room.TemperatureCelsius(utc),
        room.PressurePascals(utc),
        room.HumidityPercent(utc),
        room.GasResistanceOhms(utc),
        IsValid: true,
        GasIsValid: GasRuns);

    private void WriteRegister(byte register, byte value)
    {
        if (register == ResetRegister)
        {
            if (value == ResetCommand)
            {
                LoadResetValues();
            }
        }
        else if (register == CtrlMeasRegister && (value & ModeBits) != NormalMode)
        {
            // A forced measurement is over before anyone can look: the sensor is back in sleep mode.
            _registers[register] = (byte)(value & SamplingBits);
        }
        else if (register != ChipIdRegister)
        {
            _registers[register] = value;
        }
    }

    private void LoadResetValues()
    {
        Array.Clear(_registers);
        _registers[ChipIdRegister] = Model switch
        {
            SensorModel.Bmp280 => 0x58,
            SensorModel.Bme280 => 0x60,
            _ => 0x61,
        };
    }
}

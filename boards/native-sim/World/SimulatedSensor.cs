namespace Boards.NativeSim.World;

/// <summary>A Bosch BMP280, BME280 or BME680 as seen from its I2C bus: 256 registers, forced mode, and its faults.</summary>
/// <remarks>Registers: BST-BMP280-DS001 section 4, BST-BME280-DS002 section 5, BST-BME680-DS001 section 5.</remarks>
public sealed class SimulatedSensor : I2cChip
{
    private const byte ChipIdRegister = 0xD0;
    private const byte ResetRegister = 0xE0;
    private const byte ResetCommand = 0xB6;
    private const byte Status280 = 0xF3;
    private const byte CtrlHum280 = 0xF2;
    private const byte CtrlMeas280 = 0xF4;
    private const byte Data280 = 0xF7;
    private const byte Status680 = 0x1D;
    private const byte Data680 = 0x1F;
    private const byte GasWait680 = 0x64;
    private const byte CtrlGas0 = 0x70;
    private const byte CtrlGas1 = 0x71;
    private const byte CtrlHum680 = 0x72;
    private const byte CtrlMeas680 = 0x74;
    private const byte Measuring280 = 0x08;
    private const byte ImageUpdate = 0x01;
    private const byte NewData680 = 0x80;
    private const byte Measuring680 = 0x20;
    private const byte GasIsValid = 0x30;
    private const byte HeatOff = 0x08;
    private const byte RunGas = 0x10;
    private const byte ModeBits = 0x03;
    private const byte SleepMode = 0;
    private const byte NormalMode = 3;
    private const int MeasureMs = 8;

    // The coldest air and the lowest pressure that the ADC can give.
    private static readonly SensorRaw Beyond = new(0, 0xFFFFF);
    private static readonly SensorRaw Nothing = new(SensorRaw.Skipped, SensorRaw.Skipped, SensorRaw.SkippedHumidity);

    private readonly byte[] _registers = new byte[256];
    private readonly byte[] _memory = new byte[256];
    private readonly SensorMemory _content;
    private SensorRaw _raw;
    private DateTime _measuredAt = DateTime.MaxValue;
    private byte _pointer;

    /// <summary>Creates a sensor; <see cref="I2cBus.Attach"/> connects it.</summary>
    /// <param name="model">Which one.</param>
    /// <param name="address">7-bit address: 0x76 or 0x77.</param>
    public SimulatedSensor(SensorModel model, int address)
        : base(address)
    {
        if (address is not (0x76 or 0x77) || model > SensorModel.Bme680)
        {
            throw new ArgumentOutOfRangeException(nameof(address), "A Bosch sensor answers at 0x76 or 0x77.");
        }

        Model = model;
        _content = SensorMemory.Of(model);
        _content.Fill(_memory);
        LoadResetValues();
    }

    /// <summary>Which one.</summary>
    public SensorModel Model { get; }

    /// <summary>What its ADC gives whatever the air is; null: what belongs to the air.</summary>
    public SensorRaw? Raw { get; set; }

    /// <summary>Reads a register as it is, without a bus transfer.</summary>
    /// <param name="register">Its number.</param>
    /// <returns>Its value.</returns>
    public byte Peek(byte register)
    {
        lock (Gate)
        {
            return _registers[register];
        }
    }

    /// <summary>Changes a register and what it has after a reset: its id or calibration data.</summary>
    /// <param name="register">Its number.</param>
    /// <param name="values">Its value, and those of the registers behind it.</param>
    public void Burn(byte register, params byte[] values)
    {
        lock (Gate)
        {
            values.CopyTo(_memory, register);
            values.CopyTo(_registers, register);
        }
    }

    private protected override void Forget() => LoadResetValues();

    private protected override void OnFault()
    {
        if (Fault is SensorFault.BadCalibration or SensorFault.Copying)
        {
            LoadResetValues();
        }
    }

    // The register, then a value for it; further bytes are pairs of register and value, as these sensors do not count up on
    // writing. One byte alone sets where the next read begins.
    private protected override bool Take(ReadOnlySpan<byte> data, Room room, DateTime utc)
    {
        for (int i = 0; i < data.Length; i += 2)
        {
            _pointer = data[i];
            if (i + 1 < data.Length)
            {
                WriteRegister(_pointer, data[i + 1], room, utc);
            }
        }

        return true;
    }

    // From where the last write pointed, counting up.
    private protected override bool Give(Span<byte> data, DateTime utc)
    {
        if (utc >= _measuredAt && Fault != SensorFault.Busy)
        {
            Finish();
        }

        for (int i = 0; i < data.Length; i++)
        {
            data[i] = ReadRegister(_pointer++);
        }

        return true;
    }

    private bool Is680 => Model == SensorModel.Bme680;

    private byte ControlRegister => Is680 ? CtrlMeas680 : CtrlMeas280;

    private byte StatusRegister => Is680 ? Status680 : Status280;

    private byte ReadRegister(byte register)
    {
        bool isCalibration = register is (>= 0x88 and <= 0xA1) or (>= 0xE1 and <= 0xEE);
        return Fault switch
        {
            SensorFault.BadCalibration when isCalibration => 0,
            SensorFault.Copying when register == Status280 && !Is680 => (byte)(_registers[register] | ImageUpdate),
            _ => _registers[register],
        };
    }

    private void WriteRegister(byte register, byte value, Room room, DateTime utc)
    {
        if (register == ResetRegister)
        {
            if (value == ResetCommand)
            {
                LoadResetValues();
            }
        }
        else if (register is not (ChipIdRegister or >= 0x88 and <= 0xA1 or >= 0xE1 and <= 0xEE) && register != StatusRegister)
        {
            _registers[register] = value;
            if (register == ControlRegister && (value & ModeBits) is not (SleepMode or NormalMode))
            {
                Begin(room, utc);
            }
        }
    }

    private void Begin(Room room, DateTime utc)
    {
        SensorRaw raw = Raw ?? _content.Sense(room, utc);
        byte control = _registers[ControlRegister];
        _raw = new SensorRaw(
            (control & 0b1110_0000) == 0 ? SensorRaw.Skipped : raw.Temperature,
            (control & 0b0001_1100) == 0 ? SensorRaw.Skipped : raw.Pressure,
            (_registers[Is680 ? CtrlHum680 : CtrlHum280] & 0b111) == 0 ? SensorRaw.SkippedHumidity : raw.Humidity,
            raw.Gas,
            raw.GasRange);
        _measuredAt = utc.AddMilliseconds(MeasureMs + HeaterMs);
        _registers[StatusRegister] |= Is680 ? Measuring680 : Measuring280;
    }

    private bool GasRuns => Is680 && (_registers[CtrlGas1] & RunGas) != 0 && (_registers[CtrlGas0] & HeatOff) == 0;

    // Six bits, and two for a factor of 1, 4, 16 or 64.
    private int HeaterMs => GasRuns ? (_registers[GasWait680] & 0x3F) << (2 * (_registers[GasWait680] >> 6)) : 0;

    private void Finish()
    {
        _measuredAt = DateTime.MaxValue;
        _registers[ControlRegister] &= unchecked((byte)~ModeBits);
        _registers[StatusRegister] = Is680 ? NewData680 : (byte)0;
        if (Fault == SensorFault.Stuck)
        {
            return;
        }

        SensorRaw raw = Fault switch { SensorFault.OutOfRange => Beyond, SensorFault.NotValid => Nothing, _ => _raw };
        Store(raw, GasRuns && Fault == SensorFault.None);
    }

    private void Store(SensorRaw raw, bool gasIsValid)
    {
        Span<byte> data = _registers.AsSpan(Is680 ? Data680 : Data280);
        Store20(data, raw.Pressure);
        Store20(data[3..], raw.Temperature);
        if (Model != SensorModel.Bmp280)
        {
            (data[6], data[7]) = ((byte)(raw.Humidity >> 8), (byte)raw.Humidity);
        }

        if (Is680)
        {
            data[11] = (byte)(raw.Gas >> 2);
            data[12] = (byte)((raw.Gas << 6) | (gasIsValid ? GasIsValid : 0) | raw.GasRange);
        }
    }

    private static void Store20(Span<byte> data, int value) =>
        (data[0], data[1], data[2]) = ((byte)(value >> 12), (byte)(value >> 4), (byte)(value << 4));

    private void LoadResetValues()
    {
        _memory.CopyTo(_registers, 0);
        _measuredAt = DateTime.MaxValue;
        Store(Nothing, gasIsValid: false);
    }
}

namespace Boards.NativeSim.World;

/// <summary>A DS18B20 (datasheet 19-7487) as seen from its 1-Wire bus, slot by slot.</summary>
public sealed class SimulatedDs18b20
{
    private const int RomBits = 64;
    private const int ScratchpadBits = 72;
    private const int PowerOn = 0x0550;
    private const int Beyond = 0x0800;

    private readonly object _gate = new();
    private readonly byte[] _rom;
    private readonly int _number;
    private readonly byte[] _scratchpad = new byte[9];
    private State _state;
    private int _bit;
    private int _phase;
    private int _command;
    private int _temperature = PowerOn;
    private DateTime _convertedAt = DateTime.MaxValue;

    /// <summary>Creates a sensor; <see cref="OneWireLine.Attach"/> connects it.</summary>
    /// <param name="number">Its number among those of the bus, from 1; part of its ROM.</param>
    public SimulatedDs18b20(int number)
        : this([0x28, (byte)number, 0x64, 0x1E, 0x82, 0x16, 0x03], number)
    {
    }

    /// <summary>Creates a sensor with a ROM.</summary>
    /// <param name="rom">Family and serial number: 7 bytes, to which the CRC is added, or 8 with a CRC of their own.</param>
    /// <param name="number">Its number.</param>
    public SimulatedDs18b20(byte[] rom, int number = 1)
    {
        ArgumentNullException.ThrowIfNull(rom);
        _rom = rom.Length == 8 ? [.. rom] : [.. rom, Crc(rom)];
        _number = number;
        PowerGlitch();
    }

    private enum State
    {
        Idle,
        RomCommand,
        Match,
        Search,
        FunctionCommand,
        Send,
        Receive,
        Convert,
        Supply,
    }

    /// <summary>Its number among those of the bus.</summary>
    public int Number => _number;

    /// <summary>Its serial number in hexadecimal, the high byte first.</summary>
    public string Serial => Convert.ToHexString([.. _rom[1..7].Reverse()]);

    /// <summary>What is wrong with it; may change at any time. What it cannot have changes nothing.</summary>
    public SensorFault Fault { get; set; }

    /// <summary>Its temperature register whatever the air is; null: what belongs to the air.</summary>
    public int? Raw { get; set; }

    /// <summary>Whether it takes its supply from the data line.</summary>
    public bool IsParasitic { get; set; }

    /// <summary>A copy that keeps 12 bits whatever is written.</summary>
    public bool KeepsTwelveBits { get; set; }

    /// <summary>A dip of its supply: it answers, with the values of its EEPROM and 85 Cel.</summary>
    public void PowerGlitch()
    {
        lock (_gate)
        {
            _state = State.Idle;
            _convertedAt = DateTime.MaxValue;
            _temperature = PowerOn;
            new byte[] { 0, 0, 0x4B, 0x46, 0x7F, 0xFF, 0x0C, 0x10, 0 }.CopyTo(_scratchpad, 0);
        }
    }

    /// <summary>The CRC of its datasheet, by the polynomial x^8 + x^5 + x^4 + 1 with the low bit first.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The CRC.</returns>
    public static byte Crc(ReadOnlySpan<byte> bytes)
    {
        // The shift register of figure 11.
        int register = 0;
        for (int i = 0; i < bytes.Length * 8; i++)
        {
            int feedback = (bytes[i / 8] >> (i % 8) & 1) ^ (register & 1);
            register = (register >> 1) ^ (feedback * 0b1000_1100);
        }

        return (byte)register;
    }

    /// <summary>A reset of the bus.</summary>
    /// <returns>Whether it is present.</returns>
    internal bool Reset()
    {
        lock (_gate)
        {
            bool isPresent = Fault is not (SensorFault.Nack or SensorFault.Removed);
            Enter(isPresent ? State.RomCommand : State.Idle);
            return isPresent;
        }
    }

    /// <summary>One slot.</summary>
    /// <param name="written">What the host writes; true also when it reads.</param>
    /// <param name="room">The air around it.</param>
    /// <param name="utc">The world's time.</param>
    /// <returns>False when it pulls the line low.</returns>
    internal bool Slot(bool written, Room room, DateTime utc)
    {
        lock (_gate)
        {
            Finish(room, utc);
            switch (_state)
            {
                case State.RomCommand when Collect(written):
                    Enter(_command switch { 0x55 => State.Match, 0xCC => State.FunctionCommand, 0xF0 => State.Search, _ => State.Idle });
                    return true;
                case State.Match:
                    Follow(written, State.FunctionCommand);
                    return true;
                case State.Search:
                    return Search(written);
                case State.FunctionCommand when Collect(written):
                    Begin(utc);
                    return true;
                case State.Send:
                    return _bit >= ScratchpadBits || (Fault == SensorFault.ShortTransfer && _bit >= 32) || BitOf(_scratchpad, _bit++);
                case State.Receive:
                    Take(written);
                    return true;
                case State.Convert:
                    return _convertedAt == DateTime.MaxValue;
                case State.Supply:
                    return !IsParasitic;
                default:
                    return true;
            }
        }
    }

    private static bool BitOf(byte[] bytes, int bit) => (bytes[bit / 8] >> (bit % 8) & 1) != 0;

    private void Enter(State state)
    {
        _state = state;
        _bit = 0;
        _phase = 0;
        _command = 0;
    }

    private bool Collect(bool written)
    {
        _command |= (written ? 1 : 0) << _bit++;
        return _bit == 8;
    }

    private void Follow(bool written, State next)
    {
        if (written != BitOf(_rom, _bit))
        {
            Enter(State.Idle);
        }
        else if (++_bit == RomBits)
        {
            Enter(next);
        }
    }

    // Two slots say the bit and its complement; in the third the host says which half goes on.
    private bool Search(bool written)
    {
        bool bit = BitOf(_rom, _bit);
        switch (_phase++)
        {
            case 0:
                return bit;
            case 1:
                return !bit;
            default:
                _phase = 0;
                Follow(written, State.Idle);
                return true;
        }
    }

    private void Begin(DateTime utc)
    {
        switch (_command)
        {
            case 0x44:
                _convertedAt = Fault == SensorFault.Busy ? utc.AddDays(1) : utc.AddMilliseconds(750 >> (3 - (_scratchpad[4] >> 5 & 3)));
                Enter(State.Convert);
                break;
            case 0x4E:
                Enter(State.Receive);
                break;
            case 0xB4:
                Enter(State.Supply);
                break;
            case 0xBE:
                int raw = Fault == SensorFault.PowerOnValue ? PowerOn : Fault == SensorFault.OutOfRange ? Beyond : _temperature;
                (_scratchpad[0], _scratchpad[1]) = ((byte)raw, (byte)(raw >> 8));
                _scratchpad[8] = (byte)(Crc(_scratchpad.AsSpan(0, 8)) ^ (Fault == SensorFault.BadCrc ? 1 : 0));
                Enter(State.Send);
                break;
            default:
                Enter(State.Idle);
                break;
        }
    }

    private void Take(bool written)
    {
        int at = 2 + (_bit / 8);
        int mask = 1 << (_bit % 8);
        bool isFixed = at == 4 && (KeepsTwelveBits || mask is not (0x20 or 0x40));
        if (!isFixed)
        {
            _scratchpad[at] = (byte)(written ? _scratchpad[at] | mask : _scratchpad[at] & ~mask);
        }

        if (++_bit == 24)
        {
            Enter(State.Idle);
        }
    }

    private void Finish(Room room, DateTime utc)
    {
        if (utc >= _convertedAt)
        {
            _convertedAt = DateTime.MaxValue;
            int unused = (1 << (3 - (_scratchpad[4] >> 5 & 3))) - 1;
            int raw = Raw ?? ((int)Math.Round(16 * (room.TemperatureCelsius(utc) + (0.7 * (_number - 1)))) & ~unused);
            _temperature = Fault == SensorFault.Stuck ? _temperature : raw;
        }
    }
}

using System.Collections;
using Boards.NativeSim.World;
using nanoFramework.Hardware.Esp32;

namespace nanoFramework.Device.OneWire;

/// <summary>
/// The line of the chip that was current when it was created. As on an ESP32, a shorted line passes for a device that is
/// present, and the search gives any ROM whose CRC is right: also one of zeros, again and again.
/// </summary>
public class OneWireHost : IDisposable
{
    private const int RomBits = 64;

    private readonly SimulatedChip _chip;
    private readonly int _boot;
    private readonly Opened _opened;
    private byte[] _serialNumber = new byte[8];
    private int _lastDiscrepancy;
    private bool _wasLast;
    private bool _disposed;

    public OneWireHost()
    {
        _chip = SimulatedChip.Current;
        _boot = _chip.Boot;
        _opened = _chip.PackageState(() => new Opened());
        if (_opened.IsOpen || Configuration.GetFunctionPin(DeviceFunction.COM3_RX) < 0 || Configuration.GetFunctionPin(DeviceFunction.COM3_TX) < 0)
        {
            throw new InvalidOperationException();
        }

        _opened.IsOpen = true;
    }

    public byte[] SerialNumber
    {
        get => _serialNumber;
        set => _serialNumber = value;
    }

    public bool TouchReset() => Line().Reset();

    public bool TouchBit(bool value) => Line().Touch(value);

    public byte TouchByte(byte value)
    {
        OneWireLine line = Line();
        int read = 0;
        for (int bit = 0; bit < 8; bit++)
        {
            read |= line.Touch((value >> bit & 1) != 0) ? 1 << bit : 0;
        }

        return (byte)read;
    }

    public byte WriteByte(byte value) => (byte)(TouchByte(value) == value ? 1 : 0);

    public byte ReadByte() => TouchByte(0xFF);

    public bool FindFirstDevice(bool performResetBeforeSearch, bool searchWithAlarmCommand)
    {
        _lastDiscrepancy = 0;
        _wasLast = false;
        Array.Clear(_serialNumber);
        return FindNextDevice(performResetBeforeSearch, searchWithAlarmCommand);
    }

    public bool FindNextDevice(bool performResetBeforeSearch, bool searchWithAlarmCommand)
    {
        if (_wasLast || (performResetBeforeSearch && !TouchReset()))
        {
            _lastDiscrepancy = 0;
            _wasLast = false;
            return false;
        }

        TouchByte((byte)(searchWithAlarmCommand ? 0xEC : 0xF0));
        int discrepancy = 0;
        for (int bit = 1; bit <= RomBits; bit++)
        {
            bool first = TouchBit(true);
            bool second = TouchBit(true);
            if (first && second)
            {
                _lastDiscrepancy = 0;
                return false;
            }

            bool chosen = first;
            if (first == second)
            {
                chosen = bit < _lastDiscrepancy ? IsSet(bit - 1) : bit == _lastDiscrepancy;
                discrepancy = chosen ? discrepancy : bit;
            }

            Set(bit - 1, chosen);
            TouchBit(chosen);
        }

        bool isRight = SimulatedDs18b20.Crc(_serialNumber) == 0;
        _lastDiscrepancy = isRight ? discrepancy : 0;
        _wasLast = isRight && discrepancy == 0;
        return isRight;
    }

    public ArrayList FindAllDevices()
    {
        var all = new ArrayList();
        for (bool isFound = FindFirstDevice(true, false); isFound; isFound = FindNextDevice(true, false))
        {
            all.Add(_serialNumber.Clone());
        }

        return all;
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!_disposed)
        {
            _opened.IsOpen = false;
            _disposed = true;
        }
    }

    private bool IsSet(int bit) => (_serialNumber[bit / 8] >> (bit % 8) & 1) != 0;

    private void Set(int bit, bool value)
    {
        int mask = 1 << (bit % 8);
        _serialNumber[bit / 8] = (byte)(value ? _serialNumber[bit / 8] | mask : _serialNumber[bit / 8] & ~mask);
    }

    private OneWireLine Line()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _chip.Runs(_boot) ? _chip.OneWire : throw new PowerCutException();
    }

    private sealed class Opened
    {
        public bool IsOpen { get; set; }
    }
}

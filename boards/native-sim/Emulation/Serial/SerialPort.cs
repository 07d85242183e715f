using Boards.NativeSim.World;
using nanoFramework.Hardware.Esp32;
using Pins = nanoFramework.Hardware.Esp32.Configuration;

namespace System.IO.Ports;

/// <summary>
/// COM2 of the chip that was current when it was created. As on an ESP32 (nf-interpreter,
/// targets/ESP32/_nanoCLR/System.IO.Ports): without pins it does not open, a second object throws until the first is disposed
/// of, what does not fit into the buffer is dropped, a read waits for all that it must read, and one that has timed out holds
/// back the events until so much is there.
/// </summary>
public sealed class SerialPort : IDisposable
{
    // What the UART holds: the driver sends more from a pointer into the heap, while other threads run that may move it.
    private const int MaxWrite = 128;

    private readonly object _gate = new();
    private readonly SimulatedChip _chip = SimulatedChip.Current;
    private readonly int _boot;
    private readonly Opened _opened;
    private readonly Queue<byte> _received = new();
    private int _bufferSize = 256;
    private int _wanted;
    private bool _disposed;

    public SerialPort(string portName, int baudRate = 9600, Parity parity = Parity.None, int dataBits = 8, StopBits stopBits = StopBits.One)
    {
        _boot = _chip.Boot;
        _opened = _chip.PackageState(() => new Opened());
        if (portName != "COM2" || _opened.Port is not null)
        {
            throw new ArgumentException(null, nameof(portName));
        }

        _opened.Port = this;
        PortName = portName;
        BaudRate = baudRate;
        Parity = parity;
        DataBits = dataBits;
        StopBits = stopBits;
    }

    public event SerialDataReceivedEventHandler? DataReceived;

    public int BaudRate { get; set; }

    public int DataBits { get; set; }

    public Parity Parity { get; set; }

    public SerialMode Mode { get; set; }

    public StopBits StopBits { get; set; }

    public string PortName { get; }

    public bool IsOpen { get; private set; }

    public int ReadTimeout { get; set; } = Threading.Timeout.Infinite;

    public int WriteTimeout { get; set; } = Threading.Timeout.Infinite;

    public int ReadBufferSize
    {
        get => _bufferSize;
        set => _bufferSize = IsOpen ? throw new InvalidOperationException() : Math.Max(value, 129);
    }

    public int BytesToRead
    {
        get
        {
            Require();
            lock (_gate)
            {
                return _received.Count;
            }
        }
    }

    public void Open()
    {
        if (_disposed || IsOpen || Pins.GetFunctionPin(DeviceFunction.COM2_RX) < 0 || Pins.GetFunctionPin(DeviceFunction.COM2_TX) < 0)
        {
            throw new InvalidOperationException();
        }

        IsOpen = true;
        _wanted = 0;
        _received.Clear();
        _chip.Serial.Open();
        _chip.Serial.Arrived += OnArrived;
    }

    public void Close()
    {
        IsOpen = false;
        _chip.Serial.Arrived -= OnArrived;
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        Require();
        lock (_gate)
        {
            if (_chip.Serial.LostReads > 0)
            {
                _chip.Serial.LostReads--;
                _received.Clear();
            }

            if (_received.Count < count)
            {
                _wanted = count;
                throw new TimeoutException();
            }

            for (int i = 0; i < count; i++)
            {
                buffer[offset + i] = _received.Dequeue();
            }

            return count;
        }
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        Require();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxWrite);
        _chip.Serial.Send(buffer.AsSpan(offset, count).ToArray(), BaudRate);
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            Close();
            _disposed = true;
            _opened.Port = null;
        }
    }

    private void OnArrived(object? sender, byte[] bytes)
    {
        if (!_chip.Runs(_boot))
        {
            _chip.Serial.Arrived -= OnArrived;
            return;
        }

        lock (_gate)
        {
            foreach (byte received in bytes.Take(_bufferSize - _received.Count))
            {
                _received.Enqueue(received);
            }

            if (_wanted > 0)
            {
                _wanted = _received.Count < _wanted ? _wanted : 0;
                return;
            }
        }

        DataReceived?.Invoke(this, new SerialDataReceivedEventArgs(SerialData.Chars));
    }

    private void Require()
    {
        if (!_chip.Runs(_boot))
        {
            throw new PowerCutException();
        }

        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!IsOpen)
        {
            throw new InvalidOperationException();
        }
    }

    private sealed class Opened
    {
        public SerialPort? Port { get; set; }
    }
}

using Boards.NativeSim.World;

namespace System.Device.I2c;

/// <summary>
/// Transfers go to the bus of the chip that was current when the device was created. A missing acknowledgement is no
/// exception but a status, and <see cref="ReadByte"/> gives 0.
/// </summary>
public class I2cDevice : IDisposable
{
    private readonly I2cConnectionSettings _settings;
    private readonly SimulatedChip _chip;
    private readonly int _boot;
    private bool _disposed;

    public I2cDevice(I2cConnectionSettings settings)
    {
        _settings = settings ?? throw new ArgumentNullException(nameof(settings));
        _chip = SimulatedChip.Current;
        _boot = _chip.Boot;
    }

    public I2cConnectionSettings ConnectionSettings => _settings;

    public static I2cDevice Create(I2cConnectionSettings settings) => new(settings);

    public byte ReadByte()
    {
        Span<byte> data = stackalloc byte[1];
        Transfer([], data);
        return data[0];
    }

    public I2cTransferResult Read(SpanByte buffer) => Transfer([], buffer.Span);

    public I2cTransferResult WriteByte(byte value) => Transfer([value], []);

    public I2cTransferResult Write(SpanByte buffer) => Transfer(buffer.Span, []);

    public I2cTransferResult WriteRead(SpanByte writeBuffer, SpanByte readBuffer) =>
        Transfer(writeBuffer.Span, readBuffer.Span);

    public void Dispose()
    {
        _disposed = true;
        GC.SuppressFinalize(this);
    }

    private I2cTransferResult Transfer(ReadOnlySpan<byte> write, Span<byte> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_chip.Runs(_boot))
        {
            throw new PowerCutException();
        }

        int address = _settings.DeviceAddress;
        int written = write.IsEmpty ? 0 : _chip.Bus.Write(address, write);
        int came = read.IsEmpty || written < 0 ? 0 : _chip.Bus.Read(address, read);
        if (written < 0 || came < 0)
        {
            return new I2cTransferResult(I2cTransferStatus.SlaveAddressNotAcknowledged, 0);
        }

        bool isWhole = written + came == write.Length + read.Length;
        return new I2cTransferResult(isWhole ? I2cTransferStatus.FullTransfer : I2cTransferStatus.PartialTransfer, written + came);
    }
}

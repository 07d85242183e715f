namespace System.Device.I2c;

public struct I2cTransferResult
{
    private readonly uint _bytesTransferred;
    private readonly I2cTransferStatus _status;

    internal I2cTransferResult(I2cTransferStatus status, int bytesTransferred)
    {
        _status = status;
        _bytesTransferred = (uint)bytesTransferred;
    }

    public uint BytesTransferred => _bytesTransferred;

    public I2cTransferStatus Status => _status;
}

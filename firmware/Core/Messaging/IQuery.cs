namespace Firmware.Messaging
{
    /// <summary>
    /// A method that only reads: requested twice, it is carried out twice. Its response, which may be long, is not
    /// remembered.
    /// </summary>
    public interface IQuery : IMethod
    {
    }
}

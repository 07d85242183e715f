namespace Firmware.Messaging
{
    /// <summary>
    /// A method that only reads: also who may only view may call it. Its response may be long: to a group it is refused
    /// when it has no room to wait.
    /// </summary>
    public interface IQuery : IMethod
    {
    }
}

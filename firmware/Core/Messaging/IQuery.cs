namespace Firmware.Messaging
{
    /// <summary>
    /// A method that only reads. Its response may be long: to a group it is refused when it has no room to wait.
    /// </summary>
    public interface IQuery : IMethod
    {
    }
}

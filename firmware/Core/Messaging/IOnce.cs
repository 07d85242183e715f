namespace Firmware.Messaging
{
    /// <summary>
    /// A method that does harm when it is carried out twice: the same bytes from the same client within a minute get the
    /// first response again. All others are carried out each time.
    /// </summary>
    public interface IOnce : IMethod
    {
    }
}

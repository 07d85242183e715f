namespace Firmware.Messaging
{
    /// <summary>
    /// A method that only tells something: asked twice, it is carried out twice. Its answer, which may be long, is not
    /// remembered.
    /// </summary>
    public interface IQuery : IMethod
    {
    }
}

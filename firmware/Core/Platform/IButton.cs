namespace Firmware.Platform
{
    /// <summary>A button of the board.</summary>
    public interface IButton
    {
        /// <summary>Whether it is pressed now; false when it cannot be read.</summary>
        bool IsPressed { get; }
    }
}

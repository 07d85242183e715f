namespace Firmware.Sensing
{
    /// <summary>Has channels that are kept without an object each, until one is needed.</summary>
    public interface IChannelSource
    {
        /// <summary>Creates a channel, which has its values from now on.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>The channel; null when there is none of that name.</returns>
        Channel Open(string name);
    }
}

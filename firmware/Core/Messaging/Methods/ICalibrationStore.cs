namespace Firmware.Messaging.Methods
{
    /// <summary>Where a channel's calibration is kept: the settings.</summary>
    public interface ICalibrationStore
    {
        /// <summary>
        /// Keeps <c>channels.NAME.offset</c> and <c>channels.NAME.gain</c> and has the sampler use them, before it returns.
        /// </summary>
        /// <param name="channel">The channel's name.</param>
        /// <param name="offset">What is added after the gain, in millionths of the unit.</param>
        /// <param name="gain">What the sensor's value is multiplied with, in millionths.</param>
        /// <returns>Null, or why they stay as they were.</returns>
        RpcError Save(string channel, long offset, long gain);
    }
}

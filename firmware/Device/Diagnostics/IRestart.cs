namespace Firmware.Diagnostics
{
    /// <summary>Restarts the device, when what it has to say is out.</summary>
    public interface IRestart
    {
        /// <summary>Asks for a restart; returns at once.</summary>
        /// <param name="why">What the boot record says: at most 16 characters.</param>
        void Ask(string why);
    }
}

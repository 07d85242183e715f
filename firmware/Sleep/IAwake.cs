namespace Firmware.Sleep
{
    /// <summary>Who decides how long the device stays awake.</summary>
    public interface IAwake
    {
        /// <summary>Whether the device sleeps between its measurements.</summary>
        bool Sleeps { get; }

        /// <summary>Keeps the device awake from now on.</summary>
        /// <param name="seconds">How long.</param>
        void StayAwake(int seconds);

        /// <summary>The asker has nothing more to ask.</summary>
        void EndOfQueue();
    }
}

namespace Firmware.Sleep
{
    /// <summary>Decides how long the device stays awake.</summary>
    public interface IAwake
    {
        /// <summary>Whether the device sleeps between its measurements.</summary>
        bool Sleeps { get; }

        /// <summary>Keeps the device awake from now on.</summary>
        /// <param name="seconds">0 to 600; 0 ends an earlier request.</param>
        void StayAwake(int seconds);

        /// <summary>A client has no further request: the device may stop listening.</summary>
        void EndOfQueue();
    }
}

namespace Firmware.Sleep
{
    /// <summary>What keeps the device awake now: the holds of the modules, and a client. The cap of a wake overrides both.</summary>
    public sealed class AwakeLocks
    {
        /// <summary>The holds of all modules, combined.</summary>
        public AwakeHold Held;

        /// <summary>Uptime in milliseconds until which a client wants the device awake; 0 without such a request.</summary>
        public long StaysUntil;

        /// <summary>Tells whether one of the holds is held.</summary>
        /// <param name="hold">The hold.</param>
        /// <returns>True when it is held.</returns>
        public bool Has(AwakeHold hold) => (Held & hold) != 0;

        /// <summary>Tells whether a hold or <see cref="StaysUntil"/> keeps the device awake.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>True when the device must stay awake.</returns>
        public bool IsHeld(long now) => Held != AwakeHold.None || now < StaysUntil;
    }
}

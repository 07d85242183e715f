namespace Firmware.Sleep
{
    /// <summary>The locks that keep the device awake now, and the time for which a client wants it awake. The cap of a wake overrides both.</summary>
    public sealed class AwakeLocks
    {
        private int _held;

        /// <summary>Uptime in milliseconds until which a client wants the device awake; 0 without such a request.</summary>
        public long StaysUntil;

        /// <summary>Whether a lock is held, apart from <see cref="StaysUntil"/>.</summary>
        public bool Any => _held != 0;

        /// <summary>Holds or releases a lock; it does not count how often.</summary>
        /// <param name="name">The lock.</param>
        /// <param name="isHeld">Whether it is held from now on.</param>
        public void Set(AwakeLock name, bool isHeld) => _held = isHeld ? _held | (int)name : _held & ~(int)name;

        /// <summary>Tells whether a lock is held.</summary>
        /// <param name="name">The lock.</param>
        /// <returns>True when it is held.</returns>
        public bool Has(AwakeLock name) => (_held & (int)name) != 0;

        /// <summary>Keeps the device awake for a time; a later call replaces an earlier one.</summary>
        /// <param name="until">Uptime in milliseconds; 0 ends it.</param>
        public void StayAwake(long until) => StaysUntil = until;

        /// <summary>Tells whether a lock or <see cref="StaysUntil"/> keeps the device awake.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>True when the device must stay awake.</returns>
        public bool IsHeld(long now) => _held != 0 || now < StaysUntil;
    }
}

namespace Firmware.Sleep
{
    /// <summary>What keeps the device awake just now. The cap of a wake is stronger than all of it.</summary>
    public sealed class AwakeLocks
    {
        private int _held;
        private long _until;

        /// <summary>Uptime in milliseconds until which a request wants the device to stay awake, 0 without one.</summary>
        public long StaysUntil => _until;

        /// <summary>Whether there is a lock, other than the time for which the device is to stay awake.</summary>
        public bool Any => _held != 0;

        /// <summary>Holds or releases a lock.</summary>
        /// <param name="name">Which.</param>
        /// <param name="isHeld">Whether it is held from now on.</param>
        public void Set(AwakeLock name, bool isHeld) => _held = isHeld ? _held | (int)name : _held & ~(int)name;

        /// <summary>Whether a lock is held.</summary>
        /// <param name="name">Which.</param>
        /// <returns>True when it is.</returns>
        public bool Has(AwakeLock name) => (_held & (int)name) != 0;

        /// <summary>The device is to stay awake; a later call replaces an earlier one.</summary>
        /// <param name="until">Uptime in milliseconds; 0 ends it.</param>
        public void StayAwake(long until) => _until = until;

        /// <summary>Whether anything keeps the device awake.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>True when something does.</returns>
        public bool IsHeld(long now) => _held != 0 || now < _until;
    }
}

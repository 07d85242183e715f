namespace Firmware
{
    /// <summary>What all modules are notified of.</summary>
    internal enum ModuleEvent
    {
        Online,
        Offline,
        Measured,
        TimeSet,
        Settings,
        LowMemory,
        Shutdown,
        Closed,
    }
}

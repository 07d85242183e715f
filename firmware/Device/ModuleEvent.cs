namespace Firmware
{
    /// <summary>What all modules are notified of.</summary>
    internal enum ModuleEvent
    {
        Online,
        Offline,
        TimeSet,
        Settings,
        LowMemory,
        Shutdown,
        Closed,
        Signal,
        Input,
    }
}

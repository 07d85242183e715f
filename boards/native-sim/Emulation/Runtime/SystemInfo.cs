namespace nanoFramework.Runtime.Native;

public static class SystemInfo
{
    public static Version Version => new(1, 12, 4, 0);

    public static string OEMString => "nanoFramework simulated on a desktop";

    public static byte OEM => 0;

    public static byte Model => 0;

    public static ushort SKU => 0;

    public static string TargetName => "ESP32_NATIVE_SIM";

    public static string Platform => "ESP32";

    public static FloatingPoint FloatingPointSupport => FloatingPoint.DoublePrecisionSoftware;

    public enum FloatingPoint
    {
        None,
        SinglePrecisionSoftware,
        SinglePrecisionHardware,
        DoublePrecisionSoftware,
        DoublePrecisionHardware,
    }
}

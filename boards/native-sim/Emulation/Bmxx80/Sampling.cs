namespace Iot.Device.Bmxx80;

public enum Sampling : byte
{
    Skipped,
    UltraLowPower,
    LowPower,
    Standard,
    HighResolution,
    UltraHighResolution,
}

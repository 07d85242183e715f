namespace Iot.Device.Bmxx80.PowerMode;

public enum Bme680PowerMode : byte
{
    Sleep,
    Forced,
}

namespace Iot.Device.Bmxx80.FilteringMode;

public enum Bmx280FilteringMode : byte
{
    Off,
    X2,
    X4,
    X8,
    X16,
}

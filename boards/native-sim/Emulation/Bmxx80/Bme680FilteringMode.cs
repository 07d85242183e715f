namespace Iot.Device.Bmxx80.FilteringMode;

public enum Bme680FilteringMode
{
    C0,
    C1,
    C3,
    C7,
    C15,
    C31,
    C63,
    C127,
}

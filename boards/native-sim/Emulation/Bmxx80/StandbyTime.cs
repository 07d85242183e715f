namespace Iot.Device.Bmxx80;

public enum StandbyTime : byte
{
    Ms0_5,
    Ms62_5,
    Ms125,
    Ms250,
    Ms500,
    Ms1000,
    Ms10,
    Ms20,
}

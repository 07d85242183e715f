namespace Iot.Device.Bmxx80;

public enum Bme680HeaterProfile : byte
{
    Profile1,
    Profile2,
    Profile3,
    Profile4,
    Profile5,
    Profile6,
    Profile7,
    Profile8,
    Profile9,
    Profile10,
}

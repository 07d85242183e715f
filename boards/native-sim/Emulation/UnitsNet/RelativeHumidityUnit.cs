namespace UnitsNet.Units;

public enum RelativeHumidityUnit
{
    Percent = 1,
}
